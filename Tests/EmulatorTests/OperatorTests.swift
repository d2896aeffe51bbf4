import Emulator
import Testing

@Suite struct OperatorTests {
    private static func operate(
        _ gateway: TestGateway, _ method: String, _ target: String, _ body: String = ""
    ) throws -> JSONValue {
        let desk = OperatorDesk(gateway.core, clock: gateway.clock)
        let response = desk.respond(
            to: GatewayRequest(method: method, target: target, body: Array(body.utf8)))
        return try JSONValue(parsing: response.body)
    }

    private static func row(_ gateway: TestGateway, _ reference: String) throws -> JSONValue {
        let ledger = try operate(gateway, "GET", "/ledger?reference=\(reference)")
        let rows = try #require(ledger["references"]?.elements)
        try #require(rows.count == 1)
        return rows[0]
    }

    @Test func `judges what was charged by reference`() throws {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", Body.noted("SW-1"))
        _ = try gateway.make("sale", Body.noted("SW-1"))
        _ = try gateway.make("authonly", Body.noted("SW-2"))
        _ = try gateway.make("refund", Body.noted("SW-3"))
        #expect(gateway.follow("refund", "1001", cents: 275).status == .created)
        #expect(gateway.follow("void", "1002").status == .created)
        let one = try Self.row(gateway, "SW-1")
        #expect(one["posts"] == .number("2"))
        #expect(one["live"] == .number("1"))
        #expect(one["liveCents"] == .number("1000"))
        let charges = try #require(one["charges"]?.elements)
        #expect(charges.map { $0["id"] } == [.string("1001"), .string("1002")])
        #expect(charges[0]["refundedCents"] == .number("275"))
        #expect(charges[1]["voidedBy"] == .string("1006"))
        #expect(try Self.row(gateway, "SW-2").text.contains(#""heldCents":1275"#))
        #expect(try Self.row(gateway, "SW-3")["liveCents"] == .number("-1275"))
        #expect(gateway.follow("capture", "1003").status == .created)
        #expect(try Self.row(gateway, "SW-2")["liveCents"] == .number("1275"))
    }

    @Test func `counts the POSTs of a reference, answered or not`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([FaultRule(.dropBeforeCommit)])
        _ = try Scene.post(gateway, "sale", Body.noted("SW-1"))
        let row = try Self.row(gateway, "SW-1")
        #expect(row["posts"] == .number("1"))
        #expect(row["live"] == .number("0"))
        let posts = try Self.operate(gateway, "GET", "/posts")
        #expect(posts.text.contains(#""path":"/api/v2/sale","reference":"SW-1""#))
    }

    @Test func `takes, shows and ends faults`() throws {
        let gateway = try TestGateway()
        let added = try Self.operate(
            gateway, "POST", "/faults", #"[{"name":"reportEmpty","times":2}]"#)
        #expect(added.text == #"[{"name":"reportEmpty","from":1,"times":2,"seen":0}]"#)
        _ = try gateway.make("sale", Body.noted("SW-1"))
        #expect(try gateway.reported("{}").isEmpty)
        #expect(try Self.operate(gateway, "GET", "/faults").text.contains(#""seen":1"#))
        #expect(try Self.operate(gateway, "DELETE", "/faults").text == "[]")
        #expect(try gateway.reported("{}") == ["1001"])
        let refused = try Self.operate(gateway, "POST", "/faults", #"{"name":"x"}"#)
        #expect(refused["error"] != nil)
    }

    @Test func `moves the clock, and what waited for it`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([FaultRule(.lateCommit) { $0.milliseconds = 5000 }])
        _ = try Scene.post(gateway, "sale", Body.noted("SW-1"))
        #expect(try Self.row(gateway, "SW-1")["live"] == .number("0"))
        let time = try Self.operate(gateway, "POST", "/clock", #"{"advanceMilliseconds":5000}"#)
        #expect(time["now"] == .string("2026-11-21T10:00:05.000+00:00"))
        #expect(try Self.row(gateway, "SW-1")["live"] == .number("1"))
    }

    @Test(arguments: [#"{}"#, "", #"{"advanceMilliseconds":-1}"#, "[]"])
    func `refuses a clock that goes back or nowhere`(body: String) throws {
        let answer = try Self.operate(try TestGateway(), "POST", "/clock", body)
        #expect(answer["error"] != nil)
    }

    @Test func `settles by terminal`() throws {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", Body.noted("SW-1"))
        #expect(
            try Self.operate(gateway, "POST", "/settle", #"{"terminal":9}"#).text
                == #"{"batches":[]}"#)
        #expect(try Self.operate(gateway, "POST", "/settle").text == #"{"batches":[1]}"#)
        #expect(try Self.operate(gateway, "GET", "/batches").text.contains("settledAt"))
    }

    @Test func `lists its switches and knows no other paths`() throws {
        let gateway = try TestGateway()
        let rows = try #require(Self.operate(gateway, "GET", "/switches").elements)
        #expect(rows.count == FaultName.allCases.count)
        #expect(try Self.operate(gateway, "GET", "/nothing")["error"] != nil)
    }

    @Test func `tells no card number`() throws {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", Body.noted("SW-1"))
        _ = try gateway.make("verify", try #require(Body.keyed))
        for path in ["/ledger", "/transactions", "/posts", "/batches", "/faults"] {
            let text = try Self.operate(gateway, "GET", path).text
            #expect(!text.contains("4012881888818888"))
        }
        #expect(try Self.operate(gateway, "GET", "/transactions").text.contains("8888"))
    }
}
