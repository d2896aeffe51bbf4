import Foundation
import PayHub
import Secrets
import Testing
import Values

/// The gateway's JSON into types and back.
@Suite struct RecordCodingTests {
    private struct Thing: Codable, Equatable {
        var number: Int?
        var isOn: Bool?
        var text: String?
        var amount: Cents?
        var code: ResponseCode?
        var id: TransactionID?
        var secret: KeptSecret?
        var any: JSONTree?
        var list: [Thing]?
        var kind: Kind?

        enum Kind: String, Codable { case home = "H" }
    }

    private func read(_ text: String) throws -> Thing {
        try RecordDecoder.decode(Thing.self, from: text.utf8Span.span).record
    }

    private func fault(_ text: String) -> RecordFault? {
        do throws(RecordFault) {
            _ = try RecordDecoder.decode(Thing.self, from: text.utf8Span.span)
            return nil
        } catch { return error }
    }

    static func written(_ value: some Encodable) throws -> String {
        var output = try SecretArena(blocks: 1).take(capacity: 4096)
        try output.fill { span throws(RequestFault) in
            try RecordEncoder.write(value, into: &span)
        }
        return output.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    @Test(arguments: [
        (#"{"number":7}"#, 7), (#"{"number":"7"}"#, 7), (#"{"number":null}"#, nil), ("{}", nil),
        (#"{"number":"-1"}"#, -1),
    ])
    func `a whole number is read as itself and as text`(text: String, number: Int?) throws {
        #expect(try read(text).number == number)
    }

    @Test(arguments: [
        ("true", true), ("\"true\"", true), ("\"False\"", false), ("false", false),
    ])
    func `a boolean is read as itself and as text`(text: String, value: Bool) throws {
        #expect(try read(#"{"isOn":\#(text)}"#).isOn == value)
    }

    @Test(arguments: [
        ("10", 1000), ("10.0", 1000), ("10.05", 1005), ("\"99.25\"", 9925), ("0", 0),
        ("0.1", 10), ("9999999.99", 999_999_999),
    ])
    func `an amount is read from its digits`(text: String, cents: Int) throws {
        #expect(try read(#"{"amount":\#(text)}"#).amount?.value == cents)
    }

    @Test(arguments: [
        #"{"amount":1.234}"#, #"{"amount":1e2}"#, #"{"amount":-1}"#, #"{"amount":"$1"}"#,
        #"{"amount":10000000}"#, #"{"number":1.5}"#, #"{"number":true}"#, #"{"isOn":1}"#,
        #"{"isOn":"yes"}"#, #"{"text":true}"#, #"{"text":{}}"#, #"{"code":0}"#,
        #"{"code":"0 0"}"#, #"{"id":"a/b"}"#, #"{"secret":4111}"#, #"{"list":{}}"#,
        #"{"kind":"X"}"#, #"{"list":[{"number":[]}]}"#,
    ])
    func `what is of another form is refused, not repaired`(text: String) {
        guard case .wrongForm? = fault(text) else {
            Issue.record("\(text): \(String(describing: fault(text)))")
            return
        }
    }

    @Test(arguments: [
        "", "{", "[1", #"{"a":1,"a":1}"#, "{}{}", #"{"a":01}"#, #"{"a":"\#u{1}"}"#,
    ])
    func `what is no strict JSON is refused`(text: String) {
        guard case .malformed? = fault(text) else {
            Issue.record("\(text) was read")
            return
        }
    }

    @Test func `a fault names where it is, and never what stands there`() {
        #expect(
            fault(#"{"list":[{},{"number":"4111111111111111x"}]}"#)
                == .wrongForm("list.[1].number"))
        #expect("\(RecordFault.wrongForm("a.b"))".contains("a.b"))
    }

    @Test func `members that nobody asked for are told with their paths`() throws {
        let text = #"{"number":1,"new":2,"list":[{"other":{"inner":1}}],"any":{"free":1}}"#
        let decoded = try RecordDecoder.decode(Thing.self, from: text.utf8Span.span)
        #expect(decoded.unknownMembers == ["new", "list.[0].other"])
    }

    @Test func `values are written as the gateway takes them`() throws {
        var thing = try read(#"{"number":"7","isOn":"False","amount":1.5,"code":"00","id":5}"#)
        thing.list = [Thing(text: "a\"b")]
        thing.any = .object(["z": .null, "a": .array([.boolean(true), .number(JSONNumber(3))])])
        #expect(
            try Self.written(thing) == """
                {"number":7,"isOn":false,"amount":1.50,"code":"00","id":"5",\
                "any":{"a":[true,3],"z":null},"list":[{"text":"a\\"b"}]}
                """)
    }

    @Test func `a number that a client keeps is given back as it was`() throws {
        let text = #"{"any":{"n":1.50000000000000000001e400,"e":"\u00e9"}}"#
        let thing = try read(text)
        #expect(try Self.written(thing) == #"{"any":{"e":"é","n":1.50000000000000000001e400}}"#)
    }

    @Test func `a secret is written whole and shown nowhere`() throws {
        let thing = try read(#"{"secret":"9999000000001804"}"#)
        #expect(try Self.written(thing) == #"{"secret":"9999000000001804"}"#)
        var dumped = ""
        dump(thing, to: &dumped)
        for shown in ["\(thing)", String(reflecting: thing), dumped] {
            #expect(!shown.contains("9999"))
        }
        #expect(try read(#"{"secret":"9999000000001804"}"#) == thing)
        #expect(try read(#"{"secret":"9999000000001805"}"#) != thing)
        #expect(try read(#"{"secret":"99990000000018"}"#) != thing)
    }

    @Test func `another coder is refused`() throws {
        let thing = try read(#"{"secret":"9999000000001804"}"#)
        #expect(throws: RecordFault.foreignCoder) { try JSONEncoder().encode(thing) }
        #expect(throws: RecordFault.foreignCoder) {
            try JSONDecoder().decode(Thing.self, from: Data(#"{"secret":"9999"}"#.utf8))
        }
    }

    @Test func `floating-point numbers are neither read nor written`() {
        struct Rounded: Codable { var value: Double }
        #expect(throws: RecordFault.wrongForm("value")) {
            try RecordDecoder.decode(Rounded.self, from: #"{"value":1.5}"#.utf8Span.span)
        }
        #expect(throws: RequestFault.self) { try Self.written(Rounded(value: 1.5)) }
    }

    @Test func `merchant, bill and customer are written here as with a payment`() throws {
        struct Body: GatewayRequest {
            var merchant = Merchant(organizationID: 1, terminalID: 2)
            var bill: Bill
            var customer: Customer
        }
        var bill = Bill(base: try Amount(cents: 1275))
        bill.metaData = .object(["k": .text("v")])
        var customer = Customer(name: ("Ann", "Test"), emailAddress: "ann@example.com")
        customer.phoneType = .work
        #expect(
            try Self.written(Body(bill: bill, customer: customer)) == """
                {"merchant":{"organization_id":1,"terminal_id":2},"bill":{"base_amount":\
                {"amount":12.75,"currency":"USD"},"metaData":{"k":"v"}},"customer":{"first_name":\
                "Ann","last_name":"Test","email_address":"ann@example.com","phone_type":"W"}}
                """)
    }

    @Test(
        arguments: [
            (#"{"_embedded":{"sales":[{"number":1},{"number":2}]}}"#, 2, nil),
            (#"[{"number":1}]"#, 1, nil), (#"{"content":[],"last":true}"#, 0, false),
            (#"{"page":{"number":0,"totalPages":3},"_embedded":{"x":[{}]}}"#, 1, true),
            (#"{"page":{"number":2,"totalPages":3}}"#, 0, false),
            (#"{"_embedded":{"x":[{}]},"_links":{"next":{"href":"x"}}}"#, 1, true),
        ] as [(String, Int, Bool?)])
    func `a page is read in every form that the gateway may use`(
        text: String, count: Int, hasNext: Bool?
    ) throws {
        let page = try RecordDecoder.page(of: Thing.self, from: text.utf8Span.span)
        #expect(page.records.count == count)
        #expect(page.hasNext == hasNext)
    }

    @Test(arguments: ["{}", #"{"_embedded":{"a":[],"b":[]}}"#, #"{"content":{}}"#, "7"])
    func `what is no list is never an empty one`(text: String) {
        #expect(throws: RecordFault.notAList) {
            try RecordDecoder.page(of: Thing.self, from: text.utf8Span.span)
        }
    }
}
