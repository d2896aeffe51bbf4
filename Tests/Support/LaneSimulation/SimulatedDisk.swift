import Journal
import Lane

/// What survives a crash: the journal and the latch page.
struct SimulatedDisk {
    private(set) var book: JournalBook
    /// Written, and lost by the next crash: what a lazy mutant leaves.
    private var lazy: [JournalChange] = []
    /// The latch page: its word, and which page it is.
    var latchWord: UInt64 = 0
    var incarnation: UInt64 = 1

    init(_ book: JournalBook) { self.book = book }

    /// Makes changes durable.
    mutating func write(_ changes: [JournalChange], isLazy: Bool) {
        if isLazy {
            lazy += changes
        } else {
            apply(lazy + changes)
            lazy = []
        }
    }

    /// A change that was allowed when it was decided may not be after what came before was lost.
    private mutating func apply(_ changes: [JournalChange]) {
        for change in changes { try? book.apply(change) }
    }

    mutating func crash() { lazy = [] }

    /// The pages of the kernel are gone; a fresh latch page is made at the next start.
    mutating func powerCut(keepsPage: Bool) {
        lazy = []
        latchWord = 0
        if !keepsPage { incarnation += 1 }
    }
}
