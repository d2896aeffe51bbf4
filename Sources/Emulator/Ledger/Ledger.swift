internal import Synchronization

/// What kind of resource a transaction is, and its name in a path.
package enum TransactionKind: String, Equatable, Hashable, Sendable, CaseIterable {
    case sale
    case authOnly = "authonly"
}

/// One transaction that reached the issuer, approved or declined.
package struct LedgerEntry: Equatable, Sendable {
    /// The transaction's id, digits.
    package let id: String
    /// Sale or authorization.
    package let kind: TransactionKind
    /// The merchant's number.
    package let organization: Int
    /// The terminal's number.
    package let terminal: Int
    /// When it reached the issuer.
    package let createdAt: Timestamp
    /// What is charged.
    package let bill: BillRecord
    /// `nil` for cash.
    package let card: CardRecord?
    /// `nil` for a walk-in.
    package let customer: CustomerRecord?
    /// The customer's number, 0 when there is none.
    package let customerID: Int
    /// How it is paid, `nil` when the request did not say.
    package let recordFormat: RecordFormat?
    /// What the issuer said.
    package let answer: IssuerAnswer
    /// True when a client can read it by its id; a decline told as an error cannot be read.
    package let isReadable: Bool
}

/// Every transaction of this run: the judge of what was charged.
package final class Ledger: Sendable {
    private struct State {
        var entries: [LedgerEntry] = []
        var indexByID: [String: Int] = [:]
        var customers: [String: Int] = [:]
        var lastID = Ledger.firstID - 1
    }

    /// Ids count up from here.
    private static let firstID = 1001
    private let state = Mutex(State())

    /// An empty ledger.
    package init() {}

    /// The number of the next transaction; each is given once.
    internal func nextSequence() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// The number of the customer of an organization with this mail address or phone number.
    internal func customerID(of customer: CustomerRecord?, organization: Int) -> Int {
        guard let customer, let contact = customer.email ?? customer.phoneNumber else { return 0 }
        return state.withLock { state in
            let key = "\(organization) \(contact.lowercased())"
            if let id = state.customers[key] { return id }
            let id = state.customers.count + 1
            state.customers[key] = id
            return id
        }
    }

    /// Writes a transaction down.
    internal func record(_ entry: LedgerEntry) {
        state.withLock { state in
            state.indexByID[entry.id] = state.entries.count
            state.entries.append(entry)
        }
    }

    /// A transaction by its id.
    internal func entry(id: String) -> LedgerEntry? {
        state.withLock { state in state.indexByID[id].map { state.entries[$0] } }
    }

    /// All transactions in the order in which they were made.
    package var entries: [LedgerEntry] { state.withLock { $0.entries } }
}
