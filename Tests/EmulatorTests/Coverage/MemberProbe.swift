import Coverage
import Emulator
import Testing

/// What a client sees of a request, so that it can be seen whether one of its members matters.
struct MemberProbe: Sendable {
    typealias Seeing = @Sendable (TestGateway, JSONValue) throws -> String

    /// Where the member stands.
    let path: String
    /// A good request.
    let body: @Sendable (TestGateway) throws -> JSONValue
    let see: Seeing

    /// The probe of a row.
    init(_ row: CoverageRow) throws {
        let words = row.section.split(separator: " ").map(String.init)
        let (method, target) = (words[0], words[1])
        path = Self.path(row.word)
        (body, see) =
            switch target {
            case "/recurring-bill":
                (
                    { try Self.recurring($0, row.word) }, { try Self.recurringBill($0, $1) }
                )
            case "/recurring-bill/{id}", "/recurring-bill-status/{id}":
                ({ _ in try Self.update(row.word) }, { try Self.changedBill($0, target, $1) })
            case "/sale", "/verify", "/authOnly", "/refund", "/capture", "/void":
                (
                    Self.body(of: target, path),
                    { try Self.transaction($0, target, $1) }
                )
            default:
                (
                    { _ in try #require(try SettingsBody.body(of: target)) },
                    { try Self.change($0, method, target, $1) }
                )
            }
    }

    /// The path of a member of which the row names several.
    private static func path(_ word: String) -> String {
        word.replacing("bill.*_amount", with: "bill.base_amount").replacing(
            "node.", with: "transaction_volume_settings.sale_trn_amount_above.")
    }

    /// What is seen of the request as it is, and of the request with the member left out, of a
    /// wrong kind, and of another value.
    func views() throws -> (whole: String, changed: [String]) {
        let whole = try view { $0 }
        let changed = try [nil, .array([]), .string("Z")].map { value in
            try view { $0.with(path, value) }
        }
        return (whole, changed)
    }

    private func view(_ change: (JSONValue) -> JSONValue) throws -> String {
        let gateway = try TestGateway()
        return try see(gateway, change(try body(gateway)))
    }
}

extension MemberProbe {
    /// A body that has the member, at a gateway with what it speaks of.
    private static func body(
        of target: String, _ path: String
    ) -> @Sendable (TestGateway) throws -> JSONValue {
        if path == "transaction_id" || ["/capture", "/void"].contains(target) {
            let kind = target == "/capture" ? "authonly" : "sale"
            return { gateway in
                let id = try gateway.make(kind, FullShop.payment())
                let body = Body.following(id)
                return target == "/void" ? body : body.adding(["bill": try FullShop.bill()])
            }
        }
        return { gateway in
            if path.contains(".encrypted_track_data") { return try FullShop.encrypted() }
            if path.contains(".track") { return try FullShop.swiped() }
            return path.hasSuffix(".tokenized_card")
                ? try FullShop.tokenized(gateway) : try FullShop.payment()
        }
    }

    /// The answer, what was made with its parts, and the report.
    private static func transaction(
        _ gateway: TestGateway, _ target: String, _ body: JSONValue
    ) throws -> String {
        let response = gateway.sale(body, to: "/api/v2\(target)")
        guard response.status == .created else {
            return "\(response.status.rawValue) \(response.codes)"
        }
        let resource = try gateway.resource(of: response)
        let parts = try ["/merchant", "/customer", "/bill", "/card_data"].map {
            try gateway.resource(of: response, $0).text
        }
        let rows = try gateway.report().map(\.text)
        return (["201", resource.text] + parts + rows).joined(separator: "\n")
    }
}
