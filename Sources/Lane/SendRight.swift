internal import Synchronization

/// The right to send the request of one attempt: used by the hot path or taken away by a cancel,
/// in one atomic step, never both.
final class SendRight: Sendable {
    private enum State: UInt64 {
        case free = 0
        case used = 1
        case withdrawn = 2
    }

    /// The attempt's number times four, and the state.
    private let word = Atomic<UInt64>(0)

    /// Gives the right for a new attempt.
    func grant(_ sequence: UInt64) { word.store(sequence << 2, ordering: .sequentiallyConsistent) }

    /// Hot path: true for the one who may send.
    func use(_ sequence: UInt64) -> Bool { change(sequence, to: .used) }

    /// Cancel: true when nothing has been or will be sent.
    func withdraw(_ sequence: UInt64) -> Bool { change(sequence, to: .withdrawn) }

    private func change(_ sequence: UInt64, to state: State) -> Bool {
        word.compareExchange(
            expected: sequence << 2, desired: sequence << 2 | state.rawValue,
            ordering: .sequentiallyConsistent
        ).exchanged
    }
}
