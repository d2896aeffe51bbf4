internal import Synchronization

/// Every transaction: the judge of what was charged.
package final class Ledger: Sendable {
    private struct State {
        var book = LedgerBook()
        var store: StoreFile?
        /// True once a change could not be kept: nothing is changed any more.
        var isBroken = false
    }

    private let state: Mutex<State>

    /// An empty ledger in memory, or the one that a file keeps.
    /// - Throws: ``EmulatorError/store(_:)``
    internal init(store path: String?) throws(EmulatorError) {
        var state = State()
        if let path {
            let store = try StoreFile(path)
            for change in store.changes { state.book.apply(change) }
            state.book.changesAreKept()
            state.store = store
        }
        self.state = Mutex(state)
    }

    /// Reads the ledger at one moment.
    package func read<Result: Sendable>(_ body: (borrowing LedgerBook) -> Result) -> Result {
        state.withLock { body($0.book) }
    }

    /// Changes the ledger as one step, which is on the disk before this returns; `nil` when it
    /// cannot be kept.
    internal func write<Result: Sendable>(
        _ body: (inout LedgerBook) -> Result
    ) -> Result? {
        state.withLock { state in
            guard !state.isBroken else { return nil }
            let result = body(&state.book)
            defer { state.book.changesAreKept() }
            guard let store = state.store, !state.book.changes.isEmpty else { return result }
            do {
                try store.append(state.book.changes)
                return result
            } catch {
                state.isBroken = true
                return nil
            }
        }
    }

    /// What a change would come to, without making it; ids that it gives stay given.
    internal func pretend<Result: Sendable>(
        _ body: (inout LedgerBook) -> Result
    ) -> Result {
        state.withLock { state in
            var copy = state.book
            let result = body(&copy)
            state.book.skipSequences(of: copy)
            return result
        }
    }

    /// A transaction by its id.
    package func entry(id: String) -> LedgerEntry? { read { $0.entry(id: id) } }

    /// A recurring bill by its id.
    package func recurringBill(id: String) -> RecurringBill? {
        read { book in book.recurringBills.first { $0.id == id } }
    }

    /// All recurring bills in the order in which they were made.
    package var recurringBills: [RecurringBill] { read { $0.recurringBills } }

    /// All transactions in the order in which they were made.
    package var entries: [LedgerEntry] { read { $0.entries } }
}
