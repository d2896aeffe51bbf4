import Foundation
import Testing

@testable import Settings

/// The object `service` of `swipeline.json`.
@Suite struct ServiceSettingsTests {
    private static func read(_ text: String) throws -> ServiceSettings {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "service-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(#"{"service": \#(text)}"#.utf8).write(to: file)
        return try Settings(contentsOf: file.path).service
    }

    @Test func `everything that opens a door is off until it is named`() throws {
        let settings = try Self.read("{}")
        #expect(settings == ServiceSettings())
        #expect(!settings.tcp && !settings.page.enabled && !settings.webhook.enabled)
        #expect(!settings.refunds.unlinked)
        #expect(settings.allowedUsers.isEmpty && settings.allowedGroups.isEmpty)
    }

    @Test func `what is named is taken, and paths are relative to the file`() throws {
        let settings = try Self.read(
            #"{"tcp": true, "port": 9000, "page": {"language": "es"}, "tokenFile": "till.token"}"#)
        #expect(settings.tcp)
        #expect(settings.port == 9000)
        #expect(settings.page.language == "es")
        #expect(settings.tokenFile?.hasSuffix("/till.token") == true)
        #expect(settings.tokenFile?.hasPrefix("/") == true)
    }

    @Test(arguments: [
        (#"{"tpc": true}"#, SettingsError.unknownKey("service.tpc")),
        (#"{"page": {"enable": true}}"#, .unknownKey("service.page.enable")),
        (#"{"port": 70000}"#, .wrongType(key: "service.port")),
        (#"{"page": {"language": "fr"}}"#, .wrongType(key: "service.page.language")),
        (#"{"refunds": {"perDayCents": -1}}"#, .wrongType(key: "service.refunds")),
        (#"{"webhook": {"path": "hook"}}"#, .wrongType(key: "service.webhook.path")),
        (#"{"webhook": {"path": "/hook?key=1"}}"#, .wrongType(key: "service.webhook.path")),
        (#"{"tcp": "yes"}"#, .wrongType(key: "service")),
    ])
    func `a mistake is told by its place`(text: String, error: SettingsError) throws {
        #expect(throws: error) { try Self.read(text) }
    }
}
