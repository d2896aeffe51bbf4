import Foundation
import OwnThreads
import Testing
import TillPrograms

/// The code that `swipeline serve` ends with when it does not start: 2 is final for whoever starts
/// it again, so it is kept for what a person must correct.
@Suite(.blocks, .timeLimit(.minutes(3))) struct ServeStartTests {
    /// A service that never starts, in a folder of its own.
    private struct Start {
        let scratch: Scratch
        let emulator: RunningEmulator

        init() throws {
            (scratch, emulator) = (try Scratch(), try RunningEmulator())
        }

        var folder: String { scratch.url.path }

        /// Starts one and waits for its end; `behind` is a program that runs it.
        func run(
            _ arguments: [String] = [], service: [String: Any] = [:], behind: [String] = []
        ) throws -> Programs.Result {
            let configuration = try emulator.configuration(["service": service])
            let words =
                behind + [
                    Programs.folder.appendingPathComponent("swipeline").path, "serve", "--config",
                    configuration, "--journal", "\(folder)/journal", "--socket",
                    "\(folder)/api.sock", "--replay", Programs.fixture(""),
                ] + arguments
            return try Programs.run(words[0], Array(words.dropFirst()))
        }
    }

    @Test func `a socket, a port and a journal that are taken may be free again`() throws {
        let start = try Start()
        let folder = try Scratch()
        let service = try RunningService(
            "--tcp", "--listen-port", "0", folder: folder.url.path,
            configuration: try start.emulator.configuration())
        let port = try #require(service.host?.split(separator: ":").last).description
        for taken in [
            ["--socket", service.socket], ["--tcp", "--listen-port", port],
            ["--journal", service.journal],
        ] {
            let result = try start.run(taken)
            #expect(result.status == 75, "\(taken[0]): \(result.complaint)")
            #expect(result.output.isEmpty)
        }
        #expect(service.end() == 0)
    }

    /// Root of a container may lack the right.
    private static var canMount: Bool {
        (try? Programs.run("/usr/bin/unshare", ["--mount", "/bin/true"]).status) == 0
    }

    @Test(.enabled(if: canMount, "a small disk needs root with the right to mount"))
    func `a full disk may have room again`() throws {
        let start = try Start()
        let script = """
            mount -t tmpfs -o size=64k tmpfs "$0" && mkdir "$0/journal" \
            && ! head -c 1M /dev/zero > "$0/fill" 2> /dev/null && exec "$@"
            """
        let result = try start.run(
            behind: [
                "/usr/bin/timeout", "60", "/usr/bin/unshare", "--mount", "/bin/sh", "-c", script,
                start.folder,
            ])
        #expect(result.status == 75, "\(result.complaint)")
        #expect(result.complaint.contains("the disk"), "\(result.complaint)")
    }

    @Test(arguments: [
        ("allowedUsers", "there is no user"), ("color", "color"), ("socket", "make its folder"),
    ])
    func `a mistake in the configuration stays one`(member: String, words: String) throws {
        let start = try Start()
        let result =
            member == "socket"
            ? try start.run(["--socket", "\(start.folder)/none/api.sock"])
            : try start.run(service: [member: ["nobody-of-that-name"]])
        #expect(result.status == 2, "\(result.complaint)")
        #expect(result.complaint.contains(words), "\(result.complaint)")
    }

    @Test func `a journal's folder that others may write to is refused with its remedy`() throws {
        let start = try Start()
        try FileManager.default.createDirectory(
            atPath: "\(start.folder)/journal", withIntermediateDirectories: false)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o777], ofItemAtPath: "\(start.folder)/journal")
        let result = try start.run()
        #expect(result.status == 2, "\(result.complaint)")
        #expect(result.complaint.contains("run chmod go-w on it"), "\(result.complaint)")
    }
}
