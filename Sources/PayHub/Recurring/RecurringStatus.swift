/// Where a recurring bill stands.
///
/// Source: PayHub API, "Recurring Bill Status".
public enum RecurringStatus: Equatable, Hashable, Sendable {
    /// It is charged on its next day.
    case active
    /// It is not charged; days that pass are not made up for.
    case paused
    /// It has billed for the last time.
    case completed
    /// It is stopped for ever.
    case canceled
    /// Not explained; its name speaks of bills that were not paid.
    case delinquent
    /// Not explained.
    case unknown
    /// A word that the document has not.
    case other(String)

    /// Reads the gateway's word; the document spells CANCELED and CANCELLED.
    public init(_ text: String) {
        self =
            text == "CANCELLED"
            ? .canceled : Self.known.first { $0.text == text } ?? .other(text)
    }

    /// The gateway's word.
    public var text: String {
        switch self {
        case .active: "ACTIVE"
        case .paused: "PAUSED"
        case .completed: "COMPLETED"
        case .canceled: "CANCELED"
        case .delinquent: "DELINQUENT"
        case .unknown: "UNKNOWN"
        case .other(let text): text
        }
    }

    private static let known: [RecurringStatus] = [
        .active, .paused, .completed, .canceled, .delinquent, .unknown,
    ]
}

/// A change of a recurring bill's status: the three that may be asked for.
///
/// Source: PayHub API, "Recurring Bill Status", "The possible values to change to".
public enum RecurringStatusChange: String, Equatable, Hashable, Sendable, CaseIterable {
    /// Goes on with a paused bill.
    case activate
    /// Stops an active bill for a while.
    case pause
    /// Stops an active or paused bill for ever.
    case cancel

    /// What the bill becomes.
    public var status: RecurringStatus {
        switch self {
        case .activate: .active
        case .pause: .paused
        case .cancel: .canceled
        }
    }

    /// Reads a status that is to be set, in the gateway's word of either spelling.
    /// - Throws: ``RecurringStatusFault/notSettable(_:)``
    public init(to status: RecurringStatus) throws(RecurringStatusFault) {
        guard let change = Self.allCases.first(where: { $0.status == status }) else {
            throw .notSettable(status)
        }
        self = change
    }

    /// Checks that a bill may change so.
    /// - Throws: ``RecurringStatusFault/notPossible(_:from:)``
    public func check(from current: RecurringStatus) throws(RecurringStatusFault) {
        let isPossible =
            switch self {
            case .activate: current == .paused
            case .pause: current == .active
            case .cancel: current == .active || current == .paused
            }
        guard isPossible else { throw .notPossible(self, from: current) }
    }
}

/// Why a recurring bill's status is not changed. Nothing was sent.
///
/// Source: PayHub API, "Recurring Bill Status".
public enum RecurringStatusFault: Error, Equatable, Sendable {
    /// A status that only the gateway gives.
    case notSettable(RecurringStatus)
    /// The bill does not stand where this change begins.
    case notPossible(RecurringStatusChange, from: RecurringStatus)
}

extension RecurringStatusFault: CustomStringConvertible {
    /// The rule and the remedy.
    public var description: String {
        switch self {
        case .notSettable:
            "only ACTIVE, PAUSED and CANCELED can be set; to stop a bill for ever, cancel it"
        case .notPossible(let change, let current):
            Self.rule(of: change) + "; this one is \(Self.word(for: current)), and "
                + Self.remedy(from: current)
        }
    }

    private static func rule(of change: RecurringStatusChange) -> String {
        switch change {
        case .activate: "only a paused bill can be made active"
        case .pause: "only an active bill can be paused"
        case .cancel: "only an active or paused bill can be canceled"
        }
    }

    /// A word of the gateway's that nobody knows is not repeated.
    private static func word(for status: RecurringStatus) -> String {
        if case .other = status {
            "in a state that this program does not know"
        } else {
            status.text
        }
    }

    private static func remedy(from current: RecurringStatus) -> String {
        switch current {
        case .active, .paused: "nothing has to be done"
        case .completed, .canceled: "stays so; make a new bill"
        case .delinquent, .unknown, .other: "only the gateway's support can change that"
        }
    }
}
