/// What the gateway's lists are asked for: the second book beside the report.
public struct ListQuestion: Equatable, Sendable {
    /// Which lists.
    public var kinds: Set<Kind> = []
    /// Transactions that the journal knows; what else is found is looked at one by one.
    public var known: Set<String> = []
    /// The journal's own transaction of each reference: read beside another of the same name, since
    /// only beside one that bears the name is another one too many.
    public var own: [String: String] = [:]
    /// The oldest transaction that is compared.
    public var oldest = ""

    /// The lists of what a lane makes with a card.
    public enum Kind: String, Equatable, Sendable, CaseIterable {
        case sale
        case authOnly
        case refund
    }
}

/// What the lists showed.
public struct ListFinding: Equatable, Sendable {
    /// Known transactions that are there.
    public var seen: Set<String> = []
    /// Others, whose note is of this lane and journal, and the journal's own beside them, with
    /// their notes. Whether one was taken back is not told.
    public var others: [Sighting] = []
    /// False when the end of a list, or the oldest transaction, was not come to.
    public var isWhole = true

    /// Nothing was there.
    public init() {}
}
