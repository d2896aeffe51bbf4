public import Dispatch
public import Journal
internal import Synchronization

/// Commands for the lane's thread, in order, and their replies.
public final class LaneMailbox: Sendable {
    /// A command that waits for its reply.
    public struct Letter: Sendable {
        /// What is wanted.
        public let command: LaneCommand
        internal let number: UInt64
        internal let reply: @Sendable (LaneReply) -> Void

        /// Says what became of it.
        public func answer(_ reply: LaneReply) { self.reply(reply) }
    }

    private struct State {
        var letters: [Letter] = []
        var next: UInt64 = 1
        var isClosed = false
    }

    /// Commands that may wait.
    static let lettersMaximum = 64
    /// How long a command waits to be taken, in milliseconds.
    static let patienceMilliseconds = 10_000

    /// Calls back when whoever asks has waited long enough.
    typealias Patience = @Sendable (_ ended: @escaping @Sendable () -> Void) -> Void

    private let state = Mutex(State())
    /// Wakes the lane's thread.
    public let bell: DispatchSemaphore
    private let patience: Patience

    /// An empty mailbox that rings with this bell.
    public convenience init(bell: DispatchSemaphore = DispatchSemaphore(value: 0)) {
        self.init(bell: bell) { ended in
            DispatchQueue.global().asyncAfter(
                deadline: .now() + .milliseconds(Self.patienceMilliseconds), execute: ended)
        }
    }

    /// An empty mailbox whose askers have this patience.
    init(bell: DispatchSemaphore = DispatchSemaphore(value: 0), patience: @escaping Patience) {
        self.bell = bell
        self.patience = patience
    }

    /// Asks the lane and waits for its word. A command that the lane has not taken in time is
    /// withdrawn: it is not done later. One that it has taken is answered by the lane alone.
    func ask(_ command: LaneCommand) async -> LaneReply {
        await withCheckedContinuation { continuation in
            let number = leave(command) { continuation.resume(returning: $0) }
            guard let number else { return }
            patience { [weak self] in self?.withdraw(number) }
        }
    }

    /// Leaves a command that nobody waits for: it is done when the lane comes to it.
    func post(_ command: LaneCommand) { _ = leave(command) { _ in } }

    /// Puts something into the audit chain when the lane comes to it.
    public func remark(_ kind: JournalRemark.Kind, _ text: String) { post(.remark(kind, text)) }

    /// - Returns: the letter's number; `nil` when it was not taken in, which has been told.
    private func leave(
        _ command: LaneCommand, _ reply: @escaping @Sendable (LaneReply) -> Void
    ) -> UInt64? {
        let number = state.withLock { state -> UInt64? in
            guard !state.isClosed, state.letters.count < Self.lettersMaximum else { return nil }
            defer { state.next += 1 }
            state.letters.append(Letter(command: command, number: state.next, reply: reply))
            return state.next
        }
        if number != nil { bell.signal() } else { reply(isClosed ? .stopping : .notTaken) }
        return number
    }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func withdraw(_ number: UInt64) {
        let letter = state.withLock { state in
            state.letters.firstIndex { $0.number == number }.map { state.letters.remove(at: $0) }
        }
        letter?.answer(.notTaken)
    }

    /// Lane's thread: the next command.
    public func take() -> Letter? {
        state.withLock { $0.letters.isEmpty ? nil : $0.letters.removeFirst() }
    }

    /// Takes no more commands, and tells those that wait.
    public func close() {
        let letters = state.withLock { state in
            state.isClosed = true
            defer { state.letters = [] }
            return state.letters
        }
        letters.forEach { $0.answer(.stopping) }
    }
}
