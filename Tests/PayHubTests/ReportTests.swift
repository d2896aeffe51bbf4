import Coverage
import Examples
import Foundation
import PayHub
import Quiet
import Secrets
import Testing
import Values

/// The report, row by row.
@Suite struct ReportTests {
    static let reference = PaymentReference(lane: 0, journal: 0, sequence: 7).text

    private func read(_ body: String) throws(ReportFault) -> [ReportRow] {
        var reader = BodyReader()
        return try reader.report(Array(body.utf8).span)
    }

    private func row(_ members: String) throws -> ReportRow {
        let rows = try read(#"[{"transactionID":"7"\#(members.isEmpty ? "" : ",")\#(members)}]"#)
        return try #require(rows.first)
    }

    @Test func `a row is read in full, without token, name, mail and phone`() throws {
        let body = """
            [{"amount":"99.25","authAmount":"99.25","batchID":"1302","cardLast4Digits":\
            "XXXXXXXXXXXX8888","cardToken":"9999000000001838","customerName":"Ann Test",\
            "isCaptured":"False","note":"\(Self.reference)","refundedBy":"0","responseCode":"00",\
            "swiped":"true","transactionDate":"2026-02-15 01:10:19","transactionID":"180628",\
            "transactionStatus":"Approved","transactionType":"Sale","voidedBy":"0",\
            "settlementStatus":"Risk Hold"}]
            """
        let rows = try read(body)
        let id = try #require(TransactionID("180628"))
        var expected = ReportRow(transactionID: id)
        expected.type = .sale
        expected.status = "Approved"
        expected.responseCode = ResponseCode("00")
        expected.amountCents = 9925
        expected.note = Self.reference
        expected.settlementStatus = "Risk Hold"
        expected.isCaptured = false
        expected.swiped = true
        expected.lastFour = LastFour("8888")
        expected.batchID = "1302"
        expected.transactionDate = "2026-02-15 01:10:19"
        #expect(rows == [expected])
        #expect(rows.first?.isApproved == true)
        #expect(!String(describing: rows).contains("9999000000001838"))
        #expect(!String(describing: rows).contains("Ann"))
    }

    @Test func `an empty array is an empty report`() throws {
        #expect(try read(" [ ] ").isEmpty)
    }

    @Test(arguments: [
        "", " ", "{}", "null", #"{"content":[]}"#, "[", "[{}", "[]]", "[] x", "[,]", "<html>",
        #"[{"transactionID":"1"} {"transactionID":"2"}]"#, #"[{"transactionID":"1"},]"#,
        #"[{"transactionID":"1"}"#, #"[{"transactionID":"1","transactionID":"2"}]"#,
        "[\u{FEFF}]",
    ])
    func `what is no array of rows is never an empty report`(body: String) {
        do throws(ReportFault) {
            _ = try read(body)
            Issue.record("was read")
        } catch {
            guard case .malformed = error else {
                #expect(error == .badRow(0))
                return
            }
        }
    }

    @Test(arguments: [
        "{}", "[]", "1", #""1""#, #"{"transactionID":null}"#, #"{"transactionID":""}"#,
        #"{"transactionID":"1 2"}"#, #"{"transactionId":"1"}"#,
        #"{"transactionID":"1","voidedBy":{}}"#, #"{"transactionID":"1","voidedBy":"?"}"#,
        #"{"transactionID":"1","voidedBy":["2","3"]}"#, #"{"transactionID":"1","voidedBy":true}"#,
        #"{"transactionID":"1","refundedBy":"2,3"}"#,
        #"{"transactionID":"1","refundedBy":[["2"]]}"#,
    ])
    func `a row that cannot be read makes the whole report unread`(second: String) {
        #expect(throws: ReportFault.badRow(1)) {
            try read(#"[{"transactionID":"1"},\#(second)]"#)
        }
    }

    @Test(
        arguments: [
            (#""99.25""#, 9925), (#""10.0""#, 1000), ("10", 1000), ("10.5", 1050), ("0.07", 7),
            (#""1,275.00""#, nil), (#""$1.00""#, nil), ("-1", nil), ("1e2", nil), ("null", nil),
            (#""""#, nil), ("1.005", nil), ("{}", nil), ("99999999.99", nil),
        ] as [(String, Int?)])
    func `an amount is cents, or none`(written: String, cents: Int?) throws {
        #expect(try row(#""amount":\#(written)"#).amountCents == cents)
    }

    @Test(
        .covers("PH-I-076"),
        arguments: [
            ("", nil, []), (#""voidedBy":"0","refundedBy":"0""#, nil, []),
            (#""voidedBy":0,"refundedBy":[]"#, nil, []),
            (#""voidedBy":null,"refundedBy":null"#, nil, []),
            (#""voidedBy":"","refundedBy":"""#, nil, []),
            (#""voidedBy":"181258","refundedBy":"0""#, "181258", []),
            (#""voidedBy":181258,"refundedBy":["1",2,"0"]"#, "181258", ["1", "2"]),
            (#""refundedBy":"43064""#, nil, ["43064"]),
        ] as [(String, String?, [String])])
    func `what voided and refunded a row is none, one or many`(
        members: String, voidedBy: String?, refundedBy: [String]
    ) throws {
        let row = try row(members)
        #expect(row.voidedBy?.text == voidedBy)
        #expect(row.refundedBy.map(\.text) == refundedBy)
    }

    @Test(
        .covers("PH-I-039"),
        arguments: [
            (#""responseCode":"00","transactionStatus":"Approved""#, true),
            (#""responseCode":"00""#, true), (#""responseCode":"85","transactionStatus":"""#, true),
            (#""responseCode":"05","transactionStatus":"Declined""#, false),
            (#""responseCode":"10""#, false), (#""responseCode":"N7""#, false),
            (#""responseCode":"00","transactionStatus":"Declined""#, nil),
            (#""responseCode":"05","transactionStatus":"APPROVED""#, nil),
            (#""responseCode":"","transactionStatus":"Approved""#, nil),
            (#""responseCode":0"#, nil), ("", nil),
        ] as [(String, Bool?)])
    func `a row is approved by code and word together`(members: String, isApproved: Bool?) throws {
        #expect(try row(members).isApproved == isApproved)
    }

    @Test(
        .covers("PH-I-075"),
        arguments: [
            (#""swiped":"true","isCaptured":"False""#, true, false),
            (#""swiped":true,"isCaptured":false"#, true, false),
            (#""swiped":"FALSE","isCaptured":"TRUE""#, false, true),
            (#""swiped":"yes","isCaptured":1"#, nil, nil), ("", nil, nil),
        ] as [(String, Bool?, Bool?)])
    func `booleans come as words in two spellings`(
        members: String, swiped: Bool?, isCaptured: Bool?
    ) throws {
        let row = try row(members)
        #expect(row.swiped == swiped)
        #expect(row.isCaptured == isCaptured)
    }

    @Test(
        .covers("PH-I-074"),
        arguments: [
            ("XXXXXXXXXXXX8888", "8888"), ("8888", "8888"), ("************1881", "1881"),
            ("XXXX", nil), ("", nil), ("88", nil),
        ] as [(String, String?)])
    func `of a card the last four digits are taken`(shown: String, lastFour: String?) throws {
        #expect(try row(#""cardLast4Digits":"\#(shown)""#).lastFour?.text == lastFour)
    }

    @Test(arguments: ["4111111111111111", "card 4111111111111111 ok", "4111111111111111\\r\\n"])
    func `a gateway that sends a whole number yields four digits of it`(written: CardText) throws {
        let row = try row(#""cardLast4Digits":"4111111111111111","note":"\#(written.clear)""#)
        #expect(!String(describing: row).contains("411111111111"))
        #expect(row.lastFour?.text == "1111")
        #expect(row.note?.contains("****1111") == true)
    }

    @Test func `a reference of nothing but digits is no card number`() throws {
        let references = (0..<200).map {
            PaymentReference(lane: 111, journal: 70_000_000, sequence: $0).text
        }
        for reference in references {
            #expect(try row(#""note":"\#(reference)""#).note == reference)
        }
    }

    @Test func `only wanted rows are kept, and all are read`() throws {
        let many = (1...50).map { #"{"transactionID":"\#($0)","amount":\#($0)}"# }
        var reader = BodyReader()
        let body = Array("[\(many.joined(separator: ","))]".utf8)
        let wanted = try reader.report(body.span) { $0.amountCents == 700 }
        #expect(wanted.map(\.transactionID.text) == ["7"])
        let broken = Array("[\(many.joined(separator: ",")),{}]".utf8)
        #expect(throws: ReportFault.badRow(50)) {
            try reader.report(broken.span) { $0.amountCents == 700 }
        }
    }

    @Test(.covers("PH-I-079"))
    func `more rows than the limit are refused, and can be counted by filtering`() throws {
        let row = #"{"transactionID":"1"},"#
        let body = Array(
            ("[" + String(repeating: row, count: Limits.reportRowsMaximum)
                + #"{"transactionID":"2"}]"#).utf8)
        var reader = BodyReader()
        #expect(throws: ReportFault.tooManyRows) { try reader.report(body.span) }
        var count = 0
        let wanted = try reader.report(body.span) { row in
            count += 1
            return row.transactionID.text == "2"
        }
        #expect(count == Limits.reportRowsMaximum + 1)
        #expect(wanted.count == 1)
    }

    @Test func `a row may not have more members than the limit`() throws {
        let members = (0..<Limits.jsonMembersMaximum).map { #""m\#($0)":1"# }
        let body = #"[{"transactionID":"1",\#(members.joined(separator: ","))}]"#
        #expect {
            try read(body)
        } throws: { error in
            guard case ReportFault.malformed = error else { return false }
            return true
        }
    }
}

/// A report with all that its rows have.
@Suite struct ReportDetailTests {
    @Test(.needsReference) func `the printed rows are read whole`() throws {
        let text = try ReferenceExamples.text("transaction-report.post.response")
        var reader = BodyReader()
        let rows = try reader.report(text.utf8Span.span, withDetails: true)
        guard case .array(let printed) = try JSONTree(parsing: text) else {
            Issue.record("the example is no array")
            return
        }
        #expect(rows.count == 2)
        for (row, printed) in zip(rows, printed) {
            let differences = TreeDifference.all(printed, try row.tree())
            // What a card's number is shown as, and the words for nothing.
            let expected = [
                TreeDifference("cardLast4Digits", .value), TreeDifference("isCaptured", .form),
                TreeDifference("refundedBy", .value), TreeDifference("swiped", .form),
                TreeDifference("voidedBy", .missing),
            ]
            #expect(differences == expected)
        }
    }

    @Test func `details are read for whoever asks, and none else`() throws {
        let text =
            #"[{"transactionID":"7","customerName":"Ann Test","customerId":"12","#
            + #""recurringBillId":"0","cardToken":"9999000000001838"}]"#
        var reader = BodyReader()
        let plain = try reader.report(text.utf8Span.span)
        #expect(plain.first?.details == nil)
        let whole = try reader.report(text.utf8Span.span, withDetails: true)
        let details = try #require(whole.first?.details)
        #expect(details.customerName == "Ann Test")
        #expect(details.customerID == 12)
        #expect(details.recurringBillID == nil)
        #expect(details.cardToken?.count == 16)
        #expect(!"\(whole)".contains("9999000000001838"))
    }
}

extension ReportRow {
    /// What the row holds, in the gateway's names.
    fileprivate func tree() throws -> JSONTree {
        let details = try #require(details)
        let token = details.cardToken?.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        let texts: [String: String?] = [
            "amount": amountCents.flatMap { Cents($0)?.dollars },
            "authAmount": details.authorizedCents.flatMap { Cents($0)?.dollars },
            "batchID": batchID, "cardLast4Digits": lastFour?.text, "cardToken": token,
            "cardType": details.cardType, "customerName": details.customerName,
            "email": details.mailAddress, "note": note, "phoneNumber": details.phoneNumber,
            "recurringBillId": details.recurringBillID?.text, "responseCode": responseCode?.text,
            "responseText": details.responseText, "source": details.source,
            "transactionDate": transactionDate, "transactionID": transactionID.text,
            "transactionStatus": status, "transactionType": type?.text,
            "voidedBy": voidedBy?.text, "settlementStatus": settlementStatus,
        ]
        var members = texts.compactMapValues { $0.map { JSONTree.text($0) } }
        members["isCaptured"] = isCaptured.map { .boolean($0) }
        members["swiped"] = swiped.map { .boolean($0) }
        members["refundedBy"] = .array(refundedBy.map { .text($0.text) })
        return .object(members)
    }
}
