import Foundation
import Journal
import OwnThreads
import Quiet
import Testing
import Values

/// The till's keys in the journal: durable with the intent, each once.
@Suite(.blocks) struct TillKeyTests {
    @Test func `a payment is found by its key, after a restart too`() throws {
        let place = try TestJournal()
        do {
            let journal = try place.open()
            for sequence: UInt64 in 1...4 {
                try journal.append(TestJournal.sale(sequence, number: journal.number))
            }
        }
        let journal = try place.open()
        #expect(journal.standing == .ready)
        let found = try journal.attempts(AttemptQuery(.key("order-4")))
        #expect(found.map(\.sequence) == [4])
        #expect(try found.first?.key == TestJournal.key(4))
        #expect(try journal.attempts(AttemptQuery(.key("order-3"))).isEmpty)
        #expect(try journal.verify().damages == [])
    }

    @Test func `a second payment with a key is not stored`() throws {
        let place = try TestJournal()
        let journal = try place.open()
        try journal.append(TestJournal.sale(1, number: journal.number))
        try journal.append(TestJournal.sale(2, number: journal.number))
        var demand = Attempt.Demand(
            .sale, try Amount(cents: 1), ticket: try #require(Ticket("T-3")))
        demand.key = try TestJournal.key(2)
        let again = Attempt(
            .init(sequence: 3, lane: journal.lane, journal: journal.number), asks: demand,
            incarnation: 1, decidedAt: TestJournal.time(3))
        #expect(throws: JournalFault.stopped(.malformed)) {
            try journal.append([.attempt(again)])
        }
        #expect(try Journal.openForReading(place.path).attempt(3) == nil)
    }

    @Test func `the key of a payment never changes`() throws {
        let place = try TestJournal()
        let journal = try place.open()
        try journal.append([.attempt(TestJournal.intent(1, of: journal))])
        var demand = Attempt.Demand(
            .sale, try Amount(cents: 1276), ticket: try #require(Ticket("INV-2026-1")))
        demand.key = try TestJournal.key(1)
        let other = Attempt(
            .init(sequence: 1, lane: journal.lane, journal: journal.number), asks: demand,
            incarnation: 0x9E37_79B9_7F4A_7C15, decidedAt: TestJournal.time(1))
        #expect(throws: JournalFault.illegal(.identity)) {
            try journal.append([.attempt(other.moved(to: .approved, at: TestJournal.time(2)))])
        }
    }

    @Test func `a journal of before there were keys goes on`() throws {
        let place = try TestJournal()
        do {
            let journal = try place.open()
            try journal.append(TestJournal.sale(1, number: journal.number))
        }
        try TestJournal.sql(
            place.database,
            """
            DROP INDEX attemptOfKey; ALTER TABLE attempt DROP COLUMN tillKey;
            DELETE FROM grdb_migrations WHERE identifier = 'tillKey';
            """)
        let journal = try place.open()
        #expect(journal.standing == .ready)
        try journal.append(TestJournal.sale(2, number: journal.number))
        #expect(try journal.attempts(AttemptQuery(.key("order-2"))).map(\.sequence) == [2])
        #expect(try journal.verify().damages == [])
    }

    @Test(arguments: ["", "two words", "4111111111111111", "\(String(repeating: "k", count: 65))"])
    func `what is no key is none`(text: CardText) {
        #expect(TillKey(text.clear, digest: String(repeating: "a", count: 32)) == nil)
    }
}
