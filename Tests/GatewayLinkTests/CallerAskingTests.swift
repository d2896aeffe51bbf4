import GatewayLink
import OwnThreads
import PayHub
import Testing
import Values

/// What a caller asks, over real TLS.
@Suite(.blocks) struct CallerAskingTests {
    private typealias Step = ScriptedServer.Step

    private func reference() -> ReportFilter { ReportFilter(note: CallerFixture.reference) }

    private func fault<Result>(_ ask: () throws(InquiryFault) -> Result) -> InquiryFault? {
        do throws(InquiryFault) {
            _ = try ask()
            return nil
        } catch { return error }
    }

    @Test func `one connection serves report, list and reads`() throws {
        let row = #"[{"transactionID":"7","note":"\#(CallerFixture.reference)"}]"#
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(CallerFixture.answer(200, row)), .readRequest,
                .write(CallerFixture.answer(200, #"[{"id":"7"}]"#)), .readRequest,
                .write(CallerFixture.answer(200, #"{"note":"n","invoice_number":"i"}"#)),
                .waitForEnd,
            ]
        ])
        var caller = try CallerFixture.caller(server)
        let rows = try caller.inquire(reference())
        #expect(rows.map(\.transactionID.text) == ["7"])
        #expect(rows.first?.note == CallerFixture.reference.text)
        let list = try caller.list(.sale)
        #expect(list.items.map(\.id) == rows.map(\.transactionID))
        let bill = try caller.bill(rows[0].transactionID)
        #expect(bill.note == "n")
        #expect(bill.invoiceNumber == "i")
        caller.close()
        let seen = try server.finished()
        #expect(seen.connections == 1)
        #expect(
            seen.requests.map(CallerFixture.line) == [
                "POST /api/v2/report/transactionReport HTTP/1.1",
                "GET /api/v2/sale/?page=0&size=20&sort=id,desc HTTP/1.1",
                "GET /api/v2/sale/7/bill HTTP/1.1",
            ])
    }

    @Test func `a transaction is put together from its resource, bill and merchant`() throws {
        let server = try ScriptedServer([
            [
                .handshake, .readRequest,
                .write(CallerFixture.answer(200, #"{"saleResponse":{"responseCode":"00"}}"#)),
                .readRequest,
                .write(
                    CallerFixture.answer(
                        200,
                        #"{"base_amount":{"amount":12.7},"note":"\#(CallerFixture.reference)"}"#)),
                .readRequest,
                .write(CallerFixture.answer(200, #"{"organization_id":10003,"terminal_id":2}"#)),
                .waitForEnd,
            ]
        ])
        var caller = try CallerFixture.caller(server)
        let found = try caller.transaction(try #require(TransactionID("7")), .sale)
        guard case .approved(let approval) = found.outcome else {
            Issue.record("not approved")
            return
        }
        #expect(approval.transactionID == "7")
        #expect(found.amountCents == 1270)
        #expect(found.note == CallerFixture.reference.text)
        #expect(found.organizationID == 10003)
        let order = PaymentOrder(
            operation: .sale, merchant: CallerFixture.merchant, amount: try Amount(cents: 1270),
            reference: CallerFixture.reference)
        let mismatch = try #require(found.mismatch(with: order))
        #expect(mismatch.amount == nil)
        #expect(mismatch.organizationID == 10003)
        caller.close()
        #expect(
            try server.finished().requests.map(CallerFixture.line) == [
                "GET /api/v2/sale/7 HTTP/1.1", "GET /api/v2/sale/7/bill HTTP/1.1",
                "GET /api/v2/sale/7/merchant HTTP/1.1",
            ])
    }

    @Test func `a transaction that embeds everything is one read, and a part may be missing`()
        throws
    {
        let whole =
            #"{"authOnlyResponse":{"responseCode":"05"},"createdBy":"10002","#
            + #""bill":{"base_amount":{"amount":1},"note":"n"}}"#
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(CallerFixture.answer(200, whole)), .readRequest,
                .write(CallerFixture.answer(200, #"{"saleResponse":{"responseCode":"00"}}"#)),
                .readRequest, .write(CallerFixture.refusal("9998", status: 404)), .readRequest,
                .write(CallerFixture.refusal("9998", status: 404)), .waitForEnd,
            ]
        ])
        var caller = try CallerFixture.caller(server)
        let id = try #require(TransactionID("7"))
        let first = try caller.transaction(id, .authOnly)
        let code = try #require(ResponseCode("05"))
        #expect(first.outcome == .declined(Decline(responseCode: code, transactionID: "7")))
        #expect(first.amountCents == 100)
        #expect(first.organizationID == 10002)
        let second = try caller.transaction(id, .sale)
        #expect(second.bill == nil)
        #expect(second.organizationID == nil)
        caller.close()
        #expect(try server.finished().requests.count == 4)
    }

    @Test(arguments: [ResourceKind.capture, .void, .refund])
    func `captures, voids and refunds are read by their own id`(kind: ResourceKind) throws {
        let member =
            switch kind {
            case .capture: "lastCaptureResponse"
            case .void: "lastVoidResponse"
            default: "lastRefundResponse"
            }
        let body = #"{"\#(member)":{},"transaction_id":"7"}"#
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(CallerFixture.answer(200, body)), .waitForEnd]
        ])
        var caller = try CallerFixture.caller(server)
        let record = try caller.followUp(kind, try #require(TransactionID("8")))
        #expect(record.transactionID?.text == "7")
        caller.close()
        #expect(
            try server.finished().requests.map(CallerFixture.line) == [
                "GET /api/v2/\(kind.rawValue)/8 HTTP/1.1"
            ])
    }

    @Test func `a report larger than locked memory is read`() throws {
        let rows = (1...3000).map {
            #"{"transactionID":"\#($0)","note":"\#(String(repeating: "x", count: 200))"}"#
        }
        let body = "[" + rows.joined(separator: ",") + "]"
        #expect(body.utf8.count > 600_000)
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(CallerFixture.answer(200, body)), .waitForEnd]
        ])
        var caller = try CallerFixture.caller(server)
        let kept = try caller.inquire(reference()) { $0.transactionID.text == "3000" }
        #expect(kept.count == 1)
        caller.close()
        _ = try server.finished()
    }

    @Test func `an answer over its limit is refused before it is read`() throws {
        let length = Limits.reportAnswerBytesMaximum
        let text = "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n["
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(text), .waitForEnd]
        ])
        var caller = try CallerFixture.caller(server)
        let fault = fault { () throws(InquiryFault) in try caller.inquire(reference()) }
        #expect(fault == .link(LinkFailure(.answerTooLarge, sent: .all)))
        _ = try server.finished()
    }

    @Test(
        arguments: [
            (CallerFixture.refusal("9998", status: 404), .notFound),
            (CallerFixture.answer(500, ""), .unexpectedStatus(500)),
            (CallerFixture.answer(302, "", location: "/x"), .unexpectedStatus(302)),
            (CallerFixture.answer(201, "[]"), .unexpectedStatus(201)),
            (CallerFixture.answer(401, ""), .refused(Rejection(status: 401, codes: []))),
            (CallerFixture.answer(200, ""), .report(.malformed(offset: 0))),
            (CallerFixture.answer(200, "<html>"), .report(.malformed(offset: 0))),
            (CallerFixture.answer(200, "[{}]"), .report(.badRow(0))),
            ("HTTP/1.1 204 None\r\n\r\n", .unexpectedStatus(204)),
        ] as [(String, InquiryFault)])
    func `an answer that is no report is a fault, never an empty report`(
        answer: String, expected: InquiryFault
    ) throws {
        let server = try ScriptedServer([[.handshake, .readRequest, .write(answer), .waitForEnd]])
        var caller = try CallerFixture.caller(server)
        let fault = fault { () throws(InquiryFault) in try caller.inquire(reference()) }
        #expect(fault == expected)
        caller.close()
        #expect(try server.finished().requests.count == 1)
    }

    @Test func `a refused question carries the codes`() throws {
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(CallerFixture.refusal("4101")), .waitForEnd]
        ])
        var caller = try CallerFixture.caller(server)
        let fault = fault { () throws(InquiryFault) in try caller.inquire(reference()) }
        let code = try #require(ErrorCode("4101"))
        #expect(fault == .refused(Rejection(status: 400, codes: [code])))
        #expect(fault?.description.contains("4101") == true)
        caller.close()
        _ = try server.finished()
    }

    @Test func `another transaction's resource is not taken`() throws {
        let body = #"{"saleResponse":{"saleId":"8","responseCode":"00"}}"#
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(CallerFixture.answer(200, body)), .waitForEnd]
        ])
        var caller = try CallerFixture.caller(server)
        let id = try #require(TransactionID("7"))
        let fault = fault { () throws(InquiryFault) in try caller.transaction(id, .sale) }
        #expect(fault == .unreadable)
        caller.close()
        _ = try server.finished()
    }

    @Test func `a read is asked once more when the kept connection has died`() throws {
        let answer = CallerFixture.answer(200, "[]")
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(answer), .pause, .reset],
            [.handshake, .readRequest, .write(answer), .waitForEnd],
        ])
        var caller = try CallerFixture.caller(server)
        #expect(try caller.inquire(reference()).isEmpty)
        server.proceed()
        #expect(try caller.inquire(reference()).isEmpty)
        caller.close()
        #expect(try server.finished().connections == 2)
    }

    @Test func `a read is asked twice and no more`() throws {
        let dying: [Step] = [.handshake, .readRequest, .closeNotify, .finish]
        let server = try ScriptedServer([dying, dying])
        var caller = try CallerFixture.caller(server)
        let fault = fault { () throws(InquiryFault) in try caller.inquire(reference()) }
        #expect(fault == .link(LinkFailure(.closedBeforeAnswer, sent: .all)))
        let seen = try server.finished()
        #expect(seen.connections == 2)
        #expect(seen.requests.count == 2)
    }

    @Test func `silence is not asked again`() throws {
        let server = try ScriptedServer([[.handshake, .readRequest, .waitForEnd]])
        var caller = try CallerFixture.caller(
            server, deadlines: LinkDeadlines(answerMilliseconds: 100))
        let fault = fault { () throws(InquiryFault) in try caller.inquire(reference()) }
        #expect(fault == .link(LinkFailure(.answerTimedOut, sent: .all)))
        #expect(try server.finished().requests.count == 1)
    }

    @Test func `a question that cannot be written is not sent`() throws {
        let server = try ScriptedServer([])
        var caller = try CallerFixture.caller(server)
        var filter = ReportFilter()
        filter.notes = .only("a;b")
        let operators = filter
        #expect(
            fault { () throws(InquiryFault) in try caller.inquire(operators) }
                == .request(.filterOperator))
        #expect(
            fault { () throws(InquiryFault) in try caller.list(.sale, ListPage(size: 0)) }
                == .request(.badPage))
        #expect(try server.finished().connections == 0)
    }
}
