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

    private static let webhookPath = SettingsError.notAllowed(
        key: "service.webhook.path", rule: "must be a plain path that begins with /")

    @Test(arguments: [
        (
            #"{"port": 70000}"#,
            SettingsError.notAllowed(key: "service.port", rule: "must be 0 to 65535")
        ),
        (
            #"{"page": {"language": "fr"}}"#,
            .notAllowed(key: "service.page.language", rule: "must be en or es")
        ),
        (
            #"{"refunds": {"perDayCents": -1}}"#,
            .notAllowed(key: "service.refunds", rule: "must have cents from 0")
        ),
        (#"{"tcp": "yes"}"#, .wrongType(key: "service.tcp")),
        (#"{"webhook": {"path": "hook"}}"#, Self.webhookPath),
        (#"{"webhook": {"path": "/hook?key=1"}}"#, Self.webhookPath),
    ])
    func `a mistake is told by its place`(text: String, error: SettingsError) throws {
        #expect(throws: error) { try Self.read(text) }
    }
}
