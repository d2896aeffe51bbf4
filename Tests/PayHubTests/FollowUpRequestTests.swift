import Coverage
import Foundation
import PayHub
import Quiet
import Secrets
import Testing
import Values

/// Requests that need no card: exact to the byte.
@Suite struct FollowUpRequestTests {
    static let merchant = Merchant(organizationID: 10002, terminalID: 2)
    static let reference = PaymentReference(lane: 1, journal: 2, sequence: 3)
    static let base = "https://localhost:8443/api/v2"

    /// A written request: its first line and its body.
    private struct Written {
        let line: String
        let body: String

        init(
            url: String = FollowUpRequestTests.base,
            spelling: GatewayEndpoint.VoidSpelling = .likeTheOthers,
            _ write: (GatewayEndpoint, borrowing SecretBytes, inout SecretBytes) throws -> Void
        ) throws {
            let arena = try SecretArena(blocks: 2)
            var token = try arena.take(capacity: 16)
            for byte in "test-token".utf8 { try token.append(byte) }
            var buffer = try arena.take(capacity: 4096)
            var endpoint = try GatewayEndpoint(url: url)
            endpoint.voidSpelling = spelling
            try write(endpoint, token, &buffer)
            let text = buffer.withBytes { bytes in
                String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
            }
            let end = try #require(text.range(of: "\r\n\r\n"))
            let head = text[..<end.lowerBound].components(separatedBy: "\r\n")
            line = head[0]
            body = String(text[end.upperBound...])
            #expect(head.contains("Authorization: Bearer test-token"))
            if !body.isEmpty {
                let length = try #require(head.last?.split(separator: " ").last)
                #expect(Int(length) == body.utf8.count)
            }
        }

        init(
            _ followUp: FollowUp, url: String = FollowUpRequestTests.base,
            spelling: GatewayEndpoint.VoidSpelling = .likeTheOthers
        ) throws {
            try self.init(url: url, spelling: spelling) { endpoint, token, buffer in
                try RequestWriter.post(
                    followUp, of: FollowUpRequestTests.merchant, to: endpoint, token: token,
                    into: &buffer)
            }
        }

        init(_ filter: ReportFilter) throws {
            try self.init { endpoint, token, buffer in
                try RequestWriter.report(filter, from: endpoint, token: token, into: &buffer)
            }
        }

        init(_ kind: ResourceKind, _ page: ListPage) throws {
            try self.init { endpoint, token, buffer in
                try RequestWriter.list(kind, page, from: endpoint, token: token, into: &buffer)
            }
        }
    }

    private func id() throws -> TransactionID { try #require(TransactionID("114")) }

    @Test(.covers("PH-I-009", "PH-I-005"))
    func `a void names merchant and transaction, and nothing else`() throws {
        let request = try Written(.void(try id()))
        #expect(request.line == "POST /api/v2/void HTTP/1.1")
        #expect(
            request.body
                == #"{"merchant":{"organization_id":10002,"terminal_id":2},"transaction_id":"114"}"#
        )
    }

    @Test(
        .covers("PH-I-001"),
        arguments: [
            ("https://localhost:8443/api/v2", "/v2/api/void"),
            ("https://localhost:8443/proxy/api/v2", "/proxy/v2/api/void"),
            ("https://localhost:8443/other", "/other/v2/api/void"),
        ])
    func `the document's other spelling of void is a setting`(url: String, path: String) throws {
        let request = try Written(.void(try id()), url: url, spelling: .swapped)
        #expect(request.line == "POST \(path) HTTP/1.1")
        let capture = try Written(.capture(try id()), url: url, spelling: .swapped)
        #expect(capture.line.hasSuffix("/capture HTTP/1.1"))
        #expect(!capture.line.contains("v2/api"))
    }

    @Test func `a void's location is ours in the spelling that is set, and in the links'`() throws {
        var endpoint = try GatewayEndpoint(url: Self.base)
        let swapped = Array("https://localhost:8443/v2/api/void/8".utf8)
        let linked = Array("https://localhost:8443/api/v2/void/8".utf8)
        let own = Location.own(try #require(TransactionID("8")))
        #expect(Location(swapped.span, .void, at: endpoint) != own)
        #expect(Location(linked.span, .void, at: endpoint) == own)
        endpoint.voidSpelling = .swapped
        #expect(Location(swapped.span, .void, at: endpoint) == own)
        #expect(Location(linked.span, .void, at: endpoint) == own)
        #expect(Location(swapped.span, .sale, at: endpoint) != own)
    }

    @Test(.covers("PH-R-060")) func `a capture goes without a bill, or with a new amount`() throws {
        let whole = try Written(.capture(try id()))
        #expect(whole.line == "POST /api/v2/capture HTTP/1.1")
        #expect(
            whole.body
                == #"{"merchant":{"organization_id":10002,"terminal_id":2},"transaction_id":"114"}"#
        )
        let bill = Bill(base: try Amount(cents: 600), reference: Self.reference)
        let less = try Written(.capture(try id(), bill: bill))
        #expect(
            less.body == """
                {"merchant":{"organization_id":10002,"terminal_id":2},"transaction_id":"114",\
                "bill":{"base_amount":{"amount":6.00,"currency":"USD"},\
                "note":"\(Self.reference)","invoice_number":"\(Self.reference)"}}
                """)
    }

    @Test(.covers("PH-I-010", "PH-R-071"))
    func `a refund has its record format, and a bill only for a part`() throws {
        let whole = try Written(.refund(try id()))
        #expect(whole.line == "POST /api/v2/refund HTTP/1.1")
        #expect(
            whole.body == """
                {"merchant":{"organization_id":10002,"terminal_id":2},\
                "record_format":"CREDIT_CARD","transaction_id":"114"}
                """)
        let bill = Bill(base: try Amount(cents: 30))
        let part = try Written(.refund(try id(), bill: bill, format: .debitCard))
        #expect(
            part.body == """
                {"merchant":{"organization_id":10002,"terminal_id":2},\
                "record_format":"DEBIT_CARD","transaction_id":"114",\
                "bill":{"base_amount":{"amount":0.30,"currency":"USD"}}}
                """)
    }

    @Test func `a note that is too long is refused`() throws {
        var bill = Bill(base: try Amount(cents: 30))
        bill.note = String(repeating: "x", count: 256)
        #expect(throws: RequestFault.breach(RuleBreach("bill.note", .textLength))) {
            try Written(.refund(try id(), bill: bill))
        }
    }

    @Test(.covers("PH-I-097")) func `a report is asked by note alone`() throws {
        let request = try Written(ReportFilter(note: Self.reference))
        #expect(request.line == "POST /api/v2/report/transactionReport HTTP/1.1")
        #expect(request.body == #"{"note":"\#(Self.reference)"}"#)
    }

    @Test(arguments: [(1, "0.00", "0.02"), (1275, "12.74", "12.76"), (100, "0.99", "1.01")])
    func `a report around an amount asks a cent wider`(
        cents: Int, from: String, to: String
    ) throws {
        let filter = ReportFilter(around: try Amount(cents: cents), lastFour: LastFour("8888"))
        #expect(
            try Written(filter).body == """
                {"amountFrom":"\(from)","amountTo":"\(to)","cardLast4Digits":"8888",\
                "swiped":"true"}
                """)
    }

    @Test(.covers("PH-I-069")) func `every filter goes out as text under the printed name`() throws
    {
        var filter = ReportFilter()
        filter.swiped = false
        filter.types = .only(.authOnly)
        filter.responseCodes = .any(of: ["00", "N7"].compactMap { ResponseCode($0) })
        filter.statuses = .none(of: ["Approved", "Held"])
        filter.times = .above(try #require(GatewayTime("2026-01-02 03:04:05")))
        filter.batches = ReportRange(5...10)
        filter.authorizedAmounts = .below(try #require(Cents(500)))
        filter.firstNames = .only("Ann")
        filter.lastNames = .only("O'Hara")
        filter.phoneNumbers = .only("(415)")
        filter.mailAddresses = .only("@example.com")
        filter.cardTypes = .any(of: ["Visa", "JCB"])
        filter.cardTokens = .none(of: ["9999000000001804", "9999000000001805"].map(Self.secret))
        filter.sources = .only("3rd Party API")
        filter.customers = .any(of: [7, 8])
        #expect(
            try Written(filter).body == """
                {"batchIdFrom":"5","batchIdTo":"10","transactionType":"Authorization Only",\
                "responseCode":"00;N7","firstName":"Ann","lastName":"O'Hara",\
                "phoneNumber":"(415)","email":"@example.com",\
                "trnDateFrom":"2026-01-02 03:04:05","cardType":"Visa;JCB",\
                "cardToken":"!9999000000001804;!9999000000001805","authAmountTo":"5.00",\
                "swiped":"false","source":"3rd Party API",\
                "transactionStatus":"!Approved;!Held","customerId":"7;8"}
                """)
    }

    static func secret(_ text: String) -> KeptSecret { KeptSecret(text.utf8Span.span) }

    @Test(
        arguments: [
            (.ofAnyBill, "!"), (.ofNoBill, ""),
            (.bills(.any(of: ["300", "301"].compactMap { TransactionID($0) })), "300;301"),
            (.bills(.none(of: ["302", "303"].compactMap { TransactionID($0) })), "!302;!303"),
        ] as [(ReportedBills, String)])
    func `recurring bills have forms of their own`(bills: ReportedBills, text: String) throws {
        var filter = ReportFilter()
        filter.recurringBills = bills
        #expect(try Written(filter).body == #"{"recurringBillId":"\#(text)"}"#)
    }

    @Test(.covers("PH-I-070"), arguments: ["a;b", "!00", ";", "a\nb", "a\u{0}", "a\u{7F}"])
    func `a value with an operator of the gateway is refused`(value: String) throws {
        var byNote = ReportFilter()
        byNote.notes = .only(value)
        var byStatus = ReportFilter()
        byStatus.statuses = .any(of: ["Approved", value])
        var byType = ReportFilter()
        byType.types = .none(of: [.other(value)])
        for filter in [byNote, byStatus, byType] {
            #expect(throws: RequestFault.filterOperator) { try Written(filter) }
        }
    }

    @Test(arguments: [
        "", "999900000000180", "999900000000180\"", "9999;00000001804", "!999900000001804",
    ])
    func `a token that is none is in no filter`(token: CardText) {
        var filter = ReportFilter()
        filter.cardTokens = .only(Self.secret(token.clear))
        #expect(throws: RequestFault.breach(RuleBreach("cardToken", .token))) {
            try Written(filter)
        }
    }

    @Test func `a quote in a value stays text`() throws {
        var filter = ReportFilter()
        filter.notes = .only(#"a","swiped":"false"#)
        #expect(try Written(filter).body == #"{"note":"a\",\"swiped\":\"false"}"#)
    }

    @Test func `a filter that would find everything is refused`() throws {
        #expect(throws: RequestFault.filterEmpty) { try Written(ReportFilter()) }
        var empty = ReportFilter()
        empty.notes = .only("")
        #expect(throws: RequestFault.filterEmpty) { try Written(empty) }
        empty.notes = .any(of: [])
        #expect(throws: RequestFault.filterEmpty) { try Written(empty) }
        empty.notes = .only(String(repeating: "x", count: 256))
        #expect(throws: RequestFault.breach(RuleBreach("note", .textLength))) { try Written(empty) }
    }

    @Test(
        .covers("PH-P-013", "PH-I-043"),
        arguments: [
            "", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02 03:04:05 ", "2026-01-02 03:04:0;",
        ])
    func `only the report's own form is a time`(text: String) {
        #expect(GatewayTime(text) == nil)
    }

    @Test(arguments: ["", "888", "88888", "XXXX", "88 8"])
    func `four digits are the last four`(text: String) { #expect(LastFour(text) == nil) }

    @Test(
        .covers("PH-K-003", "PH-I-004"),
        arguments: [
            (ResourceKind.sale, ListPage(), "/sale/?page=0&size=20&sort=id,desc"),
            (
                .authOnly, ListPage(number: 3, size: 100, sort: nil),
                "/authonly/?page=3&size=100"
            ),
            (.refund, ListPage(size: 1), "/refund/?page=0&size=1&sort=id,desc"),
        ])
    func `a list is asked page by page`(kind: ResourceKind, page: ListPage, path: String) throws {
        let request = try Written(kind, page)
        #expect(request.line == "GET /api/v2\(path) HTTP/1.1")
        #expect(request.body.isEmpty)
    }

    @Test(arguments: [ListPage(number: -1), ListPage(size: 0), ListPage(size: 101)])
    func `an impossible page is refused`(page: ListPage) {
        #expect(throws: RequestFault.badPage) { try Written(.sale, page) }
    }

    @Test(
        .covers("PH-I-047"),
        arguments: [
            (ResourceKind.capture, TransactionResource.Part.bill, "/capture/114/bill"),
            (.void, .merchant, "/void/114/merchant"), (.verify, .cardData, "/verify/114/card_data"),
        ])
    func `parts of every kind have their path`(
        kind: ResourceKind, part: TransactionResource.Part, path: String
    ) throws {
        let resource = TransactionResource(kind, try id(), part: part)
        let request = try Written { endpoint, token, buffer in
            try RequestWriter.get(resource, from: endpoint, token: token, into: &buffer)
        }
        #expect(request.line == "GET /api/v2\(path) HTTP/1.1")
    }
}
