import Coverage
import PayHub
import Testing
import Values

/// What became of a capture, a void or a refund.
@Suite struct FollowUpResultTests {
    private func judge(
        _ status: Int, code: String? = nil, location: Location? = nil
    ) -> FollowUpAnswer {
        var reader = BodyReader()
        let body = code.map { #"{"errors":[{"code":"\#($0)","reason":"x"}]}"# } ?? ""
        return reader.judge(
            followUpStatus: status, location: location, body: Array(body.utf8).span)
    }

    private func refusal(_ codes: String..., status: Int = 400) throws -> Rejection {
        Rejection(status: status, codes: try codes.map { try #require(ErrorCode($0)) })
    }

    @Test func `a 201 of our own form has the id`() throws {
        let id = try #require(TransactionID("181258"))
        let answer = judge(201, location: .own(id))
        #expect(answer == .accepted(id))
        #expect(FollowUpResult(answer, to: .void) == .done(id))
        #expect(FollowUpResult(answer, to: .capture) == .done(id))
    }

    @Test func `an accepted refund is unknown until its resource is read`() throws {
        let id = try #require(TransactionID("181332"))
        let expected = Doubt(.resourceUnreadable, transactionID: "181332")
        #expect(FollowUpResult(judge(201, location: .own(id)), to: .refund) == .unknown(expected))
    }

    @Test func `a 201 without a location of ours is unknown`() throws {
        let id = try #require(TransactionID("1"))
        #expect(judge(201) == .unknown(Doubt(.locationMissing)))
        #expect(judge(201, location: .foreign(id)) == .unknown(Doubt(.locationForeign)))
        #expect(judge(201, location: .foreign(nil)) == .unknown(Doubt(.locationForeign)))
    }

    @Test(arguments: [
        ("4069", FollowUpResult.doneBefore), ("4054", .settled), ("4073", .settled),
        ("4024", .notFound), ("4061", .notFound), ("4068", .notFound),
    ])
    func `codes of a void have their meaning`(code: String, result: FollowUpResult) {
        #expect(FollowUpResult(judge(400, code: code), to: .void) == result)
    }

    @Test(arguments: [
        ("4072", FollowUpResult.doneBefore), ("4074", .unable), ("4024", .notFound),
        ("4061", .notFound), ("4068", .notFound),
    ])
    func `codes of a refund have their meaning`(code: String, result: FollowUpResult) {
        #expect(FollowUpResult(judge(400, code: code), to: .refund) == result)
    }

    @Test(arguments: [
        ("4075", FollowUpResult.unable), ("4024", .notFound), ("4061", .notFound),
        ("4068", .notFound),
    ])
    func `codes of a capture have their meaning`(code: String, result: FollowUpResult) {
        #expect(FollowUpResult(judge(400, code: code), to: .capture) == result)
    }

    @Test(arguments: ["4072", "4074", "4075", "4006", "4517"])
    func `a code of something else is a refusal of the void`(code: String) throws {
        #expect(FollowUpResult(judge(400, code: code), to: .void) == .refused(try refusal(code)))
    }

    @Test(arguments: ["4069", "4073", "4054", "4052"])
    func `a code of something else is a refusal of the refund and the capture`(
        code: String
    ) throws {
        #expect(FollowUpResult(judge(400, code: code), to: .refund) == .refused(try refusal(code)))
        #expect(FollowUpResult(judge(400, code: code), to: .capture) == .refused(try refusal(code)))
    }

    @Test(
        .covers("PH-I-063"),
        arguments: ["4076", "4077", "9999", "4059", "4060", "4046", "00", "08", "77", "79", "94"])
    func `a code that leaves open what was done is unknown`(code: String) {
        #expect(judge(400, code: code) == .unknown(Doubt(.contradictoryCode)))
    }

    @Test(arguments: ["7777", ""])
    func `a 400 without a listed code is unknown`(code: String) {
        #expect(judge(400, code: code) == .unknown(Doubt(.errorWithoutCode)))
        #expect(judge(400) == .unknown(Doubt(.errorWithoutCode)))
    }

    @Test func `a listed response code declines`() throws {
        let code = try #require(ResponseCode("05"))
        #expect(FollowUpResult(judge(400, code: "05"), to: .refund) == .declined(code))
        #expect(FollowUpResult(judge(400, code: "05"), to: .void) == .declined(code))
        #expect(FollowUpResult(judge(400, code: "05"), to: .capture) == .declined(code))
    }

    @Test(arguments: [401, 403]) func `a refused token is a refusal`(status: Int) throws {
        #expect(judge(status) == .refused(Rejection(status: status, codes: [])))
    }

    @Test func `a 404 says that there is none only by its code`() throws {
        #expect(FollowUpResult(judge(404, code: "4061"), to: .void) == .notFound)
        for code in [nil, "9995", "9998", "4069"] {
            #expect(judge(404, code: code) == .unknown(Doubt(.unexpectedStatus)))
        }
    }

    @Test(arguments: [200, 202, 204, 301, 302, 307, 409, 429, 500, 502, 503])
    func `every other status is unknown`(status: Int) {
        #expect(judge(status, code: "4069") == .unknown(Doubt(.unexpectedStatus)))
    }

    @Test func `what was not sent changed nothing`() {
        let answer = FollowUpAnswer.notSent(.connectionRefused)
        #expect(FollowUpResult(answer, to: .void) == .notSent(.connectionRefused))
        #expect(FollowUpResult(answer, to: .refund) == .notSent(.connectionRefused))
        #expect(FollowUpResult(answer, to: .capture) == .notSent(.connectionRefused))
    }
}

/// The resources of captures, voids and refunds.
@Suite struct FollowUpRecordTests {
    private func read(
        _ body: String, _ kind: ResourceKind, _ id: String
    ) throws -> FollowUpRecord? {
        var reader = BodyReader()
        return reader.followUp(
            Array(body.utf8).span, of: kind, id: try #require(TransactionID(id)))
    }

    @Test func `a void names what it voided`() throws {
        let body = """
            {"transaction_id":"181257","lastVoidResponse":{"saleTransactionId":"181257",\
            "voidTransactionId":"181258"},"merchantOrganizationId":10127}
            """
        let record = try #require(try read(body, .void, "181258"))
        #expect(record.transactionID?.text == "181257")
        #expect(record.organizationID == 10127)
        #expect(try read(body, .void, "181259") == nil)
        #expect(try read(body, .refund, "181258") == nil)
    }

    @Test(.covers("PH-R-061", "PH-I-023")) func `a capture's id is not its transaction's`() throws {
        let body = """
            {"id":"777","merchant":{"organization_id":10127,"terminal_id":2},"bill":null,\
            "transaction_id":114,"lastCaptureResponse":{"batchId":"702","transactionId":"114"},\
            "_links":{"self":{"href":"https://x/capture/777"}}}
            """
        let record = try #require(try read(body, .capture, "777"))
        #expect(record.transactionID?.text == "114")
        #expect(record.batchID == "702")
        #expect(record.organizationID == 10127)
        #expect(record.bill == nil)
        #expect(try read(body, .capture, "114") == nil)
    }

    @Test(arguments: ["00", "08", "11", "85"])
    func `a refund is refunded by an approving code`(code: String) throws {
        let body = #"{"lastRefundResponse":{"responseCode":"\#(code)"},"transaction_id":1}"#
        let record = try #require(try read(body, .refund, "2"))
        #expect(FollowUpResult(refund: record) == .done(record.id))
        #expect(record.transactionID?.text == "1")
    }

    @Test(.covers("PH-I-066")) func `a refund's other codes are declines, or unknown`() throws {
        let declined = try #require(
            try read(#"{"lastRefundResponse":{"responseCode":"05"}}"#, .refund, "2"))
        #expect(FollowUpResult(refund: declined) == .declined(try #require(ResponseCode("05"))))
        let twice = try #require(
            try read(#"{"lastRefundResponse":{"responseCode":"94"}}"#, .refund, "2"))
        #expect(
            FollowUpResult(refund: twice) == .unknown(Doubt(.contradictoryCode, transactionID: "2"))
        )
        let silent = try #require(
            try read(#"{"lastRefundResponse":{"responseCode":null}}"#, .refund, "2"))
        #expect(
            FollowUpResult(refund: silent)
                == .unknown(Doubt(.resourceUnreadable, transactionID: "2")))
        #expect(silent.transactionID == nil)
    }

    @Test(arguments: ["", "{}", "[]", #"{"lastVoidResponse":null}"#, #"{"lastVoidResponse":[]}"#])
    func `what is no such resource is not read`(body: String) throws {
        #expect(try read(body, .void, "1") == nil)
    }
}
