import Coverage
import PayHub
import Testing

/// Every member of a request stands in what the client writes, but for those that it leaves out.
@Suite struct RequestMemberTests {
    /// `cvv_code`, which only samples have, and the `record_format` of a verification.
    private static let leftOut: Set = [
        "PH-Q-027", "PH-Q-037", "PH-Q-052", "PH-Q-080", "PH-Q-136",
    ]

    @Test(arguments: CoverageRow.rows("PH-Q"))
    func `the client writes each member of a request`(row: CoverageRow) throws {
        let path = row.word.replacing("*_amount", with: "base_amount").replacing(
            "node.", with: "transaction_volume_settings.sale_trn_amount_above.")
        let body = try JSONTree(parsing: ClientBodies.body(of: row.section, path))
        #expect((body.reach(path) == nil) == Self.leftOut.contains(row.id))
    }

    @Test(arguments: CoverageRow.rows("PH-O"))
    func `the client writes each option of a role`(row: CoverageRow) throws {
        let role = try JSONTree(parsing: ClientBodies.role())
        #expect((role.reach(row.word) == nil) == row.name.hasSuffix("(table only)"))
    }

    @Test(arguments: CoverageRow.rows("PH-F"))
    func `the client asks by each filter`(row: CoverageRow) throws {
        #expect(try JSONTree(parsing: ClientBodies.report()).reach(row.word) != nil)
    }
}

extension JSONTree {
    /// The value at a path of names with dots between.
    fileprivate func reach(_ path: String) -> JSONTree? {
        path.split(separator: ".").reduce(self as JSONTree?) { $0?[String($1)] }
    }
}
