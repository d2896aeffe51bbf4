import Coverage
import Emulator
import Testing

/// The messages that go to a merchant.
@Suite struct MessageMemberTests {
    @Test(arguments: CoverageRow.rows("PH-M"))
    func `a message to the merchant has each member`(row: CoverageRow) throws {
        let message = try Self.messages()[Self.isOfBatch(row) ? 1 : 0]
        let value = try #require(message.at(row.word)?.string)
        // Texts that only some transactions have.
        let mayBeEmpty = ["recurringBillId", "responseText"].contains { row.word.hasSuffix($0) }
        #expect(mayBeEmpty == value.isEmpty)
    }

    /// The message of a sale, and that of its batch.
    static func messages() throws -> [JSONValue] {
        let gateway = try TestGateway()
        let settings = try #require(
            try SettingsBody.body(of: "/adminSettings/webhookConfiguration"))
        let path = "/api/v2/adminSettings/webhookConfiguration"
        #expect(gateway.send("PATCH", path, settings.bytes).status == .created)
        _ = try gateway.make("sale", FullShop.payment())
        #expect(gateway.core.settle() == [1])
        let messages = gateway.core.dueDeliveries().map(\.message)
        #expect(messages.map { $0["eventType"]?.string } == ["transaction", "batch_settled"])
        return messages
    }

    /// True for the members of the message of a batch; two of them are in both messages.
    static func isOfBatch(_ row: CoverageRow) -> Bool {
        row.word.contains("batch_settled") || ["PH-M-011", "PH-M-012"].contains(row.id)
    }
}
