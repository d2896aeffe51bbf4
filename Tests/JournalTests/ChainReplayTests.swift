import OwnThreads
import Seeded
import Testing
import Values

@testable import Journal

/// The verification's own reading of changes says what the book and the one form say.
@Suite(.blocks) struct ChainReplayTests {
    /// A change that is often forbidden: few numbers, all states, few facts.
    private static func attempt(_ chance: inout SeededNumbers) throws -> Attempt {
        let sequence = UInt64.random(in: 1...6, using: &chance)
        let cents = Int.random(in: 0..<12, using: &chance) == 0 ? 200 : 100
        var demand = Attempt.Demand(
            .sale, try Amount(cents: cents), ticket: try #require(Ticket("T-1")))
        let digest = Int.random(in: 0..<12, using: &chance) == 0 ? "b" : "a"
        if sequence.isMultiple(of: 2) {
            demand.key = TillKey("k", digest: String(repeating: digest, count: 32))
        }
        let intent = Attempt(
            .init(sequence: sequence, lane: 1, journal: 7), asks: demand,
            incarnation: 9, decidedAt: TestJournal.time(sequence))
        let states = AttemptState.allCases + [.intent, .intent, .accepted]
        let state = states.randomElement(using: &chance) ?? .intent
        var next = intent.moved(to: state, at: TestJournal.time(sequence + 1))
        if Int.random(in: 0..<2, using: &chance) == 0 { next.facts.transactionID = "A" }
        if Int.random(in: 0..<9, using: &chance) == 0 { next.facts.transactionID = "B" }
        return next
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `it takes and refuses what the book takes and refuses`(seed: UInt64) throws {
        var chance = SeededNumbers(seed: seed)
        var (taken, refused) = (0, 0)
        for _ in 0..<120 {
            var book = JournalBook()
            var replay = ChainReplay(cutSequence: 1)
            for number: UInt64 in 1...40 {
                let change = JournalChange.attempt(try Self.attempt(&chance))
                let byBook = Result { try book.apply(change) }
                let bytes = ChangeText.write(change)
                let byReplay = Result { try replay.take(bytes.span, number: number) }
                switch (byBook, byReplay) {
                case (.success, .success(let at)):
                    taken += 1
                    #expect(at == change.at.milliseconds)
                case (.failure(let rule), .failure(let fault)):
                    refused += 1
                    guard case ChainReplay.Fault.forbidden(let same) = fault else {
                        Issue.record("\(fault)")
                        continue
                    }
                    #expect(rule as? IllegalChange == same)
                default: Issue.record("\(change): \(byBook), \(byReplay)")
                }
            }
            #expect(replay.nextSequence == book.nextSequence)
            #expect(replay.attempts.mapValues(\.state) == book.attempts.mapValues(\.state))
        }
        #expect(taken > 300 && refused > 300)
    }

    @Test func `a change with any byte altered reads as another or not at all`() throws {
        var attempt = TestJournal.approved(
            TestJournal.accepted(try TestJournal.intent(8, number: 7)))
        attempt.facts.reason = "a\tb\\c"
        let bytes = ChangeText.write(.attempt(attempt))
        #expect(ChangeText.read(bytes) == .attempt(attempt))
        for index in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[index] ^= 1 << UInt8(bit)
                guard let read = ChangeText.read(other) else { continue }
                #expect(ChangeText.write(read) == other)
            }
            #expect(ChangeText.read(Array(bytes[..<index])) != .attempt(attempt))
        }
    }
}
