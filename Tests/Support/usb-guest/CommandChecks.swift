internal import Foundation

/// The programs as a new user runs them.
internal enum CommandChecks {
    static let all = [
        Check("the programs of this build run in the guest", replay)
    ]

    private static func replay(_ bench: Bench) throws {
        let gateway = try Gateway(bench)
        let said = try Program.succeed(
            bench.path("swipeline"),
            [
                "replay", bench.project.path + "/Fixtures/clear-visa.hid", "--amount", "12.75",
                "--config", gateway.configuration, "--json",
            ])
        try require(said.contains("\"outcome\":\"approved\""), "it said: \(said)")
    }
}
