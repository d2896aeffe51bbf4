import Emulator
import SealedFrames
import Testing

/// A gateway with one of everything, and requests with every member.
struct FullShop {
    let gateway: TestGateway
    /// The id of one of each resource, by the name that it has in a path.
    let ids: [String: String]

    init() throws {
        gateway = try TestGateway()
        var ids = ["userrole": "1"]
        for kind in ["sale", "authonly", "verify"] {
            ids[kind] = try gateway.make(kind, Self.payment())
        }
        let (held, sold) = (
            try gateway.make("authonly", Self.payment()), try gateway.make("sale", Self.payment())
        )
        let followUp = { try Body.following($0).adding(["bill": Self.bill()]) }
        ids["capture"] = try gateway.make("capture", followUp(held))
        ids["refund"] = try gateway.make("refund", followUp(sold))
        ids["void"] = try gateway.make("void", Body.following(#require(ids["sale"])))
        ids["recurring-bill"] = try gateway.bill(Body.monthlyEach)
        self.ids = ids
    }

    /// A path of a row with the id of what there is in place of `{id}`.
    func target(_ path: Substring) -> String {
        let name = path.split(separator: "/").first.map(String.init)?.lowercased() ?? ""
        let id = ids[name.replacing("-status", with: "")] ?? "0"
        return "/api/v2" + path.replacing("{id}", with: id)
    }

    /// What the body of a request to an endpoint is: a good one, `nil` when it needs none.
    func body(for endpoint: String) throws -> JSONValue? {
        switch endpoint {
        case "POST /sale", "POST /verify", "POST /authOnly": try Self.payment()
        case "POST /capture":
            try Body.following(gateway.make("authonly", Self.payment()))
        case "POST /void", "POST /refund":
            try Body.following(gateway.make("sale", Self.payment()))
        case "POST /recurring-bill": try Body.recurring(Body.weekly)
        case "PATCH /recurring-bill/{id}": .members(["bill": try Self.bill()])
        case "PATCH /recurring-bill-status/{id}":
            .members(["recurring_bill_status": .string("PAUSED")])
        case "POST /userRole/roles/create": .members(["roleName": .string("Cashier")])
        default: endpoint.hasPrefix("GET ") ? nil : .object([])
        }
    }

    /// A payment by a card that is typed, with every member.
    static func payment() throws -> JSONValue {
        try JSONValue(
            """
            {"merchant":{"organization_id":20001,"terminal_id":1},
             "record_format":"CREDIT_CARD",
             "card_data":{"card_number":"4012881888818888","card_expiry_date":"202912",
              "cvv_data":"999","cvv_code":"Y","billing_address_1":"100 Test Street",
              "billing_address_2":"Floor 3","billing_city":"San Rafael","billing_state":"CA",
              "billing_zip":"94901"},
             "customer":{"first_name":"Test","last_name":"Holder","company_name":"Test Inc",
              "job_title":"Tester","email_address":"holder@example.com",
              "web_address":"http://example.com","phone_number":"(415) 479 1349",
              "phone_ext":"123","phone_type":"M"}}
            """
        ).adding(["bill": bill()])
    }

    /// A bill with every member.
    static func bill() throws -> JSONValue {
        try JSONValue(
            """
            {"base_amount":{"amount":10.00,"currency":"USD"},
             "shipping_amount":{"amount":1.23,"currency":"USD"},
             "tax_amount":{"amount":0.45,"currency":"USD"},
             "note":"SW-1","invoice_number":"328","po_number":"PO-7"}
            """)
    }

    /// The same payment by tracks, or by an encrypted block that names its reader.
    static func swiped() throws -> JSONValue {
        try payment().with(
            "card_data",
            .members([
                "track1_data": .string(Body.track1), "track2_data": .string(Body.track2),
            ]))
    }

    static func encrypted() throws -> JSONValue {
        let block = JSONValue.members([
            "encrypted_track": .string(try SealedFrame.standard.text()),
            "swiper_brand": .string("IDTECH"), "swiper_model": .string("UNIMAGII"),
        ])
        return try payment().with("card_data", .members(["encrypted_track_data": block]))
    }

    /// The same payment by the token of a card that was charged before.
    static func tokenized(_ gateway: TestGateway) throws -> JSONValue {
        let sale = try gateway.make("sale", payment())
        let token = try gateway.get("sale/\(sale)/card_data")["tokenized_card"]
        return try payment().with(
            "card_data", .members(["tokenized_card": try #require(token)]))
    }
}
