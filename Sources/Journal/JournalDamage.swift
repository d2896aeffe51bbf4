/// Something that is not as the journal wrote it.
public enum JournalDamage: Error, Equatable, Hashable, Sendable {
    /// The change of this number is not there, or stands in another's place.
    case changeMissing(UInt64)
    /// The change of this number does not fit the one before: it, its number or its mac was
    /// altered.
    case changeAltered(UInt64)
    /// The change of this number is in no form that the program writes.
    case changeUnreadable(UInt64)
    /// The change of this number breaks the journal's rules.
    case changeForbidden(UInt64, IllegalChange)
    /// The row of an attempt is missing, too many, or not what the chain says.
    case attemptAltered(UInt64)
    /// The wishes are not what the chain says; how many rows differ.
    case wishesAltered(Int)
    /// An index of the tables does not agree with its table.
    case indexAltered
    /// What the journal says of itself was altered: lane, number, the cut of old changes.
    case journalAltered
    /// The key is not the one that the chain was made with.
    case keySwapped
    /// The chain ends before the change that the anchor names.
    case changesLost(from: UInt64, anchored: UInt64)
    /// The anchor names another change than the chain has at its number.
    case anchorDisagrees(UInt64)
    /// The anchor is missing, or not as it was written.
    case anchorAltered
    /// The database's own structure is broken.
    case structureBroken

    /// How many are told at most.
    public static let kept = 32
}

extension JournalDamage: CustomStringConvertible {
    /// What is wrong, and where.
    public var description: String {
        switch self {
        case .changeMissing(let number): "change \(number) is missing"
        case .changeAltered(let number): "change \(number) was altered"
        case .changeUnreadable(let number): "change \(number) is in no known form"
        case .changeForbidden(let number, let rule):
            "change \(number) breaks a rule: \(Self.words(rule))"
        case .attemptAltered(let sequence):
            "the row of attempt \(sequence) is not as the chain says"
        case .wishesAltered(let count): "\(count) wishes to cancel are not as the chain says"
        case .indexAltered: "an index does not agree with its table"
        case .journalAltered: "what the journal says of itself was altered"
        case .keySwapped: "the key is not the one that the chain was made with"
        case .changesLost(let first, let anchored):
            "changes \(first) to \(anchored) were there and are not any more"
        case .anchorDisagrees(let number): "the anchor knows another change \(number)"
        case .anchorAltered: "the anchor is missing or was altered"
        case .structureBroken: "the database's own structure is broken"
        }
    }

    private static func words(_ rule: IllegalChange) -> String {
        switch rule {
        case .sequence: "its number is not the next"
        case .state: "its state may not follow"
        case .identity: "it changes what was asked"
        case .transaction: "it changes the transaction"
        }
    }
}
