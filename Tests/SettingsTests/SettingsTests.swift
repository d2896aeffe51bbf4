import Foundation
import Settings
import Testing

/// The configuration's file, strict about what it does not know.
@Suite struct SettingsTests {
    private func read(_ text: String) throws -> Settings {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("swipeline.json")
        try Data(text.utf8).write(to: file)
        var settings = try Settings(contentsOf: folder.path)
        // Paths are relative to the folder, which has a new name each time.
        settings.tokenFile = settings.tokenFile?.replacing(folder.path, with: "FOLDER")
        settings.certificateAuthority = settings.certificateAuthority?
            .replacing(folder.path, with: "FOLDER")
        return settings
    }

    @Test func `every member is read, and paths are relative to the file`() throws {
        let settings = try read(
            """
            {"gateway": "https://localhost", "ca": "ca.pem", "tokenFile": "/etc/token",
            "organization": 1, "terminal": 0, "encryptedTrack": "hexUpper",
            "policy": {"chipCard": "refuse"}}
            """)
        #expect(settings.gateway == "https://localhost")
        #expect(settings.certificateAuthority == "FOLDER/ca.pem")
        #expect(settings.tokenFile == "/etc/token")
        #expect(settings.organization == 1 && settings.terminal == 0)
        #expect(settings.encryptedTrack == "hexUpper")
        #expect(settings.policy == ["chipCard": "refuse"])
    }

    @Test(arguments: [
        (#"{"organization": "1"}"#, SettingsError.wrongType(key: "organization")),
        (#"{"organization": true}"#, .wrongType(key: "organization")),
        (#"{"organization": -1}"#, .wrongType(key: "organization")),
        (#"{"policy": {"luhn": 1}}"#, .wrongType(key: "policy.luhn")),
    ])
    func `what is of another kind is refused by its place`(
        text: String, error: SettingsError
    ) {
        #expect(throws: error) { try read(text) }
    }

    @Test func `what is unknown is refused with the names that are known there`() {
        for (text, key, known) in [
            (#"{"organisation": 1}"#, "\"organisation\"", "gateway, ca, tokenFile"),
            (#"{"service": {"tpc": true}}"#, "\"service.tpc\"", "allowedGroups, allowedUsers"),
            (
                #"{"service": {"page": {"enable": true}}}"#, "\"service.page.enable\"",
                "are enabled, language, origins"
            ),
        ] {
            let error = #expect(throws: SettingsError.self) { try read(text) }
            #expect(error?.description.contains(key) == true)
            #expect(error?.description.contains(known) == true)
        }
    }

    @Test(arguments: ["", "[]", "{", "gateway"])
    func `what is no JSON object is refused`(text: String) throws {
        #expect(throws: SettingsError.self) { try read(text) }
    }

    @Test func `the later source wins, member by member`() throws {
        var file = Settings()
        file.gateway = "https://file"
        file.organization = 1
        file.policy = ["luhn": "off", "brand": "warn"]
        var flags = Settings()
        flags.gateway = "https://flag"
        flags.policy = ["luhn": "refuse"]
        let merged = file.overridden(by: flags)
        #expect(merged.gateway == "https://flag")
        #expect(merged.organization == 1)
        #expect(merged.policy == ["luhn": "refuse", "brand": "warn"])
    }

    @Test func `a token in the environment is refused, a file's name is taken`() throws {
        #expect(throws: SettingsError.tokenInEnvironment) {
            try Settings(environment: ["SWIPELINE_TOKEN": "x"])
        }
        let settings = try Settings(environment: ["SWIPELINE_TOKEN_FILE": "/token"])
        #expect(settings.tokenFile == "/token")
        #expect(throws: SettingsError.wrongType(key: "SWIPELINE_TERMINAL")) {
            try Settings(environment: ["SWIPELINE_TERMINAL": "two"])
        }
    }
}
