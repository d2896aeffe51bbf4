import PayHub
import Quiet
import Secrets
import Testing
import Values

/// The document's rules on orders, checked before anything is written.
@Suite struct OrderRuleTests {
    private func breach(_ check: () throws(RuleBreach) -> Void) -> RuleBreach? {
        do throws(RuleBreach) {
            try check()
            return nil
        } catch { return error }
    }

    private func customer(_ change: (inout Customer) -> Void) -> RuleBreach? {
        var customer = Customer(name: ("Ann", "Test"), emailAddress: "ann@example.com")
        change(&customer)
        return breach { () throws(RuleBreach) in try customer.check() }
    }

    @Test(arguments: ["a@b.c", "ann.o'hara+x@mail.example.com", "A@B-C.org"])
    func `a mail address is taken`(text: String) {
        #expect(customer { $0.emailAddress = text } == nil)
    }

    @Test(arguments: [
        "", "a", "@b.c", "a@", "a@b", "a@b.", "a b@c.d", "a@b@c.d", "a@b..c", "a@b_c.d",
    ])
    func `what is no mail address is refused`(text: String) {
        #expect(
            customer { $0.emailAddress = text }
                == RuleBreach("customer.email_address", .mailAddress))
    }

    @Test(arguments: ["http://payhub.com", "https://a.b/c?d", "www.x.org", "x.org:8080"])
    func `a web address is taken`(text: String) {
        #expect(customer { $0.webAddress = text } == nil)
    }

    @Test(arguments: ["", "http://", "localhost", "http://a b.c", "ftp://a.b", "http:///x"])
    func `what is no web address is refused`(text: String) {
        #expect(
            customer { $0.webAddress = text } == RuleBreach("customer.web_address", .webAddress))
    }

    @Test(arguments: ["(415) 234 5678", "4152345678", "(415) 234-5678", "+1 415.234.5678"])
    func `a phone number is taken`(text: String) {
        #expect(customer { $0.phoneNumber = text } == nil)
    }

    @Test(arguments: [
        "", "123456", "1234567890123456", "415-CALL-NOW", "415 234 5678 x9", "４１５２３４５６７８",
    ])
    func `what is no phone number is refused`(text: String) {
        #expect(
            customer { $0.phoneNumber = text }
                == RuleBreach("customer.phone_number", .phoneNumber))
    }

    @Test func `a customer has a mail address or a phone number, and both names`() {
        #expect(customer { $0.emailAddress = nil } == RuleBreach("customer", .mailOrPhone))
        #expect(
            customer {
                $0.emailAddress = nil
                $0.phoneNumber = "4152345678"
            } == nil)
        #expect(
            customer { $0.name = ("", "Test") }
                == RuleBreach("customer.first_name and last_name", .given))
    }

    @Test(arguments: [
        "first_name", "last_name", "company_name", "job_title", "phone_ext",
    ])
    func `no text of a customer is over its length`(member: String) {
        let long = String(repeating: "x", count: 256)
        let found = customer { customer in
            switch member {
            case "first_name": customer.name?.first = long
            case "last_name": customer.name?.last = long
            case "company_name": customer.companyName = long
            case "job_title": customer.jobTitle = long
            default: customer.phoneExtension = long
            }
        }
        #expect(found == RuleBreach("customer.\(member)", .textLength))
    }

    private func address(_ change: (inout BillingAddress) -> Void) -> RuleBreach? {
        var address = BillingAddress()
        change(&address)
        return breach { () throws(RuleBreach) in try address.check() }
    }

    @Test func `an address has a state and a zip of the United States`() {
        for zip in ["94901", "94901-0003"] { #expect(address { $0.zip = zip } == nil) }
        for zip in ["", "9490", "949011", "94901-", "94901 0003", "94901-003", "9490a"] {
            #expect(address { $0.zip = zip } == RuleBreach("card_data.billing_zip", .zip))
        }
        for state in ["CA", "DC", "PR"] { #expect(address { $0.state = state } == nil) }
        for state in ["", "ca", "Cal", "ZZ"] {
            #expect(address { $0.state = state } == RuleBreach("card_data.billing_state", .state))
        }
        let long = String(repeating: "x", count: 256)
        #expect(
            address { $0.city = long } == RuleBreach("card_data.billing_city", .textLength))
    }

    private func order(_ operation: PaymentOperation) throws -> PaymentOrder {
        PaymentOrder(
            operation: operation, merchant: Merchant(organizationID: 1, terminalID: 2),
            amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 2, sequence: 3))
    }

    private func breach(of order: PaymentOrder) -> RuleBreach? {
        breach { () throws(RuleBreach) in try order.check() }
    }

    @Test func `the parts of a bill come to no more than the limit`() throws {
        var order = try order(.sale)
        #expect(breach(of: order) == nil)
        order.bill.base = try Amount(cents: Limits.amountCentsMaximum)
        order.bill.tax = try Amount(cents: 1)
        #expect(breach(of: order) == RuleBreach("bill", .total))
    }

    @Test func `metadata goes with recurring bills only, a refund without a sale has a customer`()
        throws
    {
        var sale = try order(.sale)
        sale.bill.metaData = .text("x")
        #expect(breach(of: sale) == RuleBreach("metaData", .recurringOnly))
        var refund = try order(.refund)
        #expect(breach(of: refund) == RuleBreach("customer", .neededForRefund))
        refund.customer = Customer(emailAddress: "ann@example.com")
        #expect(breach(of: refund) == nil)
    }

    @Test func `details are parts of the amount`() throws {
        let order = try order(.sale)
        var details = OrderDetails()
        details.shipping = try Amount(cents: 200)
        details.tax = try Amount(cents: 75)
        details.invoiceNumber = "17"
        let whole = try order.with(details)
        #expect(whole.bill.base.cents == 1000)
        #expect(whole.bill.totalCents == 1275)
        #expect(whole.bill.note == order.bill.note)
        #expect(whole.bill.invoiceNumber == "17")
        details.tax = try Amount(cents: 1075)
        #expect(
            breach { () throws(RuleBreach) in _ = try order.with(details) }
                == RuleBreach("bill.base_amount", .partOfTotal))
    }

    @Test func `a breach says what to do and that nothing was sent`() {
        let said = "\(RequestFault.breach(RuleBreach("customer.email_address", .mailAddress)))"
        #expect(
            said.contains("customer.email_address must be") && said.contains("nothing was sent"))
    }
}

/// Cards that are keyed, and tokens.
@Suite struct CardInHandTests {
    private static let today = CivilDate(year: 2026, month: 1, day: 15)

    private func secret(_ text: String, _ arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: 64)
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }

    private func keyed(
        _ number: String = "4111111111111111", _ expiry: String = "3012", _ cvv: String? = "999"
    ) throws -> Result<CardInHand, RuleBreach> {
        let arena = try SecretArena(blocks: 3)
        let number = try secret(number, arena)
        let month = try secret(expiry, arena)
        let keyed =
            if let cvv {
                KeyedCard(number: number, expiry: month, cvv: try secret(cvv, arena))
            } else { KeyedCard(number: number, expiry: month) }
        do throws(RuleBreach) {
            return .success(try CardInHand(keyed: keyed, on: Self.today))
        } catch { return .failure(error) }
    }

    private func rule(_ made: Result<CardInHand, RuleBreach>) -> RequestRule? {
        guard case .failure(let breach) = made else { return nil }
        return breach.rule
    }

    @Test(
        arguments: [
            ("4111111111111111", "999"), ("5466410004374507", "998"), ("371449635398431", "9997"),
            ("6011000990156527", "996"),
        ] as [(CardText, CardText)])
    func `a published card is taken with its code`(number: CardText, cvv: CardText) throws {
        let card = try keyed(number.clear, "3012", cvv.clear).get()
        #expect(card.maskedPAN.lastFour == String(number.clear.suffix(4)))
        #expect(!card.isToken)
        #expect(!"\(card)".contains(number.clear))
    }

    @Test(arguments: [
        "", "4111111111111112", "41111111111", "4111 1111 1111 1111",
        "41111111111111\u{FF11}\u{FF11}",
    ])
    func `what is no card number is refused`(number: CardText) throws {
        #expect(rule(try keyed(number.clear)) == .cardNumber)
    }

    @Test(arguments: ["", "301", "30123", "3013", "3000", "2512", "2511", "30a2"])
    func `a month that is none, or over, is refused`(expiry: String) throws {
        #expect(rule(try keyed("4111111111111111", expiry)) == .expiry)
    }

    @Test(arguments: ["2601", "2602", "7501"])
    func `a month that is not over is taken`(expiry: String) throws {
        #expect(rule(try keyed("4111111111111111", expiry)) == nil)
    }

    @Test(
        arguments: [
            ("4111111111111111", "99"), ("4111111111111111", "9999"), ("4111111111111111", "99a"),
            ("371449635398431", "999"), ("4111111111111111", ""),
        ] as [(CardText, CardText)])
    func `a security code has the digits of its brand`(number: CardText, cvv: CardText) throws {
        #expect(rule(try keyed(number.clear, "3012", cvv.clear)) == .securityCode)
    }

    @Test func `a cardholder may give no security code`() throws {
        #expect(rule(try keyed("4111111111111111", "3012", nil)) == nil)
    }

    @Test(
        arguments: [
            ("9999000000001804", true), ("99990000000018AB", true), ("999900000000180", false),
            ("99990000000018045", false), ("9999 00000001804", false), ("", false),
        ] as [(CardText, Bool)])
    func `a token has sixteen letters and digits`(text: CardText, isToken: Bool) throws {
        let arena = try SecretArena(blocks: 1)
        let token = try secret(text.clear, arena)
        let card: CardInHand?
        do throws(RuleBreach) { card = try CardInHand(token: token) } catch {
            card = nil
            #expect(error == RuleBreach("card_data.tokenized_card", .token))
        }
        #expect(card?.isToken ?? false == isToken)
        #expect(arena.freeBlocks == (isToken ? 0 : 1), "a refused token is wiped and given back")
    }
}

@Suite struct GatewayProfileTests {
    @Test(arguments: [
        ("live", "api.payhub.com", 443), ("sandbox", "sandbox-api.payhub.com", 443),
        ("staging", "staging-api.payhub.com", 443), ("emulator", "localhost", 8443),
        ("https://127.0.0.1:9443/api/v2", "127.0.0.1", 9443),
    ])
    func `a gateway has a name or an address`(text: String, host: String, port: Int) throws {
        let endpoint = try GatewayEndpoint(named: text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.path == "/api/v2")
        #expect(endpoint.isLoopback == !host.hasSuffix("payhub.com"))
    }

    @Test func `another name is none`() {
        #expect(throws: EndpointError.notHTTPS) { try GatewayEndpoint(named: "Live") }
    }
}
