import Foundation
import Journal
import OwnThreads
import Testing
import Values

@Suite(.blocks) struct PruningTests {
    private static let day: UInt64 = 86_400

    /// A sale a day for so many days, the third of them left open with a wish.
    private static func fill(_ journal: borrowing Journal, days: UInt64) throws {
        for sequence in 1...days {
            let at = TestJournal.time(sequence * day)
            let ticket = try #require(Ticket("DAY-\(sequence)"))
            let intent = Attempt(
                .init(sequence: sequence, lane: TestJournal.lane, journal: journal.number),
                asks: .init(.sale, try Amount(cents: 100), ticket: ticket), incarnation: 1,
                decidedAt: at)
            try journal.append([.attempt(intent)])
            if sequence == 3 || sequence == 4 { try journal.append([.wish(ticket, at: at)]) }
            if sequence != 3 { try journal.append([.attempt(intent.moved(to: .declined, at: at))]) }
        }
    }

    @Test func `old ends go, what is open stays, and the chain goes on from the cut`() throws {
        let place = try TestJournal()
        do {
            let journal = try place.open()
            try Self.fill(journal, days: 10)
            let now = TestJournal.time((5 + 366) * Self.day)
            // Days 1 to 4: four intents, three ends, two wishes.
            #expect(try journal.prune(keepingDays: 0, now: now) == 9)
            #expect(try journal.prune(keepingDays: 366, now: now) == 0)
            #expect(try journal.verify().damages == [])
        }
        let journal = try place.open()
        #expect(journal.standing == .ready)
        #expect(try journal.attempts(AttemptQuery()).map(\.sequence) == [10, 9, 8, 7, 6, 5, 3])
        #expect(try journal.openAttempts().map(\.sequence) == [3])
        #expect(try journal.wishes().map(\.text) == ["DAY-3"])
        #expect(try journal.nextSequence() == 11)
        #expect(try journal.attempt(1) == nil)
    }

    @Test func `it can be done again and again, down to nothing but what is open`() throws {
        let place = try TestJournal()
        for days: UInt64 in [3, 6, 20, 400] {
            let journal = try place.open()
            #expect(journal.standing == .ready)
            if days == 3 { try Self.fill(journal, days: 10) }
            try journal.prune(keepingDays: 0, now: TestJournal.time((days + 366) * Self.day))
        }
        let journal = try place.open()
        #expect(journal.standing == .ready)
        #expect(try journal.attempts(AttemptQuery()).map(\.sequence) == [3])
        #expect(try journal.nextSequence() == 11)
        var open = try #require(try journal.attempt(3))
        open = open.moved(to: .notCharged, at: TestJournal.time(500 * Self.day))
        try journal.append([.attempt(open)])
        #expect(try journal.verify().damages == [])
    }

    @Test func `a cut that the chain does not know of is found`() throws {
        let place = try TestJournal()
        do { try Self.fill(place.open(), days: 10) }
        let forged = try place.copy()
        try TestJournal.sql(
            forged.database,
            """
            UPDATE journal SET cut = 9, cutSequence = 5,
                cutMAC = (SELECT mac FROM audit WHERE number = 9);
            DELETE FROM audit WHERE number <= 9;
            DELETE FROM attempt WHERE head <= 9;
            DELETE FROM wish WHERE head <= 9;
            """)
        #expect(try forged.open().standing == .damaged([.journalAltered]))
        #expect(try place.open().standing == .ready)
    }
}
