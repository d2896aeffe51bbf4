import Testing
import Tracks
import Values

/// What a shop accepts, each rule for itself.
@Suite struct CardPolicyTests {
    private static let today = CivilDate(year: 2026, month: 11, day: 21)

    /// A rule, a swipe that breaks it and no other, and what is said then.
    struct Rule: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let refusal: PolicyRefusal
        let warning: PolicyWarnings
        let set: @Sendable (inout CardPolicy, CardPolicy.Effect) -> Void
    }

    static let rules = [
        Rule(
            testDescription: "Luhn", text: ";4111111111111112=2912101?", refusal: .luhn,
            warning: .luhn, set: { $0.luhn = $1 }),
        Rule(
            testDescription: "brand", text: ";000000000000=2912101?", refusal: .unknownBrand,
            warning: .unknownBrand, set: { $0.brand = $1 }),
        Rule(
            testDescription: "expired", text: ";4111111111111111=2610101?", refusal: .expired,
            warning: .expiry, set: { $0.expiry = $1 }),
        Rule(
            testDescription: "no month", text: ";4111111111111111=2913101?",
            refusal: .expiryInvalid, warning: .expiry, set: { $0.expiry = $1 }),
        Rule(
            testDescription: "expiry missing", text: ";4111111111111111==101?",
            refusal: .expiryMissing, warning: .expiry, set: { $0.expiry = $1 }),
        Rule(
            testDescription: "number alone", text: ";4111111111111111=?",
            refusal: .expiryMissing, warning: .expiry, set: { $0.expiry = $1 }),
        Rule(
            testDescription: "chip", text: ";4111111111111111=2912201?", refusal: .chipCard,
            warning: .chipCard, set: { $0.chipCard = $1 }),
        Rule(
            testDescription: "service code", text: ";4111111111111111=2912901?",
            refusal: .restrictedServiceCode, warning: .serviceCode, set: { $0.serviceCode = $1 }),
        Rule(
            testDescription: "two numbers",
            text: "%B4012881888818888^AB^2912101?;4111111111111111=2912101?",
            refusal: .tracksDisagree, warning: .tracksDisagree, set: { $0.tracksAgree = $1 }),
        Rule(
            testDescription: "two expiries",
            text: "%B4111111111111111^AB^2911101?;4111111111111111=2912101?",
            refusal: .tracksDisagree, warning: .tracksDisagree, set: { $0.tracksAgree = $1 }),
    ]

    @Test(arguments: rules) func `each rule refuses, warns or is off`(rule: Rule) throws {
        let read = try ReadText(rule.text)
        var policy = CardPolicy()
        rule.set(&policy, .refuse)
        let refused = read.verdict(policy, on: Self.today)
        #expect(refused.refusal == rule.refusal)
        #expect(refused.warnings == [])
        rule.set(&policy, .warn)
        let warned = read.verdict(policy, on: Self.today)
        #expect(warned.refusal == nil)
        #expect(warned.warnings == rule.warning)
        rule.set(&policy, .off)
        #expect(read.verdict(policy, on: Self.today) == PolicyVerdict())
    }

    @Test func `the defaults refuse what cannot be paid with and warn of the rest`() {
        let policy = CardPolicy()
        #expect([policy.luhn, policy.expiry, policy.tracksAgree] == [.refuse, .refuse, .refuse])
        #expect([policy.brand, policy.chipCard, policy.serviceCode] == [.warn, .warn, .warn])
    }

    @Test func `a good card passes without a word`() throws {
        let read = try ReadText("%\(Sample.track1)?;\(Sample.track2)?")
        #expect(read.verdict(CardPolicy(), on: Self.today) == PolicyVerdict())
    }

    @Test func `tracks agree when one has no expiry or cannot be read`() throws {
        for one in ["B4111111111111111^AB", "B4111111111111111^AB^^101", "E", "B4012^"] {
            let read = try ReadText("%\(one)?;\(Sample.track2)?")
            #expect(read.verdict(CardPolicy(), on: Self.today) == PolicyVerdict())
        }
    }

    @Test func `tracks disagree when one number begins the other`() throws {
        let read = try ReadText("%B411111111111111^AB^2912101?;\(Sample.track2)?")
        #expect(read.verdict(CardPolicy(), on: Self.today).refusal == .tracksDisagree)
    }

    @Test func `the first refusal is told, and all warnings`() throws {
        let read = try ReadText(";000000000001=2512201?")
        let verdict = read.verdict(CardPolicy(), on: Self.today)
        #expect(verdict.refusal == .luhn)
        #expect(verdict.warnings == [.unknownBrand, .chipCard])
    }

    @Test(
        arguments: [
            ("2611", CivilDate(year: 2026, month: 11, day: 30), nil),
            ("2611", CivilDate(year: 2026, month: 12, day: 1), PolicyRefusal.expired),
            ("7612", CivilDate(year: 2026, month: 11, day: 21), nil),
            ("7701", CivilDate(year: 2026, month: 11, day: 21), .expired),
            ("9912", CivilDate(year: 2099, month: 12, day: 31), nil),
            ("0001", CivilDate(year: 2099, month: 12, day: 31), nil),
            ("2900", CivilDate(year: 2026, month: 11, day: 21), .expiryInvalid),
        ] as [(String, CivilDate, PolicyRefusal?)])
    func `a card is good through its last day`(
        expiry: String, today: CivilDate, refusal: PolicyRefusal?
    ) throws {
        let read = try ReadText(";4111111111111111=\(expiry)101?")
        #expect(read.verdict(CardPolicy(), on: today).refusal == refusal)
    }
}
