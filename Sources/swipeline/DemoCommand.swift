internal import ArgumentParser
internal import Foundation
internal import Histogram
internal import HotPath
internal import Timeline
internal import Values

/// `swipeline demo`: the whole way on one machine, with no reader and no account.
internal struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Replays every recorded swipe against the emulator and shows what happens.")

    @Option(help: "The folder of recordings.")
    var fixtures = "Fixtures"
    @Option(help: "How many more swipes to time.")
    var swipes = 300
    @OptionGroup var realTime: RealTimeOption

    func run() throws {
        let names = try recordings()
        let emulator = try EmulatorProcess()
        defer { emulator.stop() }
        try realTime.apply()
        let options = try GatewayOptions.parse(["--emulator"])
        var run = try PaymentRun(try options.target(emulatorDirectory: emulator.directory))
        let files = try run.read(names)
        Terminal.tell("Every recording as a sale, and three as an authorisation:\n")
        Terminal.tell(PaymentTable.head)
        var tally: [String: Int] = [:]
        let plan =
            files.map { ($0, PaymentOperation.sale) }
            + files.filter { Self.isGood($0.file) }.prefix(3).map { ($0, .authOnly) }
        for (recording, operation) in plan {
            if operation == .authOnly, tally["authOnly"] == nil {
                Terminal.tell(Terminal.paint("authorisations", .bold))
                tally["authOnly"] = 0
            }
            let wish = PaymentRun.Wish(
                operation: operation, amount: try Self.amount(for: recording.file))
            try run.replay(recording, wish) { line in
                tally[OutcomeWords(line.report.outcome).name, default: 0] += 1
                PaymentTable.row(line).forEach(Terminal.tell)
            }
        }
        tally["authOnly"] = nil
        run.disarm()
        let told = tally.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        Terminal.tell("\n" + told.joined(separator: ", ") + ".")
        try time(&run, files.filter { Self.isGood($0.file) })
    }

    /// More swipes of the good recordings, and how long each stage took.
    private func time(_ run: inout PaymentRun, _ files: [RecordedSwipes]) throws {
        guard swipes > 0, !files.isEmpty else { return }
        var histograms = StageHistograms()
        var done = 0
        while done < swipes {
            let wish = PaymentRun.Wish(operation: .sale, amount: try Amount(cents: 1275))
            try run.replay(files[done % files.count], wish) { line in
                histograms.record(line.report.stages)
                done += 1
            }
        }
        Terminal.tell("\nStage times of \(done) more swipes, in microseconds:\n")
        histograms.table.forEach(Terminal.tell)
        Terminal.tell(
            "\nOurs are hand-off, decode, build and send; 1st byte and answer are the emulator's "
                + "and the kernel's.")
    }

    private func recordings() throws -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: fixtures) else {
            throw Failure(
                "there is no folder \(fixtures): run this in the project's folder, or give "
                    + "--fixtures FOLDER", .usage)
        }
        let files = names.filter { $0.hasSuffix(".hid") }.sorted().map { "\(fixtures)/\($0)" }
        guard !files.isEmpty else {
            throw Failure("the folder \(fixtures) has no .hid recordings", .usage)
        }
        return files
    }

    /// The gateway's test table declines one Visa card at 0.01 and one MasterCard at 0.20.
    private static func amount(for file: String) throws -> Amount {
        if file.contains("visa-decline") { return try Amount(cents: 1) }
        if file.contains("mastercard-decline") { return try Amount(cents: 20) }
        return try Amount(cents: 1275)
    }

    private static func isGood(_ file: String) -> Bool {
        let name = URL(fileURLWithPath: file).lastPathComponent
        return [
            "clear-visa.hid", "keyboard-visa.hid", "encrypted-visa.hid", "magtek-clear-visa.hid",
            "magtek-encrypted-visa.hid",
        ]
        .contains(name)
    }
}
