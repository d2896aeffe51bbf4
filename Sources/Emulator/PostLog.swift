internal import Synchronization

/// Every POST that came in, answered or not: what shows whether a client sent one twice.
package final class PostLog: Sendable {
    /// One POST.
    package struct Post: Equatable, Sendable {
        /// When it came.
        package let at: Timestamp
        /// The path, with what could be a card number withheld.
        package let path: String
        /// The note of its bill.
        package let reference: String?
        /// The transaction that it follows.
        package let target: String?
        /// Its amount.
        package let cents: Int?
    }

    private let state = Mutex<[Post]>([])

    /// None yet.
    package init() {}

    /// Notes a POST.
    internal func note(_ subject: FaultSubject, at now: Timestamp) {
        let path = GatewayRequest(method: "POST", target: subject.path).loggablePath
        let post = Post(
            at: now, path: path, reference: subject.note, target: subject.target,
            cents: subject.cents)
        state.withLock { $0.append(post) }
    }

    /// All of them in the order in which they came.
    package var all: [Post] { state.withLock { $0 } }
}
