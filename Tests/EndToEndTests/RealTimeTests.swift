import Foundation
import OwnThreads
import Testing
import TillPrograms

/// `--realtime`: granted whole, or refused with the right that is missing.
@Suite(.blocks) struct RealTimeTests {
    private static let payment =
        "replay Fixtures/clear-visa.hid --amount 12.75 --emulator --realtime --json"

    @Test(arguments: [
        ("ulimit -l 4096; ulimit -r 0", "-ipc_lock,-sys_nice", "RLIMIT_MEMLOCK"),
        ("ulimit -l unlimited; ulimit -r 0", "-sys_nice", "CAP_SYS_NICE"),
    ])
    func `is refused by name, and nothing is charged`(
        limits: String, without: String, right: String
    ) throws {
        let result = try run(limits, without)
        #expect(result.status == 2, "\(result.complaint)")
        #expect(result.output.isEmpty)
        // Who is not root may be unable to raise the first limit, and is refused by that.
        let told = geteuid() == 0 ? right : "--realtime may not"
        #expect(result.complaint.contains(told), "\(result.complaint)")
    }

    @Test func `pays as well under real-time scheduling, where that is permitted`() throws {
        let result = try run("true", nil)
        let isPermitted = result.status == 0
        #expect(isPermitted || result.complaint.contains("--realtime may not"))
        if isPermitted { #expect(result.lines.first?["outcome"] as? String == "approved") }
    }

    /// Runs under a shell's limits; as root the capabilities are taken away besides.
    private func run(_ limits: String, _ without: String?) throws -> Programs.Result {
        let swipeline = Programs.folder.appendingPathComponent("swipeline").path
        let command = "\(limits); exec '\(swipeline)' \(Self.payment)"
        guard let without, geteuid() == 0 else {
            return try Programs.run("/bin/sh", ["-c", command])
        }
        return try Programs.run(
            "/usr/bin/setpriv",
            [
                "--inh-caps", without, "--bounding-set", without, "/bin/sh", "-c", command,
            ])
    }
}
