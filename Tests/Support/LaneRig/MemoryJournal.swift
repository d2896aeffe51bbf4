public import Journal
internal import Synchronization
internal import Values

/// A journal that keeps to the rules and forgets all with the process; its disk can fail.
public final class MemoryJournal: JournalStore {
    private struct State {
        var book: JournalBook
        var remarks: [JournalRemark] = []
        var changes: [JournalChange] = []
        /// How many appends still succeed.
        var left = Int.max
    }

    /// The lane.
    public let lane: Int
    /// The journal's number.
    public let number: UInt32
    private let state: Mutex<State>

    /// A journal of some attempts.
    public init(lane: Int = 1, number: UInt32 = 7, holding book: JournalBook = JournalBook()) {
        self.lane = lane
        self.number = number
        state = Mutex(State(book: book))
    }

    /// From now on so many appends succeed, and every later one fails.
    public func fail(after count: Int) { state.withLock { $0.left = count } }

    /// Every change so far.
    public var changes: [JournalChange] { state.withLock { $0.changes } }

    /// Makes changes, all or none.
    public func append(_ changes: [JournalChange]) throws(JournalFault) {
        let fault = state.withLock { state -> JournalFault? in
            guard state.left > 0 else { return .stopped(.diskFull) }
            if state.left < .max { state.left -= 1 }
            var book = state.book
            do throws(IllegalChange) {
                for change in changes { try book.apply(change) }
            } catch { return .illegal(error) }
            state.book = book
            state.changes += changes
            return nil
        }
        if let fault { throw fault }
    }

    /// The number that the next attempt gets.
    public func nextSequence() -> UInt64 { state.withLock { $0.book.nextSequence } }

    /// The attempt of a number.
    public func attempt(_ sequence: UInt64) -> Attempt? {
        state.withLock { $0.book.attempts[sequence] }
    }

    /// Attempts that the query describes, newest first.
    public func attempts(_ query: AttemptQuery) -> [Attempt] {
        let all = state.withLock { $0.book.attempts.values }
        let found = all.sorted { $0.sequence > $1.sequence }.filter { attempt in
            switch query.selection {
            case .all: true
            case .open: !attempt.state.isEnd
            case .approvedTransactions:
                attempt.state == .approved && attempt.facts.transactionID != nil
            case .ticket(let ticket): attempt.ticket == ticket
            case .key(let key): attempt.key?.text == key
            }
        }
        let inTime = found.filter { attempt in
            query.from.map { attempt.decidedAt >= $0 } ?? true
                && query.until.map { attempt.decidedAt < $0 } ?? true
                && query.below.map { attempt.sequence < $0 } ?? true
        }
        return Array(inTime.prefix(query.limit))
    }

    /// Tickets whose payment the till wanted cancelled.
    public func wishes() -> Set<Ticket> { state.withLock { $0.book.wishes } }
}
