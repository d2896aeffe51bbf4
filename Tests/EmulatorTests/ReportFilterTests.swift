import LaneSimulation
import Testing
import Values

@testable import Emulator

/// The report's filters against an evaluator that knows no more than the document's words.
@Suite struct ReportFilterTests {
    /// Fixed ledgers and filters, and others at each run.
    @Test(arguments: [1, 2, 3, UInt64.random(in: 4 ... .max)])
    func `rows are found as the document's words say`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var found = 0
        var hidden = 0
        for round in 0..<2500 {
            let ledger = RandomLedger(&generator)
            let question = RandomQuestion(about: ledger, &generator)
            let expected = ledger.facts.filter { question.wants($0) }.map(\.id)
            let got = try question.ask(ledger)
            guard got == expected else {
                Issue.record(
                    "seed \(seed), round \(round): \(question.text) found \(got), not \(expected)")
                return
            }
            found += got.count
            hidden += ledger.facts.count - got.count
        }
        // Neither all filters finding everything nor all finding nothing would say anything.
        #expect(found > 1000 && hidden > 1000, "seed \(seed): \(found) found, \(hidden) not")
    }
}

/// What a transaction of a random ledger is, in words that both sides are made from.
private struct Facts {
    var id = ""
    var kind = TransactionKind.sale
    var code = "00"
    var cents = 0
    var batch = 1
    var milliseconds = 0
    var first: String?
    var last: String?
    var phone: String?
    var mail: String?
    var customer = 0
    var brand = CardBrand.visa
    var lastFour = "8888"
    var token = ""
    var isSwiped = true
    var note = ""

    /// The transaction as the emulator's ledger holds it.
    var entry: LedgerEntry {
        var bill = BillRecord(baseCents: cents)
        bill.note = note
        let digits = Array(lastFour.utf8)
        let masked = MaskedPAN(length: 16, lastFour: (digits[0], digits[1], digits[2], digits[3]))
        let card = CardRecord(
            identity: CardIdentity(prefix: "4012", maskedPAN: masked, brand: brand), token: token,
            entry: isSwiped ? .plainTracks : .keyed)
        var holder: CustomerRecord?
        if let first, let last {
            var named = CustomerRecord()
            (named.firstName, named.lastName) = (first, last)
            (named.phoneNumber, named.email) = (phone, mail)
            holder = named
        }
        var answer = IssuerAnswer()
        answer.responseCode = code
        return LedgerEntry(
            id: id, kind: kind, organization: 1, terminal: 1,
            createdAt: Timestamp(milliseconds: milliseconds), bill: bill, card: card,
            customer: holder, customerID: customer, recordFormat: nil, answer: answer,
            isReadable: true, batch: batch)
    }
}

private struct RandomLedger {
    private(set) var facts: [Facts] = []

    static let names = ["Ann", "Anna", "Bo", "O'Hara", "Hara", "", "Ben Annis"]
    static let notes = ["", "SW1", "SW12", "sw1", "gift", "a b"]
    static let codes = ["00", "05", "51", "N7", "0930", "08"]
    static let phones = ["4155551234", "(415) 555 1234", "9175551234"]
    static let mails = ["a@x.org", "A@x.org", "b@y.org"]
    static let tokens = ["9999000000000001", "9999000000000002", "9999000000000003"]
    static let brands: [CardBrand] = [.visa, .masterCard, .americanExpress]
    static let lastFours = ["8888", "0001", "4507"]
    /// One minute after the other.
    static let minute = 60_000

    init(_ generator: inout SeededGenerator) {
        for number in 0..<Int.random(in: 0...8, using: &generator) {
            var fact = Facts()
            fact.id = String(1001 + number)
            fact.kind = [.sale, .authOnly, .void, .refund, .verify].pick(&generator)
            fact.code = Self.codes.pick(&generator)
            fact.cents = [0, 1, 99, 100, 1275, 10_000].pick(&generator)
            fact.batch = Int.random(in: 1...4, using: &generator)
            fact.milliseconds = Int.random(in: 0...5, using: &generator) * Self.minute
            if Bool.random(using: &generator) {
                fact.first = Self.names.pick(&generator)
                fact.last = Self.names.pick(&generator)
                fact.phone = ([nil] + Self.phones).pick(&generator)
                fact.mail = ([nil] + Self.mails).pick(&generator)
                fact.customer = Int.random(in: 1...3, using: &generator)
            }
            fact.brand = Self.brands.pick(&generator)
            fact.lastFour = Self.lastFours.pick(&generator)
            fact.token = Self.tokens.pick(&generator)
            fact.isSwiped = Bool.random(using: &generator)
            // A void has no bill, and so no note.
            fact.note = fact.kind == .void ? "" : Self.notes.pick(&generator)
            facts.append(fact)
        }
    }
}

/// A random request for a report.
private struct RandomQuestion {
    /// One filter: its field, its members, and which rows it wants.
    private struct Part {
        var field: String
        var members: [(name: String, text: String)]
        var wants: (Facts) -> Bool

        init(_ name: String, _ text: String, _ wants: @escaping (Facts) -> Bool) {
            self.init(name, [(name, text)], wants)
        }

        init(
            _ field: String, _ members: [(name: String, text: String)],
            _ wants: @escaping (Facts) -> Bool
        ) {
            (self.field, self.members, self.wants) = (field, members, wants)
        }
    }

    /// How mixed filters are read.
    private enum Reading: CaseIterable { case asPrinted, both, either }

    private var parts: [Part] = []
    private let reading: Reading

    init(about ledger: RandomLedger, _ generator: inout SeededGenerator) {
        reading = Reading.allCases.pick(&generator)
        var names: Set<String> = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let part = Self.part(reading, &generator)
            if names.insert(part.field).inserted { parts.append(part) }
        }
    }

    private var body: JSONValue {
        .object(
            parts.flatMap(\.members).map { JSONMember(name: $0.name, value: .string($0.text)) })
    }

    /// The question as a failure tells it.
    var text: String { "\(body.text) \(reading)" }

    func wants(_ fact: Facts) -> Bool { parts.allSatisfy { $0.wants(fact) } }

    /// What the emulator finds.
    func ask(_ ledger: RandomLedger) throws -> [String] {
        var findings = Findings()
        let filter = ReportFilter(body, offsetMinutes: 0, &findings)
        #expect(findings.violations.isEmpty, "\(text)")
        let faults: [FaultName] =
            switch reading {
            case .asPrinted: []
            case .both: [.reportMixedFilterAnd]
            case .either: [.reportMixedFilterOr]
            }
        let report = Report(
            entries: ledger.facts.map(\.entry), organization: 1,
            now: Timestamp(milliseconds: 0),
            faults: ActiveFaults(faults.map { FaultRule($0) }))
        return try #require(report.answer(filter).json.elements).map {
            $0["transactionID"]?.string ?? ""
        }
    }

    // MARK: One filter

    private static func part(
        _ reading: Reading, _ generator: inout SeededGenerator
    ) -> Part {
        switch Int.random(in: 0..<18, using: &generator) {
        case 0...4: rangeOrBill(&generator, reading)
        case 5...10: customerOrCode(reading, &generator)
        default: cardOrWord(reading, &generator)
        }
    }

    private static func rangeOrBill(
        _ generator: inout SeededGenerator, _ reading: Reading
    ) -> Part {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: range("batchId", { $0.batch }, 0...5, { String($0) }, &generator)
        case 1: range("amount", { $0.cents }, 0...1300, Self.dollars, &generator)
        case 2: range("authAmount", { $0.cents }, 0...1300, Self.dollars, &generator)
        case 3:
            range(
                "trnDate", { $0.milliseconds / RandomLedger.minute }, 0...6,
                { "1970-01-01 00:0\($0):00" }, &generator)
        default: recurring(reading, &generator)
        }
    }

    private static func customerOrCode(
        _ reading: Reading, _ generator: inout SeededGenerator
    ) -> Part {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            choice("transactionType", ["Sale", "void", "Verify", "Refund"], reading, &generator) {
                $0.kind.reportName.lowercased() == $1.lowercased()
            }
        case 1: choice("responseCode", RandomLedger.codes, reading, &generator) { $0.code == $1 }
        case 2:
            choice("firstName", ["Ann", "n", "Hara"], reading, &generator) {
                ($0.first ?? "").contains($1)
            }
        case 3:
            choice("lastName", ["O'", "Ann", "x"], reading, &generator) {
                ($0.last ?? "").contains($1)
            }
        case 4:
            choice("phoneNumber", ["415", "(415)", "1234"], reading, &generator) {
                ($0.phone ?? "").contains($1)
            }
        default:
            choice("email", ["@x.org", "a@", "b@y.org"], reading, &generator) {
                ($0.mail ?? "").contains($1)
            }
        }
    }

    private static func cardOrWord(
        _ reading: Reading, _ generator: inout SeededGenerator
    ) -> Part {
        switch Int.random(in: 0..<7, using: &generator) {
        case 0:
            choice("cardType", ["Visa", "mastercard", "Amex"], reading, &generator) {
                $0.brand.rawValue.lowercased() == $1.lowercased()
            }
        case 1:
            choice(
                "cardLast4Digits", RandomLedger.lastFours, reading, &generator
            ) { $0.lastFour == $1 }
        case 2: choice("cardToken", RandomLedger.tokens, reading, &generator) { $0.token == $1 }
        case 3:
            choice("swiped", ["true", "False"], reading, &generator) {
                "\($0.isSwiped)" == $1.lowercased()
            }
        case 4: choice("note", RandomLedger.notes, reading, &generator) { $0.note == $1 }
        case 5:
            choice("customerId", ["0", "1", "2"], reading, &generator) { "\($0.customer)" == $1 }
        default:
            choice("transactionStatus", ["Approved", "declined"], reading, &generator) {
                (["00", "08"].contains($0.code) ? "approved" : "declined") == $1.lowercased()
            }
        }
    }

    /// Values with `;` between, and `!` before some.
    private static func choice(
        _ name: String, _ values: [String], _ reading: Reading,
        _ generator: inout SeededGenerator, _ holds: @escaping (Facts, String) -> Bool
    ) -> Part {
        let words = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            (Bool.random(using: &generator) ? "" : "!")
                + values.filter { !$0.isEmpty }.pick(&generator)
        }
        let plain = words.filter { !$0.hasPrefix("!") }
        let excluded = words.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
        let isEither = reading != .both
        return Part(name, words.joined(separator: ";")) { fact in
            let isAny = plain.contains { holds(fact, $0) }
            let isNone = !excluded.contains { holds(fact, $0) }
            if plain.isEmpty { return isNone }
            if excluded.isEmpty { return isAny }
            return isEither ? isAny || isNone : isAny && isNone
        }
    }

    /// No transaction here is of a recurring bill.
    private static func recurring(
        _ reading: Reading, _ generator: inout SeededGenerator
    ) -> Part {
        let text = ["!", "", "300", "!300", "300;!301"].pick(&generator)
        let wantsAll =
            switch text {
            case "", "!300": true
            case "300;!301": reading == .either
            default: false
            }
        return Part("recurringBillId", text) { _ in wantsAll }
    }

    /// One bound, or both: then they belong to it.
    private static func range(
        _ name: String, _ value: @escaping (Facts) -> Int, _ values: ClosedRange<Int>,
        _ write: (Int) -> String, _ generator: inout SeededGenerator
    ) -> Part {
        let low = Int.random(in: values, using: &generator)
        let high = Int.random(in: values, using: &generator)
        let (from, to) = ((name + "From", write(low)), (name + "To", write(high)))
        return switch Int.random(in: 0..<3, using: &generator) {
        case 0: Part(name, [from]) { value($0) > low }
        case 1: Part(name, [to]) { value($0) < high }
        default: Part(name, [from, to]) { low <= value($0) && value($0) <= high }
        }
    }

    private static func dollars(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}

extension Array {
    fileprivate func pick(_ generator: inout SeededGenerator) -> Element {
        self[Int.random(in: indices, using: &generator)]
    }
}
