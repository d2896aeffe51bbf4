import Emulator
import InMemoryLogging
import Logging
import SealedFrames
import Testing
import Values

/// A gateway without a server, on a day of its own, whose log can be read.
struct TestGateway {
    static let organization = MerchantAccount.defaultOrganization
    static let token = "0b8e1c55-4a5f-4d0c-9a3b-6a1c2f0e7d11"
    static let otherToken = "22fe3c69-db70-4a8c-9aed-9a33ebb1e9b4"

    let core: EmulatorCore
    let log: InMemoryLogHandler
    /// Stands still until a test moves it.
    let clock: VirtualClock

    init(
        day: CivilDate = CivilDate(year: 2026, month: 11, day: 21),
        _ change: (inout EmulatorSettings) -> Void = { _ in }
    ) throws {
        var settings = EmulatorSettings(
            merchants: [.standard(token: Self.token)] + MerchantAccount.ofTheDocument)
        change(&settings)
        let log = InMemoryLogHandler()
        self.log = log
        clock = VirtualClock(at: Timestamp(day: day, millisecondOfDay: 36_000_000))
        core = try EmulatorCore(
            settings, clock: clock,
            logger: Logger(label: "test") { _ in log })
        core.setBase("https://localhost:8443/api/v2")
    }

    func send(
        _ method: String, _ target: String, _ body: [UInt8] = [], token: String? = Self.token,
        type: String? = "application/json"
    ) -> GatewayResponse {
        var headers: [String: String] = [:]
        headers["authorization"] = token.map { "Bearer \($0)" }
        headers["content-type"] = type
        return core.respond(
            to: GatewayRequest(method: method, target: target, headers: headers, body: body))
    }

    func sale(_ body: JSONValue, to path: String = "/api/v2/sale") -> GatewayResponse {
        send("POST", path, body.bytes)
    }

    /// The resource that an answer's Location names.
    func resource(of response: GatewayResponse, _ part: String = "") throws -> JSONValue {
        let location = response.header("Location") ?? ""
        let path = location.replacing("https://localhost:8443", with: "")
        return try JSONValue(parsing: send("GET", path + part).body)
    }

    /// Posts a body; the id of the transaction that it makes.
    func make(_ kind: String, _ body: JSONValue) throws -> String {
        let response = sale(body, to: "/api/v2/\(kind)")
        let location = try #require(response.header("Location"), "\(response.codes)")
        return String(location.split(separator: "/").last ?? "")
    }

    /// Posts a capture, void or refund of a transaction.
    func follow(_ kind: String, _ id: String, cents: Int? = nil) -> GatewayResponse {
        sale(Body.following(id, cents: cents), to: "/api/v2/\(kind)")
    }

    func get(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: send("GET", "/api/v2/" + path).body)
    }

    /// The rows of a report.
    func report(_ filters: String = "{}") throws -> [JSONValue] {
        let response = send(
            "POST", "/api/v2/report/transactionReport", Array(filters.utf8))
        return try #require(response.json.elements)
    }

    /// Reports' transaction ids.
    func reported(_ filters: String) throws -> [String] {
        try report(filters).compactMap { $0["transactionID"]?.string }
    }

    var logText: String { log.entries.map { "\($0.message)" }.joined(separator: "\n") }
}

extension GatewayResponse {
    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: body) }
    }

    /// The codes of an error body.
    var codes: [String] {
        ((try? json)?["errors"]?.elements ?? []).map { $0["code"]?.string ?? "" }
    }
}

extension JSONValue {
    init(_ text: String) throws { try self.init(parsing: Array(text.utf8)) }

    /// The value at a path of names.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self as JSONValue?) { $0?[String($1)] }
    }

    /// The same with the value at a path replaced, or removed.
    func with(_ path: String, _ value: JSONValue?) -> JSONValue {
        let names = path.split(separator: ".", maxSplits: 1).map(String.init)
        let replaced =
            names.count == 1 ? value : (self[names[0]] ?? .object([])).with(names[1], value)
        let others = (members ?? []).filter { $0.name != names[0] }
        return .object(others + (replaced.map { [JSONMember(name: names[0], value: $0)] } ?? []))
    }
}

/// Bodies that every rule accepts.
enum Body {
    static let keyed = try? JSONValue(
        """
        {"merchant":{"organization_id":20001,"terminal_id":1},
         "bill":{"base_amount":{"amount":12.75,"currency":"USD"},"note":"SW-1",
          "invoice_number":"328"},
         "card_data":{"card_number":"4012881888818888","card_expiry_date":"202912",
          "cvv_data":"999","billing_zip":"94901","billing_state":"CA"},
         "customer":{"first_name":"Test","last_name":"Holder",
          "email_address":"holder@example.com","phone_number":"(415) 479 1349",
          "phone_type":"M"}}
        """)
    static let track1 = "B4012881888818888^HOLDER/TEST^29121011000000000000"
    static let track2 = "4012881888818888=29121011000000000"

    static let swiped = keyed?.with("customer", nil).with(
        "card_data", .members(["track1_data": .string(track1), "track2_data": .string(track2)]))

    static let encrypted = try? encrypted(.standard)

    static let merchant = JSONValue.members([
        "organization_id": .integer(20_001), "terminal_id": .integer(1),
    ])

    /// A body that follows a transaction.
    static func following(_ id: String, cents: Int? = nil) -> JSONValue {
        let body = JSONValue.members(["merchant": merchant, "transaction_id": .string(id)])
        return cents.map { body.adding(["bill": bill(cents: $0)]) } ?? body
    }

    static func bill(cents: Int) -> JSONValue {
        let amount = JSONValue.number("\(cents / 100).\(cents % 100 / 10)\(cents % 10)")
        return .members(["base_amount": .members(["amount": amount])])
    }

    /// A body of a swipe with a note.
    static func noted(_ note: String, amount: String = "12.75") throws -> JSONValue {
        try #require(swiped).with("bill.note", .string(note))
            .with("bill.base_amount.amount", .number(amount))
    }

    /// A body of an encrypted swipe.
    static func encrypted(_ frame: SealedFrame, amount: String = "12.75") throws -> JSONValue {
        let block = JSONValue.members(["encrypted_track": .string(try frame.text())])
        return try #require(keyed).with("customer", nil)
            .with("card_data", .members(["encrypted_track_data": block]))
            .with("bill.base_amount.amount", .number(amount))
    }

    /// A body of a card number, keyed.
    static func card(_ number: String, cvv: String? = nil, amount: String = "10.00") -> JSONValue? {
        keyed?.with("card_data.card_number", .string(number))
            .with("card_data.cvv_data", cvv.map(JSONValue.string))
            .with("bill.base_amount.amount", .number(amount))
    }
}

extension SealedFrame {
    /// The card of the other bodies, encrypted.
    static var standard: SealedFrame {
        SealedFrame(track1: Body.track1, track2: Body.track2)
    }

    /// Another card, on track 2 alone.
    static func of(_ number: String, expiry: String = "2912") -> SealedFrame {
        SealedFrame(track1: nil, track2: "\(number)=\(expiry)1011000000000")
    }

    /// The same, changed.
    func changed(_ change: (inout SealedFrame) -> Void) -> SealedFrame {
        var frame = self
        change(&frame)
        return frame
    }
}
