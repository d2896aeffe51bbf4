import Coverage
import PayHub
import Testing
import Values

/// What the gateway's resources say.
@Suite struct ResourceTests {
    private func read(
        _ body: String, _ operation: PaymentOperation = .sale, id: String = "478"
    ) throws -> PaymentResource? {
        var reader = BodyReader()
        return reader.resource(
            Array(body.utf8).span, of: operation, id: try #require(TransactionID(id)))
    }

    @Test func `a sale's code and approval are read`() throws {
        let resource = try #require(
            try read(
                #"{"saleResponse":{"saleId":"478","approvalCode":"VTLMC1","responseCode":"00"}}"#))
        #expect(resource.responseCode.text == "00")
        #expect(resource.approvalCode == "VTLMC1")
    }

    @Test(.covers("PH-I-036")) func `a blank approval code is none`() throws {
        let body = #"{"saleResponse":{"saleId":"478","approvalCode":"      ","responseCode":"05"}}"#
        #expect(try read(body)?.approvalCode == nil)
        #expect(try read(body)?.responseCode.isApproval == false)
    }

    @Test func `a decline that bears an approval code is neither`() throws {
        let body = #"{"saleResponse":{"saleId":"478","approvalCode":"VTLMC1","responseCode":"05"}}"#
        #expect(
            try read(body)?.outcome
                == .inDoubt(Doubt(.resourceUnreadable, transactionID: "478")))
    }

    @Test(arguments: [
        "", "{}", "[]", "<html>", #"{"saleResponse":null}"#, #"{"saleResponse":{}}"#,
        #"{"saleResponse":{"responseCode":null}}"#, #"{"saleResponse":{"responseCode":""}}"#,
        #"{"saleResponse":{"responseCode":"0 0"}}"#,
        #"{"saleResponse":{"saleId":"479","responseCode":"00"}}"#,
        #"{"authOnlyResponse":{"transactionId":"478","responseCode":"00"}}"#,
        #"{"saleResponse":{"saleId":"478","responseCode":"05","responseCode":"00"}}"#,
        #"{"saleResponse":{"saleId":"478","responseCode":0}}"#,
        #"{"saleResponse":{"saleId":"478","responseCode":85}}"#,
        #"{"saleResponse":{"saleId":{},"responseCode":"00"}}"#,
        #"{"saleResponse":{"responseCode":"00"},"_links":{"self":{"href":"https://a/sale/479"}}}"#,
        #"{"saleResponse":{"responseCode":"00"},"_links":{"self":{"href":"https://a/sale/479/"}}}"#,
        #"{"saleResponse":{"responseCode":"00"},"_links":{"self":{"href":"479"}}}"#,
        #"{"saleResponse":{"responseCode":"00"},"_links":{"self":{"href":"a\/sale\/479"}}}"#,
    ])
    func `what is no such resource, or another's, is not believed`(body: String) throws {
        #expect(try read(body) == nil)
    }

    @Test(
        .covers("PH-R-031", "PH-I-046"),
        arguments: [
            (#""links":[{"rel":"self","href":"https://a/sale/478","templated":false}]"#, true),
            (#""links":[{"rel":"bill","href":"https://a/sale/479/bill"}]"#, true),
            (#""links":[]"#, true), (#""links":null"#, true), (#""links":[7,null,[]]"#, true),
            (#""_links":[{"rel":"self","href":"https://a/sale/478"}]"#, true),
            (#""links":{"self":{"href":"https://a/sale/478"}}"#, true),
            (#""links":[{"rel":"bill"},{"rel":"self","href":"https://a/sale/479"}]"#, false),
            (#""_links":[{"rel":"self","href":"https://a/sale/479"}]"#, false),
            (#""links":{"self":{"href":"https://a/sale/479"}}"#, false),
        ])
    func `links are read as a list too, and another's are not believed`(
        links: String, isOurs: Bool
    ) throws {
        #expect(try (read(#"{"saleResponse":{"responseCode":"00"},\#(links)}"#) != nil) == isOurs)
    }

    @Test(
        .covers("PH-I-042"),
        arguments: [
            "https://a/sale/478", "https://a/sale/478/", "478", #"a\/sale\/478"#, "", "/",
        ])
    func `a resource that links to itself, or to nothing, is believed`(href: String) throws {
        let body =
            #"{"saleResponse":{"responseCode":"00"},"_links":{"self":{"href":"\#(href)"}}}"#
        #expect(try read(body)?.responseCode.isApproval == true)
    }

    @Test func `an authorisation has its own members`() throws {
        let body = #"{"authOnlyResponse":{"transactionId":"182349","responseCode":"00"}}"#
        #expect(try read(body, .authOnly, id: "182349")?.responseCode.isApproval == true)
    }

    @Test(.covers("PH-I-007", "PH-R-035"))
    func `a bill is read in cents, with the note that bears our reference`() throws {
        var reader = BodyReader()
        let body =
            #"{"base_amount":{"amount":10.0},"tax_amount":{"amount":"1.23"},"note":"SW\u0030"}"#
        let read = reader.bill(Array(body.utf8).span)
        let bill = try #require(read)
        #expect(bill.baseCents == 1000)
        #expect(bill.taxCents == 123)
        #expect(bill.shippingCents == nil)
        #expect(bill.note == "SW0")
        let second = reader.bill(Array(#"{"base_amount":{"amount":1.234},"note":null}"#.utf8).span)
        let other = try #require(second)
        #expect(other.baseCents == nil)
        #expect(other.note == nil)
    }

    @Test(
        arguments: [
            ("10", 1000), ("10.0", 1000), ("10.05", 1005), ("0.5", 50), ("99.25", 9925),
            ("1.234", nil), ("-1", nil), ("1e2", nil), ("", nil), (".5", nil), ("1.", nil),
            ("1.-5", nil), ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func `an amount is read from its digits, never as a floating-point number`(
        text: String, cents: Int?
    ) throws {
        var reader = BodyReader()
        let body = #"{"base_amount":{"amount":"\#(text)"}}"#
        let bill = reader.bill(Array(body.utf8).span)
        #expect(bill?.baseCents == cents)
    }

    @Test func `a merchant is both its numbers`() throws {
        var reader = BodyReader()
        let merchant = Array(#"{"organization_id":"10002","terminal_id":2}"#.utf8)
        let merchantRead = reader.merchant(merchant.span)
        #expect(merchantRead == Merchant(organizationID: 10002, terminalID: 2))
        let half = reader.merchant(Array(#"{"terminal_id":2}"#.utf8).span)
        #expect(half == nil)
    }

    @Test(
        .covers("PH-R-022", "PH-R-023", "PH-R-024", "PH-R-025", "PH-R-026", "PH-R-027", "PH-I-060"))
    func `errors are read with every member that is there`() {
        var reader = BodyReader()
        let body = """
            {"errors":[{"status":"BAD_REQUEST","code":"4021","location":"bill","reason":"x",\
            "severity":"ERROR"},{"status":400,"code":5},{}]}
            """
        let errors = reader.errors(Array(body.utf8).span)
        #expect(errors.count == 3)
        #expect(errors.first?.status == "BAD_REQUEST")
        #expect(errors.first?.location == "bill")
        #expect(errors.dropFirst().first?.status == "400")
        #expect(errors.last?.code == nil)
    }
}

@Suite struct GatewayEndpointTests {
    @Test(.covers("PH-I-095")) func `host, port and path are read`() throws {
        let endpoint = try GatewayEndpoint(url: "https://api.payhub.com/api/v2/")
        #expect(endpoint.host == "api.payhub.com")
        #expect(endpoint.port == 443)
        #expect(endpoint.path == "/api/v2")
        #expect(endpoint.authority == "api.payhub.com")
        #expect(!endpoint.isLoopback)
        let local = try GatewayEndpoint(url: "https://[::1]:8443")
        #expect(local.host == "::1")
        #expect(local.authority == "[::1]:8443")
        #expect(local.path == "/api/v2")
        #expect(local.isLoopback)
    }

    @Test(arguments: [
        ("http://localhost", EndpointError.notHTTPS), ("localhost", .notHTTPS),
        ("https://", .badHost), ("https://a b/", .badHost), ("https://user@host/", .badHost),
        ("https://host:0", .badPort), ("https://host:65536", .badPort),
        ("https://host:x", .badPort), ("https://host/a?b", .badPath),
        ("https://host/\r\nX: y", .badPath),
    ])
    func `what is no gateway is refused by name`(url: String, error: EndpointError) {
        #expect(throws: error) { try GatewayEndpoint(url: url) }
    }

    @Test(arguments: ["127.0.0.1.evil.example", "localhost.evil.example", "127.1", "0.0.0.0"])
    func `only this machine is loopback`(host: String) throws {
        #expect(try !GatewayEndpoint(url: "https://\(host)").isLoopback)
    }
}
