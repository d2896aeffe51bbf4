import Emulator
import Examples
import PayHub
import Testing

/// The emulator's answers have the shape of the printed ones: the same members, of the same kinds.
@Suite(.needsReference) struct ExampleShapeTests {
    private func differences(_ name: String, _ answer: [UInt8]) throws -> [TreeDifference] {
        TreeDifference.ofShape(
            try JSONTree(parsing: ReferenceExamples.text(name)), try JSONTree(parsing: answer.span))
    }

    @Test func `every resource of a transaction`() throws {
        let gateway = try TestGateway()
        let body = try #require(Body.keyed)
        let sale = try gateway.make("sale", body)
        let held = try gateway.make("authonly", body)
        let verified = try gateway.make("verify", body)
        let paths = [
            ("sale", sale), ("authonly", held), ("verify", verified),
            ("capture", try made(gateway.follow("capture", held))),
            ("refund", try made(gateway.follow("refund", sale, cents: 100))),
            ("void", try made(gateway.follow("void", held))),
        ]
        for (kind, id) in paths {
            let answer = gateway.send("GET", "/api/v2/\(kind)/\(id)")
            let found = try differences("\(kind).get-by-id.response", answer.body)
            #expect(found == [], "\(kind)")
        }
    }

    private func made(_ response: GatewayResponse) throws -> String {
        let location = try #require(response.header("Location"))
        return try #require(location.split(separator: "/").last.map(String.init))
    }

    @Test func `the report`() throws {
        let gateway = try TestGateway()
        _ = try gateway.make("sale", try #require(Body.keyed))
        let answer = gateway.send("POST", "/api/v2/report/transactionReport", Array("{}".utf8))
        #expect(try differences("transaction-report.post.response", answer.body) == [])
    }
}
