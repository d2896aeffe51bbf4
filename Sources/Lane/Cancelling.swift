public import Journal
internal import Synchronization

/// Where any thread leaves word that the payment in the foreground is to be cancelled, while the
/// lane's own thread may be sending it. What the word means is decided by the lane's thread alone:
/// before the claim nothing is sent, after it the wish is durable before the answer is judged. Once
/// that is so no word is taken any more: it would be told as heard, and meet the ticket's next
/// payment.
public final class Cancelling: Sendable {
    private struct State {
        var ticket: Ticket?
        var isAsked = false
    }

    private let state = Mutex(State())
    /// Spares the lane's thread the lock when nothing was asked.
    private let asked = Atomic<Bool>(false)

    init() {}

    /// Asks for the payment of a ticket to be cancelled; the lane's thread is to be woken then.
    /// - Returns: false when it is not the one in the foreground, or its answer is being judged:
    ///   the lane itself is to be asked then.
    @discardableResult public func ask(_ ticket: Ticket) -> Bool {
        state.withLock { state in
            guard state.ticket == ticket else { return false }
            state.isAsked = true
            asked.store(true, ordering: .sequentiallyConsistent)
            return true
        }
    }

    /// Lane's thread: from now on word is taken for this ticket.
    func open(_ ticket: Ticket) { state.withLock { $0.ticket = ticket } }

    /// Lane's thread: no word is taken any more.
    /// - Returns: whether there was one.
    func close() -> Bool {
        state.withLock { state in
            defer { state = State() }
            asked.store(false, ordering: .sequentiallyConsistent)
            return state.isAsked
        }
    }

    /// Lane's thread: the ticket for which there was word since.
    func take() -> Ticket? {
        guard isAsked else { return nil }
        return state.withLock { state in
            state.isAsked = false
            asked.store(false, ordering: .sequentiallyConsistent)
            return state.ticket
        }
    }

    /// Whether there is word.
    var isAsked: Bool { asked.load(ordering: .sequentiallyConsistent) }

    /// Hot path: whether this ticket's payment is to be cancelled.
    func concerns(_ ticket: Ticket) -> Bool {
        guard isAsked else { return false }
        return state.withLock { $0.isAsked && $0.ticket == ticket }
    }
}
