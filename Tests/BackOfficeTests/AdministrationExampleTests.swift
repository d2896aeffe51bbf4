import Coverage
import Emulator
import Examples
import LaneRig
import PayHub
import Secrets
import Testing

/// The document's printed examples of administration, roles and webhooks.
@Suite(.needsReference) struct AdministrationExampleTests {
    /// The name of an example, what it says, read and written again, and where the two differ.
    private static func differences<Record: Codable>(
        _ type: Record.Type, _ name: String
    ) throws -> [TreeDifference] {
        let trip = try RoundTrip(type, ReferenceExamples.text(name))
        #expect(trip.unknownMembers.isEmpty, "\(name)")
        return trip.differences
    }

    @Test func `answers are read with nothing lost`() throws {
        let answers = [
            try Self.differences(GeneralSettings.self, "admin-general-settings.get.response"),
            try Self.differences(ValidatedDevices.self, "admin-validated-devices.get.response"),
            try Self.differences(
                EmailConfiguration.self, "admin-email-configuration.get.response"),
            try Self.differences(UserRole.self, "user-role.get-by-id.response"),
        ]
        for differences in answers { #expect(differences == []) }
    }

    /// I-84: a GET puts an object around the configuration, a PATCH sends it bare.
    @Test func `the webhook configuration loses the object around it and nothing else`() throws {
        let found = try Self.differences(
            WebhookConfiguration.self, "admin-webhook-configuration.get.response")
        let names = [
            "api", "batchIsActive", "endPoint", "mobileHub", "recurringBill", "virtualHub",
            "webhookActive",
        ]
        #expect(
            found
                == ([TreeDifference("webhookConfiguration", .missing)]
                + names.map { TreeDifference($0, .added) }).sorted())
    }

    /// I-83: amounts are "$20.00" in the answer and "10" in the request.
    @Test func `amounts of risk rules lose their dollar sign and nothing else`() throws {
        let found = try Self.differences(RiskSettings.self, "admin-risk-fraud.get.response")
        let amounts = RiskRule.allCases.filter { !$0.isCount }
        #expect(found == amounts.map { TreeDifference($0.rawValue + ".value", .value) }.sorted())
        let text = try ReferenceExamples.text("admin-risk-fraud.get.response")
        let read = try RecordDecoder.decode(RiskSettings.self, from: text.utf8Span.span).record
        for rule in amounts { #expect(read.measures[rule]?.limit == 2000) }
    }

    /// A request that is read into its type and goes out again, field for field.
    private func sent<Request: PayHub.GatewayRequest & Decodable>(
        _ type: Request.Type, _ name: String
    ) throws -> [TreeDifference] {
        let text = try ReferenceExamples.text(name)
        let request = try RecordDecoder.decode(type, from: text.utf8Span.span).record
        return TreeDifference.all(try JSONTree(parsing: text), try Self.written(request))
    }

    private static func written(_ request: some PayHub.GatewayRequest) throws -> JSONTree {
        var output = try SecretArena(blocks: 2).take(capacity: 2 * SecretArena.blockBytes)
        try output.fill { span throws(RequestFault) in
            try GatewayBody(request).write(into: &span)
        }
        return try output.withBytes { bytes throws(RecordFault) in try JSONTree(parsing: bytes) }
    }

    @Test func `requests go out field for field`() throws {
        let requests = [
            try sent(EmailConfiguration.self, "admin-email-configuration.patch.request"),
            try sent(WebhookConfiguration.self, "admin-webhook-configuration.patch.request"),
            try sent(RiskSettings.self, "admin-risk-fraud.patch.request"),
            try sent(UserRole.self, "user-role.patch-and-post.request"),
        ]
        for differences in requests { #expect(differences == []) }
        let text = try ReferenceExamples.text("admin-validated-devices.patch.request")
        #expect(
            try Self.written(DeviceValidation(isEnforced: false)) == JSONTree(parsing: text))
    }

    @Test func `the role's request grants all but what the printed one refuses`() throws {
        let text = try ReferenceExamples.text("user-role.patch-and-post.request")
        let role = try RecordDecoder.decode(UserRole.self, from: text.utf8Span.span).record
        let printed = Permission.allCases.filter { !$0.isInTablesOnly && $0 != .hostedShopCart }
        #expect(role.permissions == Set(printed))
        #expect(role.name == "test4" && role.refundLimit == Cents(1))
        #expect(role.firstScreen == .processCard && role.batchSubmission == .number(2))
    }

    /// Documents of the emulator by the names of the printed ones.
    private static let answers = [
        "admin-general-settings.get.response": "adminSettings/generalSettings",
        "admin-validated-devices.get.response": "adminSettings/validatedDevices",
        "admin-webhook-configuration.get.response": "adminSettings/webhookConfiguration",
        "admin-email-configuration.get.response": "adminSettings/emailConfiguration",
        "admin-risk-fraud.get.response": "adminSettings/riskFraudDetection",
        "user-role.get-by-id.response": "userRole/roles/1",
    ]

    private static func ask(
        _ rig: OfficeRig, _ method: String, _ path: String, _ body: String = ""
    ) -> GatewayResponse {
        rig.core.respond(
            to: Emulator.GatewayRequest(
                method: method, target: "/api/v2/" + path,
                headers: [
                    "authorization": "Bearer \(Shop.token)", "content-type": "application/json",
                ], body: Array(body.utf8)))
    }

    @Test func `the emulator's answers have the shape of the printed ones`() throws {
        let rig = try OfficeRig { $0.settlementTime = TimeOfDay("23:59") }
        for (name, path) in Self.answers {
            let printed = try ReferenceExamples.text(name)
            let answer = Self.ask(rig, "GET", path)
            let shown = try JSONTree(parsing: answer.body.span)
            #expect(
                TreeDifference.ofShape(try JSONTree(parsing: printed), shown) == [], "\(name)")
        }
    }

    private static let requests = [
        "admin-validated-devices.patch.request": "adminSettings/validatedDevices",
        "admin-webhook-configuration.patch.request": "adminSettings/webhookConfiguration",
        "admin-email-configuration.patch.request": "adminSettings/emailConfiguration",
        "admin-risk-fraud.patch.request": "adminSettings/riskFraudDetection",
        "user-role.patch-and-post.request": "userRole/roles/update/1",
    ]

    @Test func `the emulator takes the printed requests`() throws {
        let rig = try OfficeRig()
        for (name, path) in Self.requests {
            let printed = try ReferenceExamples.text(name)
            let answer = Self.ask(rig, "PATCH", path, printed)
            #expect(answer.status.rawValue == 201, "\(name)")
        }
        let role = try ReferenceExamples.text("user-role.patch-and-post.request")
        #expect(Self.ask(rig, "POST", "userRole/roles/create", role).status.rawValue == 201)
    }

    @Test func `webhook messages are read with nothing lost, and the emulator's are alike`() throws
    {
        let rig = try OfficeRig()
        _ = Self.ask(
            rig, "PATCH", "adminSettings/webhookConfiguration",
            #"{"endPoint":"https://shop.example/","webhookActive":true}"#)
        let sale = """
            {"merchant":{"organization_id":20001,"terminal_id":1},
             "bill":{"base_amount":{"amount":10.00}},
             "card_data":{"track2_data":"4012881888818888=29121011000000000"}}
            """
        #expect(Self.ask(rig, "POST", "sale", sale).status.rawValue == 201)
        #expect(rig.core.settle() == [1])
        let messages = rig.core.ledger.read { $0.deliveries }.map(\.message.text)
        #expect(messages.count == 2)
        for (name, own) in zip(["transaction", "batch-settled"], messages) {
            #expect(try Self.unknown(own) == [])
            let printed = try ReferenceExamples.text("webhook-\(name).message")
            #expect(try Self.unknown(printed) == [])
            let (one, other) = (try JSONTree(parsing: printed), try JSONTree(parsing: own))
            #expect(TreeDifference.ofShape(one, other) == [], "\(name)")
        }
    }

    private static func unknown(_ message: String) throws -> [String] {
        try RecordDecoder.decode(WebhookMessage.self, from: message.utf8Span.span).unknownMembers
    }
}
