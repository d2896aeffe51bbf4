internal import Advice
internal import ArgumentParser
internal import Foundation
internal import HotPath
internal import PayHub
internal import Recordings
internal import Values

/// `swipeline replay`: recorded swipes as payments.
internal struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replays recorded swipes as sales or authorisations.",
        discussion: """
            Exit codes: 0 approved, 1 declined, 2 usage or configuration, 3 bad read, 4 in doubt, \
            5 unreachable, 6 refused by policy, 7 refused by the gateway. Of several payments the \
            first that applies of 4 5 7 3 6 1 0.
            """)

    @Argument(help: "Recordings in the hid-recorder format.")
    var files: [String]
    @Option(help: "Dollars with two decimals, for example 12.75.")
    var amount: String
    @Option(help: "sale, authOnly or verify (which sends no amount).")
    var operation: Operation = .sale
    @Option(help: "recorded (as it was swiped) or none (at full speed).")
    var pace: Pace = .none
    @Option(name: .customLong("repeat"), help: "How often to replay all files.")
    var repetitions = 1
    @OptionGroup(title: "Bill") var details: DetailOptions
    @OptionGroup(title: "Customer, whom track 1 may name") var who: CustomerOptions
    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var realTime: RealTimeOption
    @Flag(help: "One JSON object a line on standard output.")
    var json = false

    enum Operation: String, ExpressibleByArgument, CaseIterable {
        case sale
        case authOnly
        case verify

        var paymentOperation: PaymentOperation {
            switch self {
            case .sale: .sale
            case .authOnly: .authOnly
            case .verify: .verify
            }
        }
    }

    enum Pace: String, ExpressibleByArgument, CaseIterable {
        case recorded
        case none

        var replayPace: ReplayPace { self == .recorded ? .recorded : .fullSpeed }
    }

    func run() throws {
        let amount: Amount
        do { amount = try Amount(parsing: self.amount) } catch {
            throw Failure("--amount: \(error)", .usage)
        }
        guard repetitions > 0 else { throw Failure("--repeat must be at least 1", .usage) }
        var wish = PaymentRun.Wish(
            operation: operation.paymentOperation, amount: amount, details: details.details)
        if who.isGiven { wish.details.customer = try who.customer() }
        try wish.check(isSwiped: true)
        let emulator = gateway.emulator ? try EmulatorProcess() : nil
        defer { emulator?.stop() }
        try realTime.apply()
        var run = try PaymentRun(try gateway.target(emulatorDirectory: emulator?.directory))
        let recordings = try run.read(files)
        if !json { Terminal.tell(PaymentTable.head) }
        var exits: [Exit] = []
        do {
            for _ in 0..<repetitions {
                for recording in recordings {
                    try run.replay(recording, wish, pace: pace.replayPace) { line in
                        exits.append(Exit(line.report.outcome))
                        try tell(line)
                    }
                }
            }
        } catch {
            run.disarm()
            let exit = Swipeline.explain(error)
            throw exits.contains(.inDoubt) ? Exit.inDoubt : exit
        }
        run.disarm()
        let worst = Exit.worst(of: exits)
        if worst != .approved { throw worst }
    }

    private func tell(_ line: PaymentRun.Line) throws {
        if json {
            try JSONLine(line).print()
        } else {
            PaymentTable.row(line).forEach(Terminal.tell)
        }
    }
}
