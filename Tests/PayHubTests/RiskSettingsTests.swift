import PayHub
import Testing
import Values

@Suite struct RiskSettingsTests {
    /// Every rule with a limit of its own.
    private static let whole = RiskSettings(
        measures: Dictionary(
            uniqueKeysWithValues: RiskRule.allCases.enumerated().map { index, rule in
                let option = RiskMeasure.Option.allCases[index % 3]
                return (rule, RiskMeasure(option, limit: rule.isCount ? index : 1000 + index))
            }), switches: [.copies, .cvvRequired], emailAddress: "shop@example.com")

    @Test func `each rule has a node of its own, its two values as text`() throws {
        let tree = try SentBody.tree(Self.whole)
        #expect(RiskRule.allCases.count == 11)
        let above = tree["transaction_volume_settings"]?["sale_trn_amount_above"]
        #expect(above == .object(["value": .text("10.01"), "option": .text("2")]))
        let below = tree["transaction_volume_settings"]?["sale_trn_amount_below"]
        #expect(below == .object(["value": .text("10"), "option": .text("1")]))
        let count = tree["transaction_volume_settings"]?["hours_trn_number_more_than"]
        #expect(count == .object(["value": .text("5"), "option": .text("3")]))
        #expect(tree["credit_card_security_codes"]?["checked"] == .text("true"))
        #expect(tree["card_filtering"] == .object(["checked": .text("false")]))
        #expect(tree["email"]?["email_address"] == .text("shop@example.com"))
        #expect(try SentBody.again(Self.whole) == Self.whole)
    }

    @Test func `amounts are read with a dollar sign, options and switches as themselves`() throws {
        let text = try SentBody.text(Self.whole)
            .replacing(#""value":"10.01""#, with: #""value":"$10.01""#)
            .replacing(#""option":"2""#, with: #""option":2"#)
            .replacing(#""checked":"false""#, with: #""checked":false"#)
        let read = try RecordDecoder.decode(RiskSettings.self, from: text.utf8Span.span)
        #expect(read.record == Self.whole)
        #expect(read.unknownMembers.isEmpty)
    }

    @Test(arguments: [
        (#""value":"10.01""#, #""value":"€10.01""#), (#""value":"10.01""#, #""value":"-1""#),
        (#""value":"10.01""#, #""value":"10.011""#), (#""value":"5""#, #""value":"5.00""#),
        (#""value":"5""#, #""value":"-5""#), (#""option":"3""#, #""option":"4""#),
        (#""option":"3""#, #""option":null"#), (#""checked":"true""#, #""checked":"yes""#),
    ])
    func `what cannot be read is not guessed`(what: String, other: String) throws {
        let text = try SentBody.text(Self.whole)
        let changed = text.replacing(what, with: other, maxReplacements: 1)
        #expect(changed != text)
        #expect(throws: RecordFault.self) {
            try RecordDecoder.decode(RiskSettings.self, from: changed.utf8Span.span)
        }
    }

    @Test func `a rule that is not given is not sent`() throws {
        let settings = RiskSettings(measures: [.saleAbove: RiskMeasure(.deny, limit: 100_000)])
        let tree = try SentBody.tree(settings)
        guard case .object(let volume)? = tree["transaction_volume_settings"] else {
            Issue.record("no group")
            return
        }
        #expect(volume.keys.sorted() == ["checked", "sale_trn_amount_above"])
        #expect(volume["sale_trn_amount_above"]?["value"] == .text("1000"))
    }

    @Test(
        arguments: [
            (-1, RequestRule.limit), (0, nil), (Limits.amountCentsMaximum, nil),
            (Limits.amountCentsMaximum + 1, .limit),
        ] as [(Int, RequestRule?)], RiskRule.allCases)
    func `a limit has a range`(limit: (value: Int, rule: RequestRule?), rule: RiskRule) {
        let settings = RiskSettings(measures: [rule: RiskMeasure(.deny, limit: limit.value)])
        let expected = limit.rule.map { RuleBreach(rule.rawValue + ".value", $0) }
        #expect(Self.breach(of: settings) == expected)
    }

    @Test(
        arguments: [
            ("shop@example.com", true, nil), ("", false, nil), ("", true, .givenForCopies),
            ("shop", false, .mailAddress), ("a b@example.com", true, .mailAddress),
            ("shop@example", true, .mailAddress), ("a\nb@example.com", true, .noControlCharacters),
        ] as [(String, Bool, RequestRule?)])
    func `copies go to a mail address`(address: String, copies: Bool, rule: RequestRule?) {
        let settings = RiskSettings(switches: copies ? [.copies] : [], emailAddress: address)
        #expect(
            Self.breach(of: settings) == rule.map { RuleBreach("email.email_address", $0) })
    }

    private static func breach(of request: some GatewayRequest) -> RuleBreach? {
        do throws(RuleBreach) { try request.check() } catch { return error }
        return nil
    }

    @Test func `rules are found by the gateway's names`() {
        for rule in RiskRule.allCases { #expect(RiskRule(name: rule.name) == rule) }
        #expect(RiskRule(name: "checked") == nil)
    }
}
