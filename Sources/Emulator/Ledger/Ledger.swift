internal import Synchronization

/// Every transaction: the judge of what was charged.
package final class Ledger: Sendable {
    private struct State {
        var book: LedgerBook
        var store: LedgerStore?
        /// True once a change could not be kept: nothing is changed any more.
        var isBroken = false

        /// Keeps what the book changed; false when it cannot be kept.
        mutating func keep() -> Bool {
            defer { book.changesAreKept() }
            guard let store, !book.changes.isEmpty else { return true }
            do { try store.keep(book.changes) } catch { isBroken = true }
            return !isBroken
        }
    }

    private let state: Mutex<State>

    /// An empty ledger in memory, or the one that a file keeps; ids count up from `firstID`.
    /// - Throws: ``EmulatorError/store(_:)``
    internal init(store path: String?, firstID: Int) throws(EmulatorError) {
        var state = State(book: LedgerBook(firstID: firstID))
        if let path {
            let store = try LedgerStore(path)
            for change in try store.changes() { state.book.apply(change) }
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
            return state.keep() ? result : nil
        }
    }

    /// What a change would come to, without making it; ids that it gives stay given. `nil` when
    /// that cannot be kept.
    internal func pretend<Result: Sendable>(
        _ body: (inout LedgerBook) -> Result
    ) -> Result? {
        state.withLock { state in
            guard !state.isBroken else { return nil }
            var copy = state.book
            let result = body(&copy)
            state.book.skipSequences(of: copy)
            return state.keep() ? result : nil
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
