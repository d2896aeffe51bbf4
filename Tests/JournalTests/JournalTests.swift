import Foundation
import Journal
import OwnThreads
import Testing
import Values

@Suite(.blocks) struct JournalTests {
    @Test func `what is appended is there after the next start`() throws {
        let place = try TestJournal()
        let attempt = TestJournal.accepted(try TestJournal.intent(1, of: place.open()))
        var number: UInt32 = 0
        do {
            let journal = try place.open()
            number = journal.number
            #expect(journal.standing == .ready)
            try journal.append([.attempt(TestJournal.intent(1, of: journal))])
            try journal.append([.attempt(attempt)])
            let other = try TestJournal.intent(2, of: journal)
            try journal.append([.attempt(other), .wish(other.ticket, at: TestJournal.time(9))])
        }
        let journal = try place.open()
        #expect(journal.standing == .ready)
        #expect(journal.number == number)
        #expect(journal.changeCount == 4)
        #expect(try journal.nextSequence() == 3)
        #expect(try journal.attempt(1) == attempt)
        #expect(try journal.attempt(attempt.reference) == attempt)
        #expect(try journal.openAttempts().map(\.sequence) == [1, 2])
        #expect(try journal.wishes().map(\.text) == ["INV-2026-2"])
    }

    @Test func `attempts are found by ticket, time, page and transaction`() throws {
        let place = try TestJournal()
        let journal = try place.open()
        for sequence: UInt64 in 1...6 {
            try journal.append(TestJournal.sale(sequence, number: journal.number))
        }
        try journal.append([.attempt(TestJournal.intent(7, of: journal, ticket: "INV-2026-3"))])
        func found(_ query: AttemptQuery) throws -> [UInt64] {
            try journal.attempts(query).map(\.sequence)
        }
        #expect(try found(AttemptQuery(limit: 3)) == [7, 6, 5])
        var page = AttemptQuery(limit: 3)
        page.below = 5
        #expect(try found(page) == [4, 3, 2])
        let ticket = try #require(Ticket("INV-2026-3"))
        #expect(try found(AttemptQuery(.ticket(ticket))) == [7, 3])
        #expect(try found(AttemptQuery(.open)) == [7])
        #expect(try found(AttemptQuery(.approvedTransactions, limit: 2)) == [6, 5])
        var range = AttemptQuery()
        (range.from, range.until) = (TestJournal.time(2), TestJournal.time(4))
        #expect(try found(range) == [3, 2])
    }

    @Test func `a change that the rules forbid leaves all of its batch out`() throws {
        let place = try TestJournal()
        let journal = try place.open()
        let first = try TestJournal.intent(1, of: journal)
        #expect(throws: JournalFault.illegal(.sequence)) {
            try journal.append([.attempt(first), .attempt(TestJournal.intent(3, of: journal))])
        }
        #expect(journal.changeCount == 0)
        #expect(try journal.nextSequence() == 1)
        try journal.append([.attempt(first)])
        #expect(try journal.attempts(AttemptQuery()) == [first])
    }

    @Test func `a second one for the same folder is refused by the process that has it`() throws {
        let place = try TestJournal()
        let journal = try place.open()
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(throws: JournalFault.inUse(process: process)) { try place.open() }
        #expect(journal.standing == .ready)
    }
}
