public import Values

/// What keeps a lane's attempts: a database in the product, memory in a simulation.
public protocol JournalStore: AnyObject, Sendable {
    /// The lane whose journal it is.
    var lane: Int { get }
    /// The random number that names the journal in its references.
    var number: UInt32 { get }

    /// Makes changes durable, all or none, in their order. When it returns they are on the disk.
    /// - Throws: ``JournalFault/illegal(_:)`` when ``JournalBook`` forbids one, which leaves the
    ///   journal as it was; ``JournalFault/stopped(_:)`` when it is not known to be on the disk,
    ///   and from then on always; ``JournalFault/damaged(_:)``, ``JournalFault/readingOnly``.
    func append(_ changes: [JournalChange]) throws(JournalFault)
    /// The number that the next attempt gets.
    func nextSequence() throws(JournalFault) -> UInt64
    /// The attempt of a number, or `nil`.
    func attempt(_ sequence: UInt64) throws(JournalFault) -> Attempt?
    /// Attempts that the query describes.
    func attempts(_ query: AttemptQuery) throws(JournalFault) -> [Attempt]
    /// Tickets whose payment the till wanted cancelled.
    func wishes() throws(JournalFault) -> Set<Ticket>
}

extension JournalStore {
    /// The attempt of a reference, or `nil` when this journal has none of that name.
    public func attempt(_ reference: PaymentReference) throws(JournalFault) -> Attempt? {
        guard let attempt = try attempt(reference.sequence), attempt.reference == reference else {
            return nil
        }
        return attempt
    }

    /// Attempts that are not at their end, oldest first.
    public func openAttempts() throws(JournalFault) -> [Attempt] {
        try attempts(AttemptQuery(.open, limit: .max)).reversed()
    }

    /// The book of what is open, to go on from after a start.
    public func book() throws(JournalFault) -> JournalBook {
        JournalBook(
            attempts: try openAttempts(), wishes: try wishes(), nextSequence: try nextSequence())
    }
}

/// Which attempts are asked for; they come newest first.
public struct AttemptQuery: Equatable, Sendable {
    /// Which kind.
    public var selection: Selection
    /// Decided at this time or later.
    public var from: WallTime?
    /// Decided before this time.
    public var until: WallTime?
    /// Numbers below this one only: the last of a page asks for the next page.
    public var below: UInt64?
    /// At most so many.
    public var limit: Int

    /// All of a kind, newest first.
    public init(_ selection: Selection = .all, limit: Int = 100) {
        self.selection = selection
        self.limit = limit
    }

    /// The kinds of attempts that are asked for.
    public enum Selection: Equatable, Sendable {
        case all
        /// Not at their end.
        case open
        /// Approved, with a transaction of the gateway: what an inquiry must find.
        case approvedTransactions
        /// Of one ticket.
        case ticket(Ticket)
        /// The one, if any, that was demanded with this key of the till.
        case key(String)
    }
}
