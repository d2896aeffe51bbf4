import GatewayLink
import OwnThreads
import PayHub
import Testing
import Values

/// Captures, voids and refunds over real TLS: each sent at most once.
@Suite(.blocks) struct CallerFollowUpTests {
    private typealias Step = ScriptedServer.Step

    private func id(_ text: String = "7") throws -> TransactionID {
        try #require(TransactionID(text))
    }

    /// A void over one script.
    private func void(
        _ script: [Step], deadlines: LinkDeadlines = LinkDeadlines()
    ) throws -> (FollowUpResult, ScriptedServer.Seen) {
        let server = try ScriptedServer([script])
        var caller = try CallerFixture.caller(server, deadlines: deadlines)
        let result = caller.void(try id())
        caller.close()
        return (result, try server.finished())
    }

    private func refund(_ steps: [Step]) throws -> (FollowUpResult, ScriptedServer.Seen) {
        let server = try ScriptedServer([
            [.handshake, .readRequest, .write(CallerFixture.created("refund/9"))] + steps
        ])
        var caller = try CallerFixture.caller(server)
        let result = caller.refund(try id())
        caller.close()
        return (result, try server.finished())
    }

    @Test func `a void is posted once, and its id taken from the location`() throws {
        let (result, seen) = try void([
            .handshake, .readRequest, .write(CallerFixture.created("void/8")), .waitForEnd,
        ])
        #expect(result == .done(try id("8")))
        #expect(seen.requests.map(CallerFixture.line) == ["POST /api/v2/void HTTP/1.1"])
        #expect(seen.requests.first?.hasSuffix(#""transaction_id":"7"}"#) == true)
    }

    @Test(arguments: [
        ("4069", FollowUpResult.doneBefore), ("4054", .settled), ("4073", .settled),
        ("4061", .notFound), ("9999", .unknown(Doubt(.contradictoryCode))),
    ])
    func `a void's refusal has its meaning`(code: String, expected: FollowUpResult) throws {
        let (result, _) = try void([
            .handshake, .readRequest, .write(CallerFixture.refusal(code)), .waitForEnd,
        ])
        #expect(result == expected)
    }

    @Test(arguments: [
        (CallerFixture.answer(500, ""), DoubtReason.unexpectedStatus),
        (CallerFixture.answer(201, ""), .locationMissing),
        (CallerFixture.answer(201, "", location: "https://x/void/8"), .locationForeign),
        (CallerFixture.answer(201, "", location: "/api/v2/sale/8"), .locationForeign),
        (CallerFixture.answer(400, "<html>"), .errorWithoutCode), ("SMTP 1\r\n", .badAnswer),
    ])
    func `what is no good answer is unknown`(answer: String, reason: DoubtReason) throws {
        let (result, seen) = try void([.handshake, .readRequest, .write(answer), .waitForEnd])
        #expect(result == .unknown(Doubt(reason)))
        #expect(seen.connections == 1)
        #expect(seen.requests.count == 1)
    }

    @Test func `a connection that dies after the request is unknown, and not tried again`() throws {
        for end: [Step] in [[.closeNotify, .finish], [.finish, .waitForEnd], [.reset]] {
            let (result, seen) = try void([.handshake, .readRequest] + end)
            #expect(result == .unknown(Doubt(.connectionClosed)))
            #expect(seen.connections == 1)
            #expect(seen.requests.count == 1)
        }
    }

    @Test func `silence is unknown`() throws {
        let (result, _) = try void(
            [.handshake, .readRequest, .waitForEnd],
            deadlines: LinkDeadlines(answerMilliseconds: 100))
        #expect(result == .unknown(Doubt(.timedOut)))
    }

    @Test func `a gateway that cannot be reached was sent nothing`() throws {
        let server = try ScriptedServer([])
        _ = try server.finished()
        var caller = try CallerFixture.caller(server)
        #expect(caller.void(try id()) == .notSent(.connectionRefused))
        #expect(caller.refund(try id()) == .notSent(.connectionRefused))
        #expect(caller.capture(try id()) == .notSent(.connectionRefused))
    }

    @Test func `each of them has a connection of its own, also after reads`() throws {
        let server = try ScriptedServer([
            [
                .handshake, .readRequest, .write(CallerFixture.answer(200, "[]")), .waitForEnd,
            ],
            [.handshake, .readRequest, .write(CallerFixture.created("void/8")), .waitForEnd],
            [
                .handshake, .readRequest, .write(CallerFixture.created("capture/9")),
                .readRequest, .write(CallerFixture.answer(200, "[]")), .waitForEnd,
            ],
        ])
        var caller = try CallerFixture.caller(server)
        let filter = ReportFilter(note: CallerFixture.reference)
        #expect(try caller.inquire(filter).isEmpty)
        #expect(caller.void(try id()) == .done(try id("8")))
        let bill = Bill(base: try Amount(cents: 600), reference: CallerFixture.reference)
        #expect(caller.capture(try id(), bill: bill) == .done(try id("9")))
        #expect(try caller.inquire(filter).isEmpty)
        caller.close()
        let seen = try server.finished()
        #expect(seen.connections == 3)
        #expect(seen.requests[2].contains(#""base_amount":{"amount":6.00,"#))
    }

    @Test func `a refund is approved by its resource, read on the same connection`() throws {
        let body = #"{"lastRefundResponse":{"responseCode":"00"}}"#
        let (result, seen) = try refund([
            .readRequest, .write(CallerFixture.answer(200, body)), .waitForEnd,
        ])
        #expect(result == .done(try id("9")))
        #expect(seen.connections == 1)
        #expect(
            seen.requests.map(CallerFixture.line) == [
                "POST /api/v2/refund HTTP/1.1", "GET /api/v2/refund/9 HTTP/1.1",
            ])
    }

    @Test(arguments: [
        (#"{"lastRefundResponse":{"responseCode":"05"}}"#, false), ("<html>", true),
        (#"{"lastRefundResponse":{}}"#, true), (#"{"saleResponse":{"responseCode":"00"}}"#, true),
    ])
    func `a refund whose resource does not approve is none`(
        body: String, isUnknown: Bool
    ) throws {
        let (result, _) = try refund([
            .readRequest, .write(CallerFixture.answer(200, body)), .waitForEnd,
        ])
        let code = try #require(ResponseCode("05"))
        let unknown = FollowUpResult.unknown(Doubt(.resourceUnreadable, transactionID: "9"))
        #expect(result == (isUnknown ? unknown : .declined(code)))
    }
}
