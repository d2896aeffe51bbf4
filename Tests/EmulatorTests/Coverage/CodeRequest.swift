import Emulator
import Testing
import Values

/// A request that the gateway refuses with one code and no other.
struct CodeRequest: CustomTestStringConvertible, Sendable {
    typealias Sending = @Sendable (TestGateway) throws -> GatewayResponse

    let code: String
    /// What the gateway is set up with beyond its defaults.
    var settings: @Sendable (inout EmulatorSettings) -> Void = { _ in }
    let send: Sending

    init(_ code: String, _ send: @escaping Sending) {
        self.code = code
        self.send = send
    }

    /// A good body with one member changed, or left out.
    init(
        _ code: String, _ body: JSONValue?, _ path: String, _ value: String?,
        to kind: String = "sale"
    ) {
        self.init(code) { gateway in
            let refusal = Refusal(path, value, code)
            return gateway.sale(try refusal.apply(to: body), to: "/api/v2/\(kind)")
        }
    }

    /// A report with these filters.
    init(_ code: String, report filters: String) {
        self.init(code) {
            $0.send("POST", "/api/v2/report/transactionReport", Array(filters.utf8))
        }
    }

    var testDescription: String { code }

    /// The same at a gateway that is set up otherwise.
    func at(_ settings: @escaping @Sendable (inout EmulatorSettings) -> Void) -> CodeRequest {
        var request = self
        request.settings = settings
        return request
    }

    /// The same while something is wrong with the gateway.
    func during(
        _ fault: FaultName, _ change: @escaping @Sendable (inout FaultRule) -> Void = { _ in }
    ) -> CodeRequest {
        let send = send
        var request = CodeRequest(code) { gateway in
            gateway.core.faults.add([FaultRule(fault, change)])
            return try send(gateway)
        }
        request.settings = settings
        return request
    }

    /// The same by an account of another standing.
    func by(_ change: @escaping @Sendable (inout MerchantAccount) -> Void) -> CodeRequest {
        at { change(&$0.merchants[0]) }
    }
}

extension CodeRequest {
    /// Every code that a request can be answered with.
    static let all =
        card + customer + bill + account + transaction + report + form + schedule + recurring

    private static let keyed = Body.keyed
    private static let swiped = Body.swiped
    private static let sale: Sending = { $0.sale(try #require(keyed)) }
    private static let debit = swiped?.with("record_format", .string("DEBIT_CARD"))

    private static let card = [
        CodeRequest("02", keyed, "card_data.card_number", "\"\""),
        CodeRequest("4019", keyed, "card_data.cvv_code", "\"X\""),
        CodeRequest("4020", keyed, "card_data.cvv_data", "\"99\""),
        CodeRequest("4022", keyed, "card_data.card_number", "\"4012881888818889\""),
        CodeRequest("4025", keyed, "card_data.card_expiry_date", "\"202610\""),
        CodeRequest("4034", debit, "card_data.track2_data", nil),
        CodeRequest("4036", keyed, "card_data.billing_city", "7"),
        CodeRequest("4040", Body.encrypted, "card_data.encrypted_track_data.swiper_brand", "\"X\""),
        CodeRequest("4041", keyed, "card_data.cvv_data", nil)
            .at { $0.merchantSettings.requiresCVV = true },
        CodeRequest("4042", keyed, "card_data.billing_zip", nil)
            .at { $0.merchantSettings.requiresAVS = true },
        CodeRequest("4043", keyed, "card_data", nil),
        CodeRequest("4044", keyed, "card_data.card_expiry_date", nil),
        CodeRequest("4045", keyed, "record_format", "\"DEBIT_CARD\""),
        CodeRequest("4503", keyed, "card_data.billing_zip", "\"9490\""),
        CodeRequest("4504", keyed, "card_data.billing_state", "\"XX\""),
        CodeRequest("4516", swiped, "card_data.card_number", "\"5466410004374507\""),
    ]

    private static let customer = [
        CodeRequest("4018", keyed, "customer.first_name", "7"),
        CodeRequest("4028", keyed, "customer.web_address", "\"http://x y.com\""),
        CodeRequest("4029", keyed, "customer.email_address", "\"holder\""),
        CodeRequest("4037", keyed, "customer.company_name", "7"),
        CodeRequest("4038", keyed, "customer", "7"),
        CodeRequest("4501", keyed, "customer.phone_type", "\"X\""),
        CodeRequest("4502", keyed, "customer.phone_number", "\"12\""),
        CodeRequest("4524", keyed, "customer.last_name", nil),
        CodeRequest("4525", keyed, "customer", #"{"first_name":"Test","last_name":"Holder"}"#),
    ]

    private static let bill = [
        CodeRequest("4010", keyed, "record_format", "\"CHEQUE\""),
        CodeRequest("4021", keyed, "bill.base_amount.amount", "1.234"),
        CodeRequest("4039", keyed, "bill.note", "7"),
        CodeRequest("4047", keyed, "record_format", nil, to: "refund")
            .at { $0.merchantSettings.requiresRecordFormat = true },
        CodeRequest("4078", keyed, "bill.invoice_number", "7"),
        CodeRequest("4521", keyed, "bill.base_amount.currency", "\"EUR\""),
        CodeRequest("4523", keyed, "bill.tax_amount", #"{"amount":1,"currency":"EUR"}"#),
    ]

    private static let account = [
        CodeRequest("4006", keyed, "merchant.organization_id", "\"x\""),
        CodeRequest("4007", keyed, "merchant.terminal_id", "2"),
        CodeRequest("4011", keyed, "merchant.terminal_id", "1")
            .by { $0.inactiveTerminals = [1] },
        CodeRequest("4012") { gateway in
            gateway.core.respond(
                to: GatewayRequest(
                    method: "GET", target: "/api/v2/sale/",
                    headers: ["authorization": "Basic dGVzdDp0ZXN0"]))
        },
        CodeRequest("4032", sale).by { $0.standing = .inactive },
        CodeRequest("4033", keyed, "merchant.terminal_id", "9").by { $0.otherTerminals = [9] },
        CodeRequest("4051", keyed, "merchant.terminal_id", nil),
        CodeRequest("4052", keyed, "merchant.organization_id", nil),
        CodeRequest("4515") { $0.send("GET", "/api/v2/adminSettings/generalSettings") }
            .by { $0.isAdministrator = false },
        CodeRequest("4517", keyed, "merchant.organization_id", "10002"),
        CodeRequest("4518", sale).by { $0.standing = .unlinked },
        CodeRequest("4519", sale).by { $0.standing = .notSetUp },
        CodeRequest("4520", sale).by { $0.standing = .withoutVirtualTerminal },
        CodeRequest("9996", sale).during(.forbidden),
    ]

    private static let transaction = [
        CodeRequest("4024") { $0.follow("void", "x") },
        CodeRequest("4035") { gateway in
            let id = try gateway.make("sale", #require(keyed))
            let body = Body.following(id).adding(["record_format": .string("DEBIT_CARD")])
            return gateway.sale(body, to: "/api/v2/refund")
        },
        CodeRequest("4049") { gateway in
            gateway.sale(.members(["merchant": Body.merchant]), to: "/api/v2/void")
        },
        CodeRequest("4054") { try settled("void", $0) }.during(.settledVoidAs4054),
        CodeRequest("4059", sale).during(.networkUnavailable),
        CodeRequest("4061") { $0.follow("void", try $0.make("verify", #require(keyed))) },
        CodeRequest("4068") { $0.follow("void", "999") },
        CodeRequest("4069") { try twice("void", $0) },
        CodeRequest("4072") { try twice("refund", $0) },
        CodeRequest("4073") { try settled("void", $0) },
        CodeRequest("4074") {
            $0.follow("refund", try $0.make("sale", #require(keyed)), cents: 99_999)
        },
        CodeRequest("4075") { $0.follow("capture", try $0.make("sale", #require(keyed))) },
        CodeRequest("4077") { $0.follow("capture", try $0.make("authonly", #require(keyed))) }
            .during(.declineWithCode) { $0.operation = "capture" },
    ]

    private static func settled(_ kind: String, _ gateway: TestGateway) throws -> GatewayResponse {
        let id = try gateway.make("sale", #require(keyed))
        #expect(gateway.core.settle() == [1])
        return gateway.follow(kind, id)
    }

    private static func twice(_ kind: String, _ gateway: TestGateway) throws -> GatewayResponse {
        let id = try gateway.make("sale", #require(keyed))
        #expect(gateway.follow(kind, id).status == .created)
        return gateway.follow(kind, id)
    }

    private static let report = [
        CodeRequest("4013", report: #"{"transactionType":"Sale;Gift"}"#),
        CodeRequest("4023", report: #"{"batchIdFrom":"first"}"#),
        CodeRequest("4027", report: #"{"customerId":"7;nobody"}"#),
        CodeRequest("4101", report: #"{"recurringBillId":"300;!all"}"#),
        CodeRequest("9989", report: #"{"amountFrom":"much"}"#),
        CodeRequest("9992", report: #"{"colour":"red"}"#),
    ]

    private static let form = [
        CodeRequest("9990") { $0.send("POST", "/api/v2/sale") },
        CodeRequest("9991") { $0.send("POST", "/api/v2/sale", [0x7B, 0x22, 0xFF, 0x22, 0x7D]) },
        CodeRequest("9993") {
            $0.send("POST", "/api/v2/sale", Array("{}".utf8), type: "text/json")
        },
        CodeRequest("9994") { $0.send("DELETE", "/api/v2/sale") },
        CodeRequest("9995") { $0.send("GET", "/api/v2/nothing") },
        CodeRequest("9997") { $0.send("POST", "/api/v2/sale", Array("{".utf8)) },
        CodeRequest("9998") { $0.send("GET", "/api/v2/sale/999") },
        CodeRequest("9999", sale).during(.errorBeforeCommit),
    ]
}
