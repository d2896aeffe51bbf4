import Emulator
import Examples
import Testing
import Values

/// The document's own request samples.
@Suite(.needsReference) struct ExternalExampleTests {
    @Test func `accepts the document's own samples on their day`() throws {
        var count = 0
        for kind in ["sale", "authonly", "verify"] {
            for name in try ReferenceExamples.names(beginning: "\(kind).post.request") {
                try accept(name, as: kind)
                count += 1
            }
        }
        print("external examples: \(count) ran")
        #expect(count >= 15)
    }

    private func accept(_ name: String, as kind: String) throws {
        let gateway = try TestGateway(day: CivilDate(year: 2015, month: 5, day: 19))
        let body = Array(try ReferenceExamples.text(name).utf8)
        let organization = try JSONValue(parsing: body).at("merchant.organization_id")?.numberText
        let account = try #require(
            MerchantAccount.ofTheDocument.first { String($0.organization) == organization })
        let token = try #require(account.tokens.first)
        let response = gateway.send("POST", "/api/v2/\(kind)", body, token: token)
        #expect(response.status == .created, "\(name): \(response.codes)")
        #expect(gateway.core.ledger.entries.map(\.answer.responseCode) == ["00"])
    }

    @Test func `names the members of every resource as the document's samples`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed)
        let sale = try gateway.make("sale", body)
        let held = try gateway.make("authonly", body)
        let paths = [
            "sale": "sale/\(sale)", "authonly": "authonly/\(held)",
            "verify": "verify/\(try gateway.make("verify", body))",
            "capture": try made(gateway.follow("capture", held)),
            "refund": try made(gateway.follow("refund", sale, cents: 100)),
            "void": try made(gateway.follow("void", held)),
        ]
        for (kind, path) in paths {
            let sample = try JSONValue(ReferenceExamples.text("\(kind).get-by-id.response"))
            #expect(Self.names(try gateway.get(path)) == Self.names(sample), "\(kind)")
        }
    }

    private func made(_ response: GatewayResponse) throws -> String {
        try #require(response.header("Location")).replacing(Scene.base + "/", with: "")
    }

    /// Every name, with the objects around it, of what is no list.
    private static func names(_ value: JSONValue, _ prefix: String = "") -> Set<String> {
        Set(
            (value.members ?? []).flatMap { member in
                let name = prefix + member.name
                return [name] + names(member.value, name + ".")
            })
    }
}
