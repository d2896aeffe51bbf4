/// The rules of the journal, and what it says: which change may follow which. Pure; the database
/// and the simulation both go by it.
public struct JournalBook: Equatable, Sendable {
    /// All attempts that are held in memory, by number: the open ones, and what was added since.
    public private(set) var attempts: [UInt64: Attempt]
    /// Tickets whose payment the till wants cancelled.
    public private(set) var wishes: Set<Ticket>
    /// The number that the next attempt gets.
    public private(set) var nextSequence: UInt64

    /// A book with what a database holds.
    public init(
        attempts: some Sequence<Attempt> = [], wishes: Set<Ticket> = [], nextSequence: UInt64 = 1
    ) {
        self.attempts = [:]
        for attempt in attempts { self.attempts[attempt.sequence] = attempt }
        self.wishes = wishes
        self.nextSequence = nextSequence
    }

    /// Takes a change in.
    /// - Throws: ``IllegalChange``; the book is as before.
    public mutating func apply(_ change: JournalChange) throws(IllegalChange) {
        switch change {
        case .attempt(let attempt): try apply(attempt)
        case .wish(let ticket, _): wishes.insert(ticket)
        case .remark: break
        }
    }

    private mutating func apply(_ attempt: Attempt) throws(IllegalChange) {
        if let before = attempts[attempt.sequence] {
            try Self.check(attempt, after: before)
        } else {
            guard attempt.sequence == nextSequence else { throw .sequence }
            guard attempt.state.isFirst else { throw .state }
            nextSequence += 1
        }
        attempts[attempt.sequence] = attempt
    }

    /// Whether an attempt may follow its former self: the same in all that it asks, and in the
    /// same state or one that may follow.
    /// - Throws: ``IllegalChange``
    public static func check(_ next: Attempt, after before: Attempt) throws(IllegalChange) {
        var same = next.moved(to: before.state, at: before.stateAt)
        same.facts = before.facts
        guard same == before else { throw .identity }
        guard next.state == before.state || before.state.successors.contains(next.state) else {
            throw .state
        }
        // The id of a 201 counts only once its resource has borne our reference.
        if before.state != .accepted, let known = before.facts.transactionID,
            next.facts.transactionID != known
        {
            throw .transaction
        }
    }

    /// Takes an attempt into memory that the database holds; one that is there already stays.
    public mutating func hold(_ attempt: Attempt) {
        guard attempt.sequence < nextSequence, attempts[attempt.sequence] == nil else { return }
        attempts[attempt.sequence] = attempt
    }

    /// Attempts that are not at their end, oldest first.
    public var open: [Attempt] {
        attempts.values.filter { !$0.state.isEnd }.sorted { $0.sequence < $1.sequence }
    }
}

/// Why a change is not allowed: a defect of the program, never of the gateway.
public enum IllegalChange: Error, Equatable, Sendable, CaseIterable {
    /// The number of a new attempt is not the next.
    case sequence
    /// The state may not follow the one before.
    case state
    /// What an attempt asks was changed.
    case identity
    /// The transaction's id was changed.
    case transaction
}

extension IllegalChange: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        let fault =
            switch self {
            case .sequence: "the number of a new attempt is not the next one"
            case .state: "an attempt cannot go from its state to this one"
            case .identity: "what an attempt asks cannot be changed"
            case .transaction: "the transaction of an attempt cannot be changed"
            }
        return fault + "; the lane stops, since its program is at fault"
    }
}
