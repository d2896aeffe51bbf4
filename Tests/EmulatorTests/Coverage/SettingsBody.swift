import Emulator
import Testing

/// Changes of a merchant's settings with every member.
enum SettingsBody {
    /// The change that an endpoint takes; `nil` when it is none of settings.
    static func body(of target: String) throws -> JSONValue? {
        switch target {
        case "/adminSettings/validatedDevices":
            .members(["enforce_device_validation": .string("true")])
        case "/adminSettings/webhookConfiguration":
            texts(
                [
                    "webhookActive", "virtualHub", "batchIsActive", "api", "recurringBill",
                    "mobileHub",
                ])
                .adding(["endPoint": .string("https://example.com/hook")])
        case "/adminSettings/emailConfiguration":
            texts([
                "customRBReport", "customBatchReport", "emailTrnReceipt", "emailExpPsw",
                "emailRbSuccessTransaction", "emailRbFailTransaction", "emailBatchSuccess",
                "emailBatchFail",
            ]).adding(["pdfOrCsvForRB": .string("1"), "pdfOrCsvForBatch": .string("1")])
        case "/adminSettings/riskFraudDetection": try risk()
        default: nil
        }
    }

    private static func texts(_ names: [String]) -> JSONValue {
        .object(names.map { JSONMember(name: $0, value: .string("true")) })
    }

    private static func risk() throws -> JSONValue {
        let groups: KeyValuePairs = [
            "transaction_volume_settings": [
                "sale_trn_amount_below", "sale_trn_amount_above", "refund_trn_amount_below",
                "refund_trn_amount_above", "days_trn_amount_more_than",
                "hours_trn_number_more_than", "days_trn_number_more_than",
            ],
            "card_filtering": [], "credit_card_security_codes": ["cvv_mismatch"],
            "address_verification_system": [
                "avs_mismatch_street_and_zip_code", "avs_mismatch_street", "avs_mismatch_zip_code",
            ],
        ]
        let node = try JSONValue(#"{"option":"2","value":"10"}"#)
        let members = groups.map { group, names in
            let nodes = names.map { JSONMember(name: $0, value: node) }
            let checked = JSONMember(name: "checked", value: .string("true"))
            return JSONMember(name: group, value: .object([checked] + nodes))
        }
        let mail = try JSONValue(#"{"checked":"true","email_address":"risk@example.com"}"#)
        return .object(members + [JSONMember(name: "email", value: mail)])
    }
}

extension MemberProbe {
    /// The answer to a change, and what is there then.
    static func change(
        _ gateway: TestGateway, _ method: String, _ target: String, _ body: JSONValue
    ) throws -> String {
        let path = "/api/v2\(target)"
        let response = gateway.send(method, path, body.bytes)
        guard (200...204).contains(response.status.rawValue) else {
            return "\(response.status.rawValue) \(response.codes)"
        }
        return try "\(response.status.rawValue) \(gateway.send("GET", path).json.text)"
    }
}
