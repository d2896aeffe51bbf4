import Foundation
import Testing

/// What the manual and the completions are made of.
@Suite struct ManualTests {
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
        guard shell == "bash" else { return }
        let scratch = try Scratch()
        let file = try scratch.write(script.output, as: "completion.bash")
        let checked = try Programs.run("/bin/bash", ["-n", file])
        #expect(checked.status == 0 && checked.complaint.isEmpty, "\(checked.complaint)")
        withExtendedLifetime(scratch) {}
    }
}
