import PayHub
import Testing
import Values

@Suite struct WebhookMessageTests {
    private static func message(_ type: String, _ inner: String) -> String {
        #"{"endpoint":"https://shop.example/","eventType":"\#(type)","#
            + #""event":{"type":{"\#(type)":{\#(inner)}}}}"#
    }

    private static let sale = """
        "transactionType":"Sale","recurringBillId":"","responseText":"VER UNAVAILABLE",
        "source":"3rd Party API","cardObscured":"XXXXXXXXXXXX8888","orgId":"10002",
        "transactionId":"721","responseCode":"00"
        """
    private static let batch = """
        "date":"Thu Oct 29 11:23:11 ART 2015","batch_id":"102","net_total":"15",
        "terminal":"Virtual Hub","trans_count":"12","status":"Settled"
        """

    private func read(_ text: String) throws -> DecodedRecord<WebhookMessage> {
        try RecordDecoder.decode(WebhookMessage.self, from: text.utf8Span.span)
    }

    private func transaction(_ inner: String) throws -> TransactionNotice {
        guard
            case .transaction(let notice) = try read(Self.message("transaction", inner)).record
                .event
        else { throw RecordFault.wrongForm("event") }
        return notice
    }

    private func batch(_ inner: String) throws -> BatchNotice {
        guard
            case .batchSettled(let notice) = try read(Self.message("batch_settled", inner))
                .record.event
        else { throw RecordFault.wrongForm("event") }
        return notice
    }

    @Test func `a transaction's message is read whole`() throws {
        let message = try read(Self.message("transaction", Self.sale))
        #expect(message.unknownMembers.isEmpty)
        #expect(message.record.endpoint == "https://shop.example/")
        let notice = try transaction(Self.sale)
        #expect(notice.transactionID.text == "721")
        #expect(notice.type == .sale)
        #expect(notice.source == .api)
        #expect(notice.organizationID == 10002)
        #expect(notice.recurringBillID == nil)
        #expect(notice.responseCode?.isApproval == true)
        #expect(notice.responseText == "VER UNAVAILABLE")
        #expect(notice.lastFour?.text == "8888")
    }

    @Test(arguments: [
        ("Authorization Only", ReportedType.authOnly), ("Offline", .other("Offline")),
        ("Void", .void), ("Refund", .refund),
    ])
    func `the document's kinds are known`(word: String, type: ReportedType) throws {
        let changed = Self.sale.replacing("\"Sale\"", with: "\"\(word)\"")
        #expect(try transaction(changed).type == type)
    }

    @Test(arguments: [
        ("Virtual Terminal", TransactionSource.virtualTerminal), ("Recurring", .recurring),
        ("Mobile VT", .mobile), ("Kiosk", .other("Kiosk")),
    ])
    func `the document's sources are known`(word: String, source: TransactionSource) throws {
        let changed = Self.sale.replacing("3rd Party API", with: word)
        #expect(try transaction(changed).source == source)
        #expect(source.text == word)
    }

    @Test func `a recurring bill is named`() throws {
        let changed = Self.sale.replacing(#""recurringBillId":"""#, with: #""recurringBillId":300"#)
        #expect(try transaction(changed).recurringBillID?.text == "300")
    }

    @Test(arguments: [
        (#""transactionId":"721""#, #""transactionId":"""#), (#""orgId":"10002""#, #""orgId":"x""#),
        (#""responseCode":"00""#, #""responseCode":"0 0""#),
        (#""recurringBillId":"""#, #""recurringBillId":"a b""#),
    ])
    func `a transaction's message that cannot be read is refused`(
        what: String, other: String
    ) throws {
        let changed = Self.sale.replacing(what, with: other)
        #expect(changed != Self.sale)
        #expect(throws: RecordFault.self) { try transaction(changed) }
    }

    @Test func `a batch's message is read whole`() throws {
        #expect(try read(Self.message("batch_settled", Self.batch)).unknownMembers.isEmpty)
        let notice = try batch(Self.batch)
        #expect(notice.batchID.text == "102")
        #expect(notice.date.text == "Thu Oct 29 11:23:11 ART 2015")
        #expect(notice.date.localTime == GatewayTime("2015-10-29 11:23:11"))
        #expect(notice.date.zone == "ART")
        #expect(notice.netCents == 1500)
        #expect(notice.transactionCount == 12)
        #expect(notice.terminal == "Virtual Hub")
        #expect(notice.status == "Settled")
    }

    @Test(arguments: [("15.5", 1550), ("0", 0), ("-3.25", -325), ("99.25", 9925)])
    func `a batch's total may have decimals and lie below zero`(text: String, cents: Int) throws {
        let changed = Self.batch.replacing(#""net_total":"15""#, with: #""net_total":"\#(text)""#)
        #expect(try batch(changed).netCents == cents)
    }

    @Test(arguments: [
        (#""net_total":"15""#, #""net_total":"--15""#),
        (#""net_total":"15""#, #""net_total":"1.234""#),
        ("Oct 29", "Okt 29"), ("Oct 29", "Feb 29"), ("11:23:11", "11:23"), ("ART ", ""),
        (#""trans_count":"12""#, #""trans_count":"many""#),
        (#""batch_id":"102""#, #""batch":"102""#),
    ])
    func `a batch's message that cannot be read is refused`(what: String, other: String) throws {
        let changed = Self.batch.replacing(what, with: other)
        #expect(changed != Self.batch)
        #expect(throws: RecordFault.self) { try batch(changed) }
    }

    @Test func `a kind that nobody knows is told by its name`() throws {
        let message = try read(Self.message("chargeback", #""id":"1""#))
        #expect(message.record.event == .other("chargeback"))
    }

    @Test(arguments: ["{}", "[]", #"{"endpoint":"x","eventType":"transaction"}"#, ""])
    func `what is no message is refused`(text: String) {
        #expect(throws: RecordFault.self) { try read(text) }
    }
}
