import Emulator
import SealedFrames
import Testing
import Values

/// A change to a good body, and the codes of the rules that it breaks.
struct Refusal: CustomTestStringConvertible {
    let path: String
    /// JSON text, `nil` to leave the member out.
    let value: String?
    /// All codes of the answer, in their order.
    let codes: [String]

    init(_ path: String, _ value: String?, _ codes: String...) {
        self.init(path, value, all: codes)
    }

    init(_ path: String, _ value: String?, all codes: [String]) {
        self.path = path
        self.value = value
        self.codes = codes
    }

    var testDescription: String { "\(path) -> \(codes)" }

    func apply(to body: JSONValue?) throws -> JSONValue {
        try #require(body).with(path, try value.map { try JSONValue($0) })
    }
}

@Suite struct RefusalTests {
    static let long = "\"" + String(repeating: "x", count: 256) + "\""

    static let merchant = [
        Refusal("merchant", nil, "4052", "4051"), Refusal("merchant", "null", "4052", "4051"),
        Refusal("merchant.organization_id", nil, "4052"),
        Refusal("merchant.organization_id", "-1", "4006"),
        Refusal("merchant.organization_id", "\"x\"", "4006"),
        Refusal("merchant.organization_id", "10002", "4517"),
        Refusal("merchant.terminal_id", nil, "4051"),
        Refusal("merchant.terminal_id", "1.5", "4007"),
        Refusal("merchant.terminal_id", "2", "4007"),
    ]
    static let customer = [
        Refusal("customer", nil, "4524"), Refusal("customer", "[]", "4038"),
        Refusal("customer.first_name", nil, "4524"),
        Refusal("customer.last_name", "\" \"", "4524"),
        Refusal("customer.last_name", "7", "4018"),
        Refusal("customer.email_address", "\"holder\"", "4029"),
        Refusal("customer.email_address", "\"holder@example\"", "4029"),
        Refusal("customer.web_address", "\"http://x y.com\"", "4028"),
        Refusal("customer.phone_number", "\"12\"", "4502"),
        Refusal("customer.phone_number", "\"call 4154791349\"", "4502"),
        Refusal("customer.phone_type", "\"X\"", "4501"),
        Refusal("customer.company_name", long, "4037"),
        Refusal("customer.job_title", "{}", "4018"),
        Refusal(
            "customer", #"{"first_name":"Test","last_name":"Holder"}"#, "4525"),
    ]
    static let card = [
        Refusal("card_data", nil, "4043"), Refusal("card_data", "[]", "4043"),
        Refusal("card_data.card_number", nil, "4043"),
        Refusal("card_data.card_number", "\"\"", "02"),
        Refusal("card_data.card_number", "\"4012881888818889\"", "4022"),
        Refusal("card_data.card_number", "\"40128818888\"", "4022"),
        Refusal("card_data.card_number", "\"4012 8818 8881 8888\"", "4022"),
        Refusal("card_data.card_expiry_date", nil, "4044"),
        Refusal("card_data.card_expiry_date", "\"1229\"", "4025"),
        Refusal("card_data.card_expiry_date", "\"202913\"", "4025"),
        Refusal("card_data.card_expiry_date", "\"202610\"", "4025"),
        Refusal("card_data.cvv_data", "\"99\"", "4020"),
        Refusal("card_data.cvv_data", "\"9999\"", "4020"),
        Refusal("card_data.cvv_data", "\"99x\"", "4020"),
        Refusal("card_data.cvv_code", "\"X\"", "4019"),
        Refusal("card_data.billing_zip", "\"9490\"", "4503"),
        Refusal("card_data.billing_zip", "\"94901-12\"", "4503"),
        Refusal("card_data.billing_state", "\"XX\"", "4504"),
        Refusal("card_data.billing_city", "7", "4036"),
        Refusal("card_data.tokenized_card", "\"9999000000009999\"", "4022"),
        Refusal("record_format", "\"CHEQUE\"", "4010"),
        Refusal("merchant.record_format", "1", "4010"),
        Refusal("record_format", "\"DEBIT_CARD\"", "4045"),
    ]
    static let bill = [
        Refusal("bill", nil, "4021"), Refusal("bill.base_amount", nil, "4021"),
        Refusal("bill.base_amount", "null", "4021"), Refusal("bill.base_amount", "12.75", "4021"),
        Refusal("bill.base_amount.amount", nil, "4021"),
        Refusal("bill.base_amount.amount", "null", "4021"),
        Refusal("bill.base_amount.amount", "-1", "4021"),
        Refusal("bill.base_amount.amount", "0", "4021"),
        Refusal("bill.base_amount.amount", "1.234", "4021"),
        Refusal("bill.base_amount.amount", "1.230", "4021"),
        Refusal("bill.base_amount.amount", "1e2", "4021"),
        Refusal("bill.base_amount.amount", "\"ten\"", "4021"),
        Refusal("bill.base_amount.amount", "\"1.\"", "4021"),
        Refusal("bill.base_amount.amount", "10000000.00", "4021"),
        Refusal("bill.tax_amount", "{\"amount\":\"x\"}", "4021"),
        Refusal("bill.base_amount.currency", "\"EUR\"", "4521"),
        Refusal("bill.base_amount.currency", "1", "4521"),
        Refusal("bill.tax_amount", #"{"amount":1,"currency":"EUR"}"#, "4521", "4523"),
        Refusal("bill.note", long, "4039"), Refusal("bill.note", "7", "4039"),
        Refusal("bill.note", #""a\nb""#, "4039"),
        Refusal("bill.invoice_number", "328", "4078"),
        Refusal("bill.po_number", "[]", "9989"),
    ]

    @Test(arguments: merchant + customer + card + bill)
    func `refuses a keyed sale that breaks a rule`(refusal: Refusal) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try refusal.apply(to: Body.keyed))
        #expect(response.status == .badRequest)
        #expect(response.codes == refusal.codes)
        #expect(gateway.core.ledger.entries.isEmpty)
    }

    static let swiped = [
        Refusal("card_data.track1_data", "\"%\(Body.track1)?\"", "4022"),
        Refusal("card_data.track2_data", "\";\(Body.track2)?\"", "4022"),
        Refusal("card_data.track2_data", "\"4012881888818889=29121011000000000\"", "4022"),
        Refusal("card_data.track2_data", "\"5466410004374507=29121011000000000\"", "4516"),
        Refusal("card_data.track2_data", "\"4012881888818888=30011011000000000\"", "4516"),
        Refusal("card_data.track2_data", "\"4012881888818888=29131011000000000\"", "4025"),
        Refusal("card_data.card_number", "\"5466410004374507\"", "4516"),
        Refusal("card_data.card_expiry_date", "\"202911\"", "4516"),
        Refusal(
            "card_data.encrypted_track_data",
            #"{"encrypted_track":"\#((try? SealedFrame.standard.text()) ?? "")"}"#, "4516"),
        Refusal("card_data.track1_data", "{}", "4022"),
    ]

    @Test(arguments: swiped)
    func `refuses a swipe that breaks a rule`(refusal: Refusal) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try refusal.apply(to: Body.swiped))
        #expect(response.status == .badRequest)
        #expect(response.codes == refusal.codes)
        #expect(gateway.core.ledger.entries.isEmpty)
    }

    @Test func `refuses an expired swipe`() throws {
        let gateway = try TestGateway(day: CivilDate(year: 2030, month: 1, day: 1))
        #expect(gateway.sale(try #require(Body.swiped)).codes == ["4025"])
    }

    static let encrypted: [Refusal] = {
        let track = "card_data.encrypted_track_data.encrypted_track"
        let whole = (try? SealedFrame.standard.text()) ?? ""
        let unnumbered = (try? SealedFrame(track1: nil, track2: "no number=").text()) ?? ""
        return [
            Refusal(track, nil, "4045"), Refusal(track, "\"\"", "4045"),
            Refusal(track, "\"02\"", "4022"), Refusal(track, "\"0\"", "4022"),
            // Without its last byte, and with another one.
            Refusal(track, "\"\(whole.dropLast(2))\"", "4022"),
            Refusal(track, "\"\(whole.dropLast(2))04\"", "4022"),
            Refusal(track, "\"\(unnumbered)\"", "4022"),
            Refusal("card_data.encrypted_track_data.swiper_brand", "\"idtech\"", "4516"),
            Refusal("card_data.encrypted_track_data.swiper_brand", "\"NOBODY\"", "4040"),
            Refusal("card_data.encrypted_track_data.swiper_model", "7", "4516"),
            Refusal("card_data.tokenized_card", "\"9999000000000001\"", "4516"),
        ]
    }()

    @Test(arguments: encrypted)
    func `refuses an encrypted swipe that breaks a rule`(refusal: Refusal) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try refusal.apply(to: Body.encrypted))
        #expect(response.status == .badRequest)
        #expect(response.codes == refusal.codes)
    }

    @Test func `names every broken rule once`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed).with("card_data.cvv_data", .string("1"))
            .with("bill.base_amount.amount", .number("1.234"))
            .with("customer.phone_type", .string("X"))
        let response = gateway.sale(body)
        #expect(Set(response.codes) == ["4020", "4021", "4501"])
        #expect(response.codes.count == 3)
    }

    @Test func `writes an error with its five members`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed).with("card_data.cvv_data", .string("1"))
        let expected =
            #"{"errors":[{"status":"BAD_REQUEST","code":"4020","location":"card_data.cvv_data","#
            + #""reason":"INVALID_CVV_DATA","severity":"ERROR"}]}"#
        #expect(String(decoding: gateway.sale(body).body, as: UTF8.self) == expected)
    }

    @Test func `asks for a customer, a CVV or a ZIP where the merchant is set up so`() throws {
        let gateway = try TestGateway {
            $0.merchantSettings.requiresCustomer = true
            $0.merchantSettings.requiresCVV = true
            $0.merchantSettings.requiresAVS = true
        }
        #expect(gateway.sale(try #require(Body.swiped)).codes == ["4042", "4524"])
        let keyed = try #require(Body.keyed).with("card_data.cvv_data", nil)
        #expect(gateway.sale(keyed).codes == ["4041"])
    }

    @Test func `knows the name of every code that it answers with`() {
        for fault in GatewayFault.allCases {
            #expect(fault.name != fault.rawValue)
        }
    }
}
