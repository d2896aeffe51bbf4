public import Journal
internal import Synchronization

/// Where any thread leaves word that a payment is to be cancelled, while the lane's own thread may
/// be sending it. What the word means is decided by the lane's thread alone: before the claim
/// nothing is sent, after it the wish is durable before the answer is judged.
public final class Cancelling: Sendable {
    private let tickets = Mutex<[Ticket]>([])
    /// Spares the lane's thread the lock when nothing was asked.
    private let isAsked = Atomic<Bool>(false)

    init() {}

    /// Asks for the payment of a ticket to be cancelled; the lane's thread is to be woken then.
    public func ask(_ ticket: Ticket) {
        tickets.withLock { $0.append(ticket) }
        isAsked.store(true, ordering: .sequentiallyConsistent)
    }

    /// Lane's thread: what was asked since, oldest first.
    func take() -> [Ticket] {
        guard isAsked.exchange(false, ordering: .sequentiallyConsistent) else { return [] }
        return tickets.withLock { tickets in
            defer { tickets = [] }
            return tickets
        }
    }

    /// Hot path: whether this ticket's payment is to be cancelled.
    func concerns(_ ticket: Ticket) -> Bool {
        guard isAsked.load(ordering: .sequentiallyConsistent) else { return false }
        return tickets.withLock { $0.contains(ticket) }
    }
}
