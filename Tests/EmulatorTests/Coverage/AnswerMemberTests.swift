import Coverage
import Emulator
import PayHub
import Testing

/// Every member of an answer matters to the client: with another value it reads something else, or
/// says that it cannot.
@Suite struct AnswerMemberTests {
    @Test(.covers("PH-I-034", "PH-I-035"), arguments: CoverageRow.rows("PH-S"))
    func `the client heeds each member of an answer`(row: CoverageRow) throws {
        let shop = try FullShop()
        let words = row.section.split(separator: " ")
        let answer = try shop.gateway.send(
            String(words[0]), shop.target(words[1]), try shop.body(for: row.section)?.bytes ?? []
        ).json
        let path = row.word.split(separator: ".").map(String.init)[...]
        let changed = [JSONValue.string("Z9"), .number("7"), .boolean(true), .array([])]
            .map { answer.replacing(path, with: $0).text }
        let isHeeded = try changed.contains { try Self.differ(row.section, answer.text, $0) }
        #expect(isHeeded)
    }

    @Test(arguments: CoverageRow.rows("PH-M"))
    func `the client heeds each member of a message`(row: CoverageRow) throws {
        let messages = try MessageMemberTests.messages()
        let message = messages[MessageMemberTests.isOfBatch(row) ? 1 : 0]
        let path = row.word.split(separator: ".").map(String.init)[...]
        let changed = [JSONValue.string("Z9"), .number("7"), .array([])]
            .map { message.replacing(path, with: $0).text }
        let isHeeded = try changed.contains {
            try Self.differ(PayHub.WebhookMessage.self, message.text, $0)
        }
        #expect(isHeeded)
    }

    /// True when two answers of an endpoint are not read as the same.
    private static func differ(
        _ endpoint: String, _ one: String, _ other: String
    ) throws -> Bool {
        switch endpoint {
        case "GET /sale/{id}": try differ(GatewayTransaction<Sale>.self, one, other)
        case "GET /verify/{id}": try differ(GatewayTransaction<Verification>.self, one, other)
        case "GET /authonly/{id}": try differ(GatewayTransaction<Authorization>.self, one, other)
        case "GET /capture/{id}": try differ(GatewayTransaction<Capture>.self, one, other)
        case "GET /void/{id}": try differ(GatewayTransaction<VoidedTransaction>.self, one, other)
        case "GET /refund/{id}": try differ(GatewayTransaction<Refund>.self, one, other)
        case "GET /adminSettings/generalSettings": try differ(GeneralSettings.self, one, other)
        case "GET /adminSettings/validatedDevices": try differ(ValidatedDevices.self, one, other)
        case "GET /adminSettings/webhookConfiguration":
            try differ(WebhookConfiguration.self, one, other)
        case "GET /adminSettings/emailConfiguration":
            try differ(EmailConfiguration.self, one, other)
        case "GET /adminSettings/riskFraudDetection": try differ(RiskSettings.self, one, other)
        default: try rows(one) != (try? rows(other))
        }
    }

    private static func differ<Record: Decodable & Equatable>(
        _ type: Record.Type, _ one: String, _ other: String
    ) throws -> Bool {
        let first = try RecordDecoder.decode(type, from: one.utf8Span.span).record
        let second = try? RecordDecoder.decode(type, from: other.utf8Span.span).record
        return first != second
    }

    private static func rows(_ report: String) throws -> [PayHub.ReportRow] {
        var reader = BodyReader()
        return try reader.report(report.utf8Span.span, withDetails: true)
    }
}

extension Emulator.JSONValue {
    /// The same with another value at a path in which `[]` is the first element of a list.
    fileprivate func replacing(
        _ path: ArraySlice<String>, with value: JSONValue
    ) -> JSONValue {
        guard let name = path.first else { return value }
        let plain = name.replacing("[]", with: "")
        let inner = { (old: JSONValue) -> JSONValue in
            guard name.hasSuffix("[]"), case .array(let elements) = old else {
                return old.replacing(path.dropFirst(), with: value)
            }
            let first = elements.first.map { $0.replacing(path.dropFirst(), with: value) }
            return .array((first.map { [$0] } ?? []) + elements.dropFirst())
        }
        if plain.isEmpty { return inner(self) }
        return .object(
            (members ?? []).map {
                $0.name == plain ? JSONMember(name: plain, value: inner($0.value)) : $0
            })
    }
}
