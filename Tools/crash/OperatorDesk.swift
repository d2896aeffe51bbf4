import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// The operator's interface of the emulator.
struct OperatorDesk {
    /// Where it listens: `http://127.0.0.1:PORT`.
    var address = ""

    private static let session = URLSession(configuration: .ephemeral)

    /// What came back of a request.
    private final class Answer: Sendable {
        let body = Mutex<Data?>(nil)
        let came = DispatchSemaphore(value: 0)
    }

    /// Asks, and waits for the answer.
    func ask(_ method: String, _ path: String, _ body: String = "") throws -> [String: Any] {
        guard let url = URL(string: "\(address)/\(path)") else { throw Mishap("no \(path)") }
        var request = URLRequest(url: url)
        request.httpMethod = method
        if !body.isEmpty { request.httpBody = Data(body.utf8) }
        let answer = Answer()
        let task = Self.session.dataTask(with: request) { data, response, _ in
            let isGood = (response as? HTTPURLResponse)?.statusCode == 200
            answer.body.withLock { $0 = isGood ? data : nil }
            answer.came.signal()
        }
        task.resume()
        answer.came.wait()
        guard let data = answer.body.withLock({ $0 }) else {
            throw Mishap("the operator did not answer \(method) \(path)")
        }
        return JSON.object(String(decoding: data, as: UTF8.self)) ?? [:]
    }
}
