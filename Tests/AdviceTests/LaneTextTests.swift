import Advice
import Testing
import Values

/// Every alarm and every stop is told in every language, with what it is about.
@Suite struct LaneTextTests {
    private static let reference = PaymentReference(lane: 1, journal: 7, sequence: 4)

    private static let alarms: [LaneAlarm] = [
        .neverMade(reference), .otherTransaction(reference, held: "1002"),
        .takenBackYetCharged(reference), .approvedYetVoided(reference),
        .approvedYetDeclined(reference), .secondCopy(reference, transaction: "1002"),
        .lateCharge(reference, transaction: "1002"), .stillOpen(reference), .mismatch(reference),
        .reportEmpty, .listedNotReported(reference), .inNeitherBook(reference),
        .notReported(reference), .takeBackRefused(reference, transaction: "1002"),
        .refundKept(reference, transaction: "1002"), .journalUnreadable(reference),
    ]
    private static let stops: [LaneStop] = [.journal("the disk is full"), .mismatch(reference)]

    @Test func `the lists of these tests have every alarm and every stop`() {
        #expect(Self.alarms.map(\.code) == LaneAlarm.Code.allCases)
        #expect(Self.stops.map(\.code) == LaneStop.Code.allCases)
    }

    @Test(arguments: Language.allCases)
    func `each has a text of its own that names the payment and the transaction`(
        language: Language
    ) {
        for alarm in Self.alarms {
            let text = alarm.text(in: language)
            #expect(text.contains(alarm.reference?.text ?? ""), "\(text)")
            #expect(text.contains(alarm.transaction ?? ""), "\(text)")
        }
        let texts =
            Self.alarms.map { $0.text(in: language) } + Self.stops.map { $0.text(in: language) }
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { $0.hasSuffix(".") && (30...160).contains($0.count) })
    }

    @Test func `the languages differ in every text`() {
        for alarm in Self.alarms {
            #expect(alarm.text(in: .english) != alarm.text(in: .spanish))
        }
        for stop in Self.stops { #expect(stop.text(in: .english) != stop.text(in: .spanish)) }
    }

    @Test func `what is wrong beneath is for the terminal and not for the cashier`() {
        let stop = LaneStop.journal("the disk is full")
        #expect(!stop.text().contains("disk") && stop.line.contains("the disk is full"))
    }
}
