import Foundation

/// A program of this machine that speaks HTTP and JSON on a socket; each request has a connection
/// of its own.
struct SocketHTTP: Sendable {
    /// What came back.
    struct Answer {
        let status: Int
        let body: Data

        /// The body as an object of JSON; empty when it is none.
        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
        }
    }

    /// The path of the socket.
    let path: String

    func get(_ target: String) throws(Unreachable) -> Answer {
        try ask("GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }

    /// The same on a machine that may be busy: five tries, and only an answer of 200 counts.
    func patientGet(_ target: String) -> Answer? {
        for _ in 0..<5 {
            if let answer = try? get(target), answer.status == 200 { return answer }
        }
        return nil
    }

    func post(
        _ target: String, _ object: Any, key: String? = nil
    ) throws(Unreachable) -> Answer {
        guard let body = try? JSONSerialization.data(withJSONObject: object) else {
            throw Unreachable()
        }
        let own = key.map { "Idempotency-Key: \($0)\r\n" } ?? ""
        return try ask(
            "POST \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(own)"
                + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
                + String(decoding: body, as: UTF8.self))
    }

    private func ask(_ text: String) throws(Unreachable) -> Answer {
        let bytes = try Calls.exchange(path, text) { Parts($0)?.isWhole ?? false }
        guard let parts = Parts(bytes), parts.isWhole || parts.length == nil else {
            throw Unreachable()
        }
        return Answer(status: parts.status, body: parts.body)
    }

    /// An answer as far as it has come.
    private struct Parts {
        let status: Int
        let length: Int?
        let body: Data

        var isWhole: Bool { length.map { body.count >= $0 } ?? false }

        init?(_ bytes: Data) {
            guard let end = bytes.firstRange(of: Data("\r\n\r\n".utf8)) else { return nil }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            let lines = head.components(separatedBy: "\r\n")
            let words = lines[0].split(separator: " ")
            guard words.count > 1, let status = Int(words[1]) else { return nil }
            let field = lines.first { $0.lowercased().hasPrefix("content-length:") }
            self.status = status
            length = field.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
            body = Data(bytes[end.upperBound...])
        }
    }
}
