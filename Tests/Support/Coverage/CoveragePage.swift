/// docs/coverage.md: every row with the tests that show it.
public struct CoveragePage: Sendable {
    private let register: Register
    private let evidence: Evidence

    /// The page of these rows.
    public init(_ register: Register, _ evidence: Evidence) {
        self.register = register
        self.evidence = evidence
    }

    private static let head = """
        # What is covered

        Every endpoint, member, rule, code and contradiction of the gateway's document, and the
        tests that show what this project does about it. `make coverage` writes this page from the
        tests' own text: a row is shown by a test that names it (`.covers("PH-R-012")`) or that has
        it among its arguments (`CoverageRow.rows("PH-Q")`), so that each such row is a case of the
        test. A test fails when this page is not what the tests say, when a row has neither a test
        nor a reason why it is left out, or when a test names a row that there is not. The rows are
        in `Tests/CoverageRows`; with `SWIPELINE_REFERENCE` another test asks whether they are all.

        The gateway of every test is the emulator or a script: nothing here was tried against the
        vendor's own. A row "by the emulator alone" is shown by no test of the client, but by those
        that send the emulator a request and look at its answer.


        """

    /// The whole page.
    public var text: String {
        Self.head + summary + withoutRequest + register.kinds.map(section).joined()
    }

    private var withoutRequest: String {
        let codes = register.codesWithoutRequest.sorted { $0.key < $1.key }
        let lines =
            [
                "", "## Error codes that no request yields", "",
                "Every other error code has a request that the emulator refuses with it.", "",
                "| code | why |", "| --- | --- |",
            ] + codes.map { "| \($0.key) | \($0.value) |" }
        return lines.joined(separator: "\n") + "\n"
    }

    private var summary: String {
        var lines = [
            "| kind | rows | shown | by the emulator alone | left out |",
            "| --- | --- | --- | --- | --- |",
        ]
        for kind in register.kinds { lines.append(line(kind.title, kind.rows)) }
        lines.append(line("all", register.rows))
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ title: String, _ rows: [CoverageRow]) -> String {
        let out = rows.count { register.leftOut[$0.id] != nil }
        let shown = rows.count { isShown($0) && register.leftOut[$0.id] == nil }
        let alone = rows.count { isShownByEmulatorAlone($0) && register.leftOut[$0.id] == nil }
        return "| \(title) | \(rows.count) | \(shown) | \(alone) | \(out) |"
    }

    private func isShown(_ row: CoverageRow) -> Bool { !evidence.tests(of: row).isEmpty }

    private func isShownByEmulatorAlone(_ row: CoverageRow) -> Bool {
        isShown(row) && evidence.tests(of: row).allSatisfy { $0.target == "EmulatorTests" }
    }

    private func section(_ kind: Register.Kind) -> String {
        var lines = ["", "## \(kind.title)"]
        var section: String?
        for row in kind.rows {
            if row.section != section {
                section = row.section
                lines += ["", "### \(row.section)", "", "| row | what | shown by |"]
                lines.append("| --- | --- | --- |")
            }
            lines.append("| \(row.id) | \(row.name) | \(words(for: row)) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func words(for row: CoverageRow) -> String {
        if let reason = register.leftOut[row.id] { return "left out: \(reason)" }
        return evidence.tests(of: row).map { "\($0.target)/\($0.suite): \($0.name)" }
            .joined(separator: "; ")
    }
}
