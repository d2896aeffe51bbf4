import Foundation
import HostileClient
import LaneRig
import Settings
import Testing

@testable import Service

/// What a supervisor changes holds for good, and the file's value comes back when it is asked for.
@Suite(.serialized) struct ConfigurationTests {
    private static let change =
        #"{"language":"es","shop":{"name":"Tienda","lines":["Calle 1","Tel. 2"]},"#
        + #""refunds":{"perRefundCents":700,"perDayCents":0}}"#

    private static func change(_ rig: ServiceRig, _ body: String) async throws -> Answer {
        try await rig.ask("PATCH", "/v1/configuration", body, try await rig.supervisor())
    }

    @Test func `a change is in a private file and holds for the service's next life`() async throws
    {
        try await ServiceRig.run { rig in
            let answer = try await Self.change(rig, Self.change)
            #expect(answer.status == 200)
            let path = "\(rig.folder)/service.json"
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let next = try SettingsDesk(rig.desk.changes.configured, changes: path).settings
            #expect(next == rig.desk.settings)
            #expect(next.page.language == "es" && next.shop.lines == ["Calle 1", "Tel. 2"])
            #expect(next.refunds.perRefundCents == 700 && next.refunds.perDayCents == 0)
            #expect(next.page.enabled)
            #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        }
    }

    @Test func `what the file says and what was changed are shown, and null gives the file's back`()
        async throws
    {
        try await ServiceRig.run { rig in
            _ = try await Self.change(rig, Self.change)
            let back = #"{"language":null,"shop":{"name":null},"refunds":null}"#
            let answer = try await Self.change(rig, back)
            #expect(answer.status == 200)
            let shop = try #require(answer.json["shop"] as? [String: Any])
            #expect(shop["name"] as? String == "Corner Shop")
            #expect(shop["lines"] as? [String] == ["Calle 1", "Tel. 2"])
            let configured = try #require(answer.json["configured"] as? [String: Any])
            #expect((configured["shop"] as? [String: Any])?["lines"] as? [String] == [])
            let changed = try #require(answer.json["changed"] as? [String: Any])
            #expect(changed["language"] is NSNull)
            #expect((changed["shop"] as? [String: Any])?["name"] is NSNull)
            #expect((changed["shop"] as? [String: Any])?["lines"] as? [String] != nil)
            #expect(rig.desk.settings.refunds == ServiceSettings.Refunds())
        }
    }

    @Test(arguments: [
        (#"{"language":"fr"}"#, "language"), (#"{"shop":{"name":""}}"#, "shop.name"),
        (#"{"shop":{"name":"\#(String(repeating: "x", count: 81))"}}"#, "shop.name"),
        (#"{"shop":{"lines":["1","2","3","4","5","6","7","8","9"]}}"#, "shop.lines"),
        (#"{"refunds":{"perRefundCents":-1}}"#, "refunds.perRefundCents"),
        (#"{"refunds":{"perDayCents":1.5}}"#, "refunds.perDayCents"),
        (#"{"refunds":{"unlinked":true}}"#, "refunds.unlinked"), (#"{"tcp":true}"#, "tcp"),
        (#"{"language":"es","port":1}"#, "port"),
    ])
    func `a value that may not be is refused by its place, and nothing is changed`(
        body: String, field: String
    ) async throws {
        try await ServiceRig.run { rig in
            let answer = try await Self.change(rig, body)
            #expect((answer.status, answer["field"]) == (400, field))
            #expect(rig.desk.changes.change == ServiceChange())
            #expect(!FileManager.default.fileExists(atPath: "\(rig.folder)/service.json"))
        }
    }

    @Test func `nobody but the supervisor changes anything`() async throws {
        try await ServiceRig.run { rig in
            let answer = try await rig.ask("PATCH", "/v1/configuration", Self.change)
            #expect((answer.status, answer["code"]) == (403, "supervisorRequired"))
            #expect(rig.desk.changes.change == ServiceChange())
        }
    }

    @Test func `each change is named in the audit chain, and not what it is`() async throws {
        try await ServiceRig.run { rig in
            _ = try await Self.change(rig, #"{"language":"es","shop":{"name":null}}"#)
            let told = await rig.remarkTexts.filter { $0.hasPrefix("changed by the supervisor") }
            #expect(
                told == ["changed by the supervisor: language, shop.name as configured"])
        }
    }

    @Test func `a change that cannot be written is not made`() throws {
        let folder = try TemporaryFolder()
        let desk = try SettingsDesk(
            ServiceSettings(), changes: "\(folder.path)/missing/service.json")
        #expect(throws: (any Error).self) { try desk.make { $0.language = "es" } }
        #expect(desk.settings.page.language == "en")
    }

    @Test(arguments: [
        ("{", 0o600), (#"{"language":"fr","shop":{},"refunds":{}}"#, 0o600),
        (#"{"shop":{},"refunds":{"perDayCents":-1}}"#, 0o600),
        (#"{"shop":{},"refunds":{}}"#, 0o644),
    ])
    func `a file of changes that is none of ours keeps the service from starting`(
        text: String, mode: Int
    ) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/service.json"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: ServiceFault.changesRefused(path: path)) {
            try SettingsDesk(ServiceSettings(), changes: path)
        }
    }
}
