import Journal
import OwnThreads
import Quiet
import Testing
import Values

@Suite(.blocks) struct JournalBookTests {
    private let at = WallTime(milliseconds: 1_800_000_000_000)

    private func attempt(_ sequence: UInt64) throws -> Attempt {
        Attempt(
            .init(sequence: sequence, lane: 1, journal: 7),
            asks: .init(.sale, try Amount(cents: 1275), ticket: try #require(Ticket("T-1"))),
            incarnation: 9, decidedAt: at)
    }

    @Test func `a new attempt has the next number and is an intent`() throws {
        var book = JournalBook()
        try book.apply(.attempt(try attempt(1)))
        #expect(book.nextSequence == 2)
        let second = try attempt(2)
        #expect(throws: IllegalChange.sequence) { try book.apply(.attempt(try attempt(3))) }
        #expect(throws: IllegalChange.state) {
            try book.apply(.attempt(second.moved(to: .approved, at: at)))
        }
        #expect(book.attempts.count == 1)
    }

    @Test(arguments: AttemptState.allCases, AttemptState.allCases)
    func `a state follows only where the table says so`(
        from: AttemptState, to: AttemptState
    ) throws {
        let before = try attempt(1).moved(to: from, at: at)
        let allowed = from == to || from.successors.contains(to)
        var book = JournalBook(attempts: [before], nextSequence: 2)
        let worked = (try? book.apply(.attempt(before.moved(to: to, at: at)))) != nil
        #expect(worked == allowed)
    }

    @Test func `what an attempt asks and its transaction cannot be changed`() throws {
        var first = try attempt(1)
        first.facts.transactionID = "181"
        var book = JournalBook(attempts: [first], nextSequence: 2)
        var other = first
        other.facts.transactionID = "182"
        #expect(throws: IllegalChange.transaction) { try book.apply(.attempt(other)) }
        let renamed = Attempt(
            .init(sequence: 1, lane: 2, journal: 7),
            asks: .init(.sale, try Amount(cents: 1275), ticket: try #require(Ticket("T-1"))),
            incarnation: 9, decidedAt: at)
        #expect(throws: IllegalChange.identity) { try book.apply(.attempt(renamed)) }
    }

    @Test(arguments: ["", "a b", "4111111111111111", "4111-1111-1111-1111", "é"])
    func `a ticket that is no name or looks like a card number is refused`(text: CardText) {
        #expect(Ticket(text.clear) == nil)
    }

    @Test(arguments: ["1", "INV-2026/11/21#4", "table_7", "12345678901"])
    func `a ticket of letters digits and marks is taken`(text: String) {
        #expect(Ticket(text)?.text == text)
    }
}
