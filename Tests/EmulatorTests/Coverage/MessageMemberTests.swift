import Coverage
import Emulator
import Testing

/// The messages that go to a merchant.
@Suite struct MessageMemberTests {
    @Test(arguments: CoverageRow.rows("PH-M"))
    func `a message to the merchant has each member`(row: CoverageRow) throws {
        let gateway = try TestGateway()
        let settings = try #require(
            try SettingsBody.body(of: "/adminSettings/webhookConfiguration"))
        let path = "/api/v2/adminSettings/webhookConfiguration"
        #expect(gateway.send("PATCH", path, settings.bytes).status == .created)
        _ = try gateway.make("sale", FullShop.payment())
        #expect(gateway.core.settle() == [1])
        let messages = gateway.core.dueDeliveries().map(\.message)
        #expect(messages.map { $0["eventType"]?.string } == ["transaction", "batch_settled"])
        let isOfBatch =
            row.word.contains("batch_settled") || ["PH-M-011", "PH-M-012"].contains(row.id)
        let value = try #require(messages[isOfBatch ? 1 : 0].at(row.word))
        #expect(value.string != nil)
        // Texts that only some transactions have.
        let mayBeEmpty = ["recurringBillId", "responseText"].contains { row.word.hasSuffix($0) }
        #expect(mayBeEmpty == (value == .string("")))
    }
}
