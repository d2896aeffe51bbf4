import Coverage
import Emulator
import Testing

/// Every option of a role is kept.
@Suite struct RoleOptionTests {
    @Test(arguments: CoverageRow.rows("PH-O"))
    func `the emulator keeps each option of a role`(row: CoverageRow) throws {
        let gateway = try TestGateway()
        let before = try gateway.get("userRole/roles/1").at(row.word)?.string
        let value = row.word == "roleName" ? "Cashier" : before == "true" ? "false" : "true"
        let special = [
            "firstDefaultScreen": "3", "transactions.transactionOptions.txtRefundupto": "7.50",
        ]
        let wanted = JSONValue.string(special[row.word] ?? value)
        let body = JSONValue.object([]).with(row.word, wanted)
        let response = gateway.send("PATCH", "/api/v2/userRole/roles/update/1", body.bytes)
        #expect(response.status == .created, "\(response.codes)")
        #expect(try gateway.get("userRole/roles/1").at(row.word) == wanted)
        #expect(before.map(JSONValue.string) != wanted)
    }
}
