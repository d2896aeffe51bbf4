import Emulator
import Foundation
import OwnThreads
import Testing

@Suite(.blocks) struct StoreTests {
    /// A file of its own, removed at the end.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "store-tests-\(UUID().uuidString)")
        var store: String { url.appending(path: "ledger").path }

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        }
        deinit { try? FileManager.default.removeItem(at: url) }

        func gateway() throws -> TestGateway {
            try TestGateway { $0.store = self.store }
        }
    }

    @Test func `knows after a restart what it confirmed`() throws {
        let folder = try Folder()
        var before = ""
        var token = JSONValue.null
        do {
            let gateway = try folder.gateway()
            let keyed = try #require(Body.keyed).with(
                "bill.metaData", .members(["a": .number("1.10")]))
            _ = try gateway.make("sale", keyed)
            _ = try gateway.make("authonly", Body.noted("SW-2"))
            #expect(gateway.follow("capture", "1002", cents: 500).status == .created)
            #expect(gateway.follow("refund", "1001", cents: 100).status == .created)
            #expect(gateway.core.settle() == [1])
            _ = try gateway.make("sale", Body.noted("SW-3"))
            token = try gateway.get("sale/1001/card_data")["tokenized_card"] ?? .null
            before = gateway.core.ledger.json.text
        }
        let gateway = try folder.gateway()
        let after = gateway.core.ledger.json.text
        #expect(after == before.replacing(/"expiry":"\d+"/, with: "\"expiry\":null"))
        #expect(try gateway.get("sale/1001/bill").text.contains(#""metaData":{"a":1.10}"#))
        #expect(gateway.follow("void", "1001").codes == ["4073"])
        let body = try #require(Body.keyed).with("card_data", .members(["tokenized_card": token]))
        #expect(try gateway.make("sale", body) == "1006")
        #expect(gateway.core.ledger.entry(id: "1006")?.customerID == 1)
        #expect(gateway.core.ledger.entry(id: "1006")?.batch == 2)
        let other = try gateway.make("sale", try #require(Body.card("5454545454545454")))
        #expect(gateway.core.ledger.entry(id: other)?.card?.token == "9999000000000002")
    }

    @Test func `knows what was set up, held and told after a restart`() throws {
        let folder = try Folder()
        let role = #"{"roleName":"Till","mobileVTAcces":{"checked":true}}"#
        var before: [JSONValue] = []
        let shown = { (gateway: TestGateway) in
            let paths = ["adminSettings/riskFraudDetection", "userRole/roles", "userRole/roles/2"]
            let deliveries = gateway.core.ledger.read { $0.deliveries }.map(\.json)
            return try paths.map(gateway.get) + deliveries
        }
        do {
            let gateway = try folder.gateway()
            try gateway.setWebhook("https://shop.example/")
            try gateway.setRisk(
                "transaction_volume_settings", "sale_trn_amount_above", "10", option: 2)
            let made = gateway.send("POST", "/api/v2/userRole/roles/create", Array(role.utf8))
            #expect(made.status == .created)
            _ = try gateway.make("sale", Body.noted("SW-1"))
            _ = try gateway.make("sale", Body.noted("SW-2"))
            gateway.core.noteDelivery(1, status: 200, failure: nil)
            before = try shown(gateway)
        }
        let gateway = try folder.gateway()
        #expect(try shown(gateway) == before)
        #expect(before.count == 5)
        #expect(gateway.core.dueDeliveries().map(\.subject) == ["1002"])
        #expect(gateway.core.release("1001"))
        let held = try gateway.make("sale", Body.noted("SW-3"))
        #expect(gateway.core.ledger.entry(id: held)?.isHeld == true)
    }

    @Test func `keeps nothing of a card but its mask and token`() throws {
        let folder = try Folder()
        do { _ = try folder.gateway().make("sale", try #require(Body.keyed)) }
        let text = try Stored.text(folder.store)
        #expect(!text.contains("4012881888818888"))
        #expect(!text.contains("202912") && !text.contains("\"cvv"))
        #expect(text.contains("8888"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.store)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `gives no id again that a lost transaction had`() throws {
        let folder = try Folder()
        do {
            let gateway = try folder.gateway()
            gateway.core.faults.add([FaultRule(.commitLost)])
            #expect(try gateway.make("sale", Body.noted("SW-1")) == "1001")
        }
        #expect(try folder.gateway().make("sale", Body.noted("SW-2")) == "1002")
    }

    @Test func `is a database that others read when the emulator has ended`() throws {
        let folder = try Folder()
        do { _ = try folder.gateway().make("sale", Body.noted("SW-1")) }
        let said = try Stored.query(
            folder.store, "SELECT number, body ->> '$.bill.note' FROM entry")
        #expect(said == "1001|SW-1")
        #expect(try Stored.query(folder.store, "PRAGMA journal_mode") == "wal")
    }

    @Test func `refuses a file that is another's or damaged, and changes nothing in it`() throws {
        let folder = try Folder()
        let url = URL(filePath: folder.store)
        try Data("something else\n".utf8).write(to: url)
        #expect(throws: EmulatorError.store(.form)) { try folder.gateway() }
        #expect(try Data(contentsOf: url) == Data("something else\n".utf8))
        try FileManager.default.removeItem(at: url)
        _ = try Stored.query(folder.store, "CREATE TABLE theirs (a)")
        let theirs = try Data(contentsOf: url)
        #expect(throws: EmulatorError.store(.form)) { try folder.gateway() }
        #expect(try Data(contentsOf: url) == theirs)
        try FileManager.default.removeItem(at: url)
        do { _ = try folder.gateway().make("sale", Body.noted("SW-1")) }
        _ = try Stored.query(folder.store, "UPDATE entry SET body = '{}'")
        #expect(throws: EmulatorError.store(.row("entry", 1001))) { try folder.gateway() }
        _ = try Stored.query(folder.store, "PRAGMA user_version = 9")
        #expect(throws: EmulatorError.store(.newer)) { try folder.gateway() }
        var bytes = try Data(contentsOf: url)
        bytes.replaceSubrange(4096..<8192, with: Data(repeating: 0x5A, count: 4096))
        try bytes.write(to: url)
        #expect(throws: EmulatorError.self) { try folder.gateway() }
    }

    @Test func `has one emulator at a time`() throws {
        let folder = try Folder()
        let gateway = try folder.gateway()
        #expect(throws: EmulatorError.store(.notOurs)) { try folder.gateway() }
        _ = try gateway.make("sale", Body.noted("SW-1"))
    }

    @Test(arguments: ["/", "/dev/null", "/nonexistent/ledger"])
    func `starts with no file that is none`(path: String) {
        #expect(throws: EmulatorError.store(.notOurs)) {
            try TestGateway { $0.store = path }
        }
    }
}
