import Coverage
import Examples
import Foundation
import Testing

/// docs/coverage.md says what the tests show, and nothing else.
@Suite struct CoveragePageTests {
    private static let register = Register.project
    private static let evidence = Evidence(below: Register.folder.appending(path: "Tests"))

    @Test func `the page is what the tests show`() throws {
        let page = CoveragePage(Self.register, Self.evidence).text
        let url = Register.folder.appending(path: "docs/coverage.md")
        if ProcessInfo.processInfo.environment["SWIPELINE_COVERAGE"] == "write" {
            try Data(page.utf8).write(to: url)
        }
        #expect(
            try page == String(contentsOf: url, encoding: .utf8),
            "docs/coverage.md is stale: make coverage")
    }

    @Test func `every row is shown by a test or says why not`() {
        let unshown = Self.register.shown.filter { Self.evidence.tests(of: $0).isEmpty }
        #expect(unshown.map(\.testDescription) == [])
    }

    @Test func `what is left out is shown by no test that names it`() {
        let rows = Self.register.rows
        #expect(Set(Self.register.leftOut.keys).isSubset(of: rows.map(\.id)))
        #expect(Self.evidence.named.filter { Self.register.leftOut[$0] != nil } == [])
    }

    @Test func `tests name no row that there is not`() {
        let rows = Self.register.rows
        let strange = Self.evidence.named.filter { name in
            !rows.contains { $0.id.hasPrefix(name) }
        }
        #expect(strange == [])
    }

    @Test func `each row stands once`() {
        #expect(Self.register.rows.count == 1208)
        #expect(Set(Self.register.rows.map(\.id)).count == 1208)
    }

    @Test(.needsReference) func `the rows are those of the reference`() throws {
        struct Row: Decodable {
            let id: String
            let system: String
        }
        let text = try ReferenceExamples.file("coverage.json")
        let rows = try JSONDecoder().decode([Row].self, from: Data(text.utf8))
            .filter { $0.system == "payhub" }
        print("coverage rows: \(rows.count) compared")
        #expect(Set(rows.map(\.id)) == Set(Self.register.rows.map(\.id)))
    }
}
