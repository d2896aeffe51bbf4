internal import Foundation

/// The programs as a new user runs them.
internal enum CommandChecks {
    static let all = [
        Check("the programs of this build run in the guest", replay),
        Check("the unmodified test bundle runs in the guest", bundle),
    ]

    /// The suites that are quick enough for an imitated processor.
    private static let suites = [
        "ReplayContractTests", "HIDReportDescriptorTests", "SecretArenaTests",
    ]

    private static func bundle(_ bench: Bench) throws {
        let said = try Program.succeed(
            bench.path("swipelinePackageTests.xctest"),
            ["--testing-library", "swift-testing"] + suites.flatMap { ["--filter", $0] })
        for suite in suites {
            try require(said.contains("Suite \(suite) passed"), "it said: \(said.suffix(300))")
        }
    }

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
