import Foundation
import OwnThreads
import Testing
import TillPrograms

/// What the manual and the completions are made of.
@Suite(.blocks) struct ManualTests {
    @Test(arguments: ["swipeline", "swipeline-emulator"])
    func `every command and every flag says what it is for`(_ program: String) throws {
        let dumped = try Programs.run(program, ["--experimental-dump-help"])
        #expect(dumped.status == 0)
        let help = try JSONSerialization.jsonObject(with: Data(dumped.output.utf8))
        let root = try #require((help as? [String: Any])?["command"] as? [String: Any])
        #expect(Self.silent(root, "") == [])
    }

    /// Commands and arguments without a word of help.
    private static func silent(_ command: [String: Any], _ path: String) -> [String] {
        let name = "\(path) \(command["commandName"] ?? "")"
        let own = command["abstract"] as? String ?? ""
        let arguments = command["arguments"] as? [[String: Any]] ?? []
        let mute = arguments.filter {
            ($0["abstract"] as? String ?? "").isEmpty && $0["shouldDisplay"] as? Bool == true
        }
        let commands = command["subcommands"] as? [[String: Any]] ?? []
        return (own.isEmpty ? [name] : []) + mute.map { "\(name): \($0["valueName"] ?? "")" }
            + commands.filter { $0["commandName"] as? String != "help" }
            .flatMap { silent($0, name) }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell's completion knows the commands`(_ shell: String) throws {
        let script = try Programs.swipeline("--generate-completion-script", shell)
        #expect(script.status == 0)
        for word in ["report", "recurring", "card-token-file", "authOnly", "address-required"] {
            #expect(script.output.contains(word), "\(word)")
        }
    }

    /// The pages of this build, as `make man` writes them.
    @Test(.enabled(if: isBuilt("generate-manual"), "make test builds generate-manual first"))
    func `every page of the manual is one that man and groff read without a word`() throws {
        let scratch = try Scratch()
        let folder = scratch.url.appendingPathComponent("manual").path
        let written = try Programs.run(
            Programs.project.appendingPathComponent("Tools/write-manual").path,
            [Programs.folder.path, folder])
        #expect(written.status == 0, "\(written.complaint)")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".1") }.sorted()
        #expect(pages.count > 40 && pages.contains("swipeline-recurring-create.1"))
        for page in pages {
            let path = "\(folder)/\(page)"
            let set = try Programs.run("/usr/bin/groff", ["-ww", "-mandoc", "-Tutf8", path])
            #expect(set.status == 0 && set.complaint.isEmpty, "\(page): \(set.complaint)")
        }
        let shown = try Programs.run(
            "/usr/bin/man", ["-l", "\(folder)/swipeline-refund.1"],
            environment: ["MANWIDTH": "80", "MANPAGER": "cat", "LC_ALL": "C.UTF-8"])
        #expect(shown.status == 0 && shown.complaint.isEmpty, "\(shown.complaint)")
        for words in ["NAME", "SWIPELINE-REFUND(1)", "--amount", "--id", "Exit codes"] {
            #expect(shown.output.contains(words), "\(words)")
        }
        withExtendedLifetime(scratch) {}
    }

    static func isBuilt(_ program: String) -> Bool {
        FileManager.default.isExecutableFile(
            atPath: Programs.folder.appendingPathComponent(program).path)
    }
}
