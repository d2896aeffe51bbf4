internal import Synchronization

/// Every transaction: the judge of what was charged.
package final class Ledger: Sendable {
    private let book = Mutex(LedgerBook())

    /// An empty ledger.
    package init() {}

    /// Reads the ledger at one moment.
    package func read<Result: Sendable>(_ body: (borrowing LedgerBook) -> Result) -> Result {
        book.withLock { body($0) }
    }

    /// Changes the ledger as one step; `nil` when it cannot be kept.
    internal func write<Result: Sendable>(
        _ body: (inout LedgerBook) -> Result
    ) -> Result? {
        book.withLock { book in
            let result = body(&book)
            book.changesAreKept()
            return result
        }
    }

    /// What a change would come to, without making it; ids that it gives stay given.
    internal func pretend<Result: Sendable>(
        _ body: (inout LedgerBook) -> Result
    ) -> Result {
        book.withLock { book in
            var copy = book
            let result = body(&copy)
            book.skipSequences(of: copy)
            return result
        }
    }

    /// A transaction by its id.
    package func entry(id: String) -> LedgerEntry? { read { $0.entry(id: id) } }

    /// All transactions in the order in which they were made.
    package var entries: [LedgerEntry] { read { $0.entries } }
}
