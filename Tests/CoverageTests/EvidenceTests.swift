import Coverage
import Testing

/// The reader of the tests' text finds what stands there and nothing else.
@Suite struct EvidenceTests {
    private static let row = CoverageRow(id: "PH-R-012", section: "", name: "a rule")

    private func tests(in text: String) -> [Evidence.ShowingTest] {
        var evidence = Evidence()
        evidence.read(text, of: "Target")
        return evidence.tests(of: Self.row)
    }

    @Test func `a trait names the test below it`() {
        // Put together here, or this file would show the row.
        let trait = ".cov" + #"ers("PH-I-030", "PH-R-012")"#
        let text = "@Suite struct SomeTests {\n    @Test(\(trait))\n    func `says it`() {}\n}"
        #expect(tests(in: text) == [.init(target: "Target", suite: "SomeTests", name: "says it")])
    }

    @Test func `rows as arguments name the test below them`() {
        let rows = "CoverageRow" + #".rows("PH-Q", "PH-R")"#
        let text =
            "struct A {\n}\n@Suite struct B {\n    @Test(arguments: \(rows))\n"
            + "    func `says each`(row: CoverageRow) {}\n}"
        #expect(tests(in: text) == [.init(target: "Target", suite: "B", name: "says each")])
    }

    @Test(arguments: [
        "@Suite struct SomeTests {\n    @Test func `says it`() {}\n}",
        "struct SomeTests { // PH-R-012\n    @Test func `covers PH-R-012`() {}\n}",
        "struct SomeTests {\n    let rows = [\"PH-R-012\"]\n}",
    ])
    func `a test that names nothing shows nothing`(text: String) {
        #expect(tests(in: text) == [])
    }
}
