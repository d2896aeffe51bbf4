import Foundation
import Hummingbird
import Logging
import NIOCore

/// A merchant's server over plain HTTP on this machine: it answers with one status after another
/// and tells what came.
struct WebhookReceiver {
    /// A request that came.
    struct Received: Sendable {
        let line: String
        let contentType: String?
        let body: [UInt8]
    }

    private let received = AsyncStream<Received>.makeStream()

    /// Serves while `body` runs; the last of the statuses is repeated.
    func serve(
        answering statuses: [Int], _ body: @escaping @Sendable (_ url: String) async throws -> Void
    ) async throws {
        let port = AsyncStream<Int>.makeStream()
        let told = received.continuation
        let answers = Answers(statuses)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                var bytes: [UInt8] = []
                for try await chunk in request.body {
                    bytes.append(contentsOf: chunk.readableBytesView)
                }
                told.yield(
                    Received(
                        line: "\(request.method) \(request.uri)",
                        contentType: request.headers[.contentType], body: bytes))
                return Response(status: .init(code: await answers.next()))
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: OwnQueue()) { try await application.run() }
            for await port in port.stream {
                try await body("http://127.0.0.1:\(port)/hook?shop=1")
                break
            }
            group.cancelAll()
        }
    }

    /// What comes next.
    func next() async -> Received? { await received.stream.first { _ in true } }
}

/// Where the receiver runs: other tests may keep every thread of the pool busy for longer than a
/// sender waits for an answer.
private final class OwnQueue: TaskExecutor {
    private let queue = DispatchQueue(label: "webhook-receiver")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Statuses, one after another.
private actor Answers {
    private var statuses: [Int]

    init(_ statuses: [Int]) { self.statuses = statuses }

    func next() -> Int { statuses.count > 1 ? statuses.removeFirst() : statuses[0] }
}
