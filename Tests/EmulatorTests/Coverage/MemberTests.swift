import Coverage
import Emulator
import Testing

/// Every member of a request matters to the emulator: without it, with a wrong one or with another
/// one, something else is seen.
@Suite struct MemberTests {
    /// What the document does not have for a request although its samples send it.
    private static let ignored: Set = ["PH-Q-037"]

    @Test(arguments: CoverageRow.rows("PH-Q"))
    func `the emulator heeds each member of a request`(row: CoverageRow) throws {
        let views = try MemberProbe(row).views()
        #expect(views.whole.hasPrefix("20"), "\(views.whole)")
        let isHeeded = views.changed.contains { $0 != views.whole }
        #expect(isHeeded != Self.ignored.contains(row.id))
    }
}
