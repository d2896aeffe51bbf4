import Emulator
import Foundation
import Testing
import Values

/// The document's own request samples, where a machine has them: SWIPELINE_REFERENCE names the
/// folder that holds `gateway/examples`.
@Suite struct ExternalExampleTests {
    @Test func `accepts the document's own samples on their day`() throws {
        var count = 0
        defer { print("external examples: \(count) ran") }
        guard let folder = ProcessInfo.processInfo.environment["SWIPELINE_REFERENCE"] else {
            return
        }
        let examples = URL(filePath: folder).appending(path: "gateway/examples")
        let files = try FileManager.default.contentsOfDirectory(
            at: examples, includingPropertiesForKeys: nil)
        for file in files.sorted(by: { $0.path < $1.path }) {
            let name = file.lastPathComponent
            guard
                let kind = ["sale", "authonly"].first(where: {
                    name.hasPrefix("\($0).post.request")
                })
            else { continue }
            try accept(file, as: kind)
            count += 1
        }
        #expect(count >= 10)
    }

    private func accept(_ file: URL, as kind: String) throws {
        let gateway = try TestGateway(day: CivilDate(year: 2015, month: 5, day: 19))
        let body = Array(try Data(contentsOf: file))
        let organization = try JSONValue(parsing: body).at("merchant.organization_id")?.numberText
        let account = try #require(
            MerchantAccount.ofTheDocument.first { String($0.organization) == organization })
        let token = try #require(account.tokens.first)
        let response = gateway.send("POST", "/api/v2/\(kind)", body, token: token)
        #expect(response.status == .created, "\(file.lastPathComponent): \(response.codes)")
        #expect(gateway.core.ledger.entries.map(\.answer.responseCode) == ["00"])
    }
}
