internal import ArgumentParser
internal import Foundation
internal import Journal
internal import Lane
internal import Timeline
internal import Values

/// `swipeline journal`: what a lane remembers.
internal struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Shows, proves and settles what a lane remembers.",
        subcommands: [List.self, Show.self, Verify.self, Reconcile.self, Settle.self, Prune.self])

    /// Opens the journal for reading, beside a lane that may be at work.
    static func reading(_ gateway: GatewayOptions) throws -> Journal {
        let folder = try gateway.journalFolder()
        do throws(JournalFault) { return try Journal.openForReading(folder) } catch {
            throw Failure("\(folder): \(error)", Exit(error))
        }
    }

    /// The latest attempts.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The latest payments.")
        @OptionGroup var gateway: GatewayOptions
        @Option(help: "At most so many.")
        var limit = 20
        @Flag(help: "Only those whose end is not known.")
        var open = false
        @Flag(help: "One JSON object a line on standard output.")
        var json = false

        func run() throws {
            guard limit > 0 else { throw Failure("--limit must be at least 1", .usage) }
            let journal = try reading(gateway)
            let query = AttemptQuery(open ? .open : .all, limit: limit)
            let attempts = try journal.attempts(query)
            if !json {
                Terminal.tell(
                    Terminal.paint(
                        "reference             operation      amount  state       card  ticket",
                        .bold))
            }
            for attempt in attempts {
                if json {
                    try JSONLines.print(AttemptLine(attempt))
                } else {
                    Terminal.tell(Self.row(attempt))
                }
            }
        }

        private static func row(_ attempt: Attempt) -> String {
            attempt.reference.text + "  " + Terminal.pad(attempt.operation.rawValue, 9)
                + Terminal.pad(attempt.amount?.description ?? "-", 12, right: true) + "  "
                + Terminal.pad(attempt.state.rawValue, 12)
                + Terminal.pad(attempt.facts.maskedPAN.lastFour ?? "-", 6) + attempt.ticket.text
        }
    }

    /// One payment and whatever followed it.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One payment, with captures, voids and refunds of it.")
        @Argument(help: "The payment's reference.")
        var reference: String
        @OptionGroup var gateway: GatewayOptions

        func run() throws {
            let journal = try reading(gateway)
            guard let name = PaymentReference(reference),
                let attempt = try journal.attempt(name)
            else { throw Failure("the journal has no payment \(reference)", .usage) }
            let family = try journal.attempts(AttemptQuery(.ticket(attempt.ticket)))
            for one in family.reversed() { try JSONLines.print(AttemptLine(one)) }
        }
    }

    /// Proves the journal.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares the tables with the chain and the chain with its anchor.",
            discussion: "Exit codes: 0 sound, 2 no journal, 70 damaged.")
        @OptionGroup var gateway: GatewayOptions

        func run() throws {
            let journal = try reading(gateway)
            let damages = try journal.verify { _ in }.damages
            guard damages.isEmpty else {
                damages.forEach { Terminal.tell($0.description) }
                throw Failure("the journal is damaged; nothing may be sold by it", .internalFault)
            }
            Terminal.tell("The journal is sound: \(journal.changeCount) changes.")
        }
    }

    /// Works until nothing is open.
    struct Reconcile: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks the gateway about every payment whose end is not known, and compares.",
            discussion: "Exit codes: 0 nothing is open, 4 something still is.")
        @OptionGroup var gateway: GatewayOptions
        @Option(help: "Seconds to keep asking; the rule for \"not charged\" takes 230 at least.")
        var patience = 300

        func run() throws {
            let desk = try LaneDesk(try gateway.target(emulatorDirectory: nil))
            desk.lane.sweepSoon()
            for _ in 0..<64 {
                guard let next = desk.lane.nextWork, next <= desk.time.now() else { break }
                _ = desk.lane.workOnce()
                desk.tellNews()
            }
            desk.settle(seconds: max(1, patience))
            let open = desk.lane.open
            for attempt in open {
                Terminal.tell(
                    "\(attempt.reference): \(attempt.operation.rawValue) is still open"
                        + (attempt.facts.reason.map { ": \($0)" } ?? ""))
            }
            if !open.isEmpty { throw Exit.inDoubt }
            Terminal.tell("Nothing is open.")
        }
    }

    /// An operator's word.
    struct Settle: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An operator says what became of a payment in doubt; it is kept for good.")
        @Argument(help: "The payment's reference.")
        var reference: String
        @Option(help: "It is charged, under this transaction id of the gateway.")
        var charged: String?
        @Flag(help: "It is not charged.")
        var notCharged = false
        @Option(help: "How the operator knows that it is not charged.")
        var reason: String?
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var gateway: GatewayOptions

        func run() throws {
            let verdict = try verdict()
            let desk = try LaneDesk(try gateway.target(emulatorDirectory: nil))
            let attempt = try desk.attempt(reference)
            try confirmation.ask(
                "This settles \(attempt.reference) for good, whatever the gateway holds. If it is "
                    + "wrong, a customer pays twice or the shop not at all.", mustAnswer: false)
            desk.lane.settle(attempt, verdict)
            for item in desk.takeNews() {
                if case .refused(let refusal) = item {
                    throw Failure(refusal.description, .refusedByPolicy)
                }
                if let line = NewsWords(item).line { Terminal.tell(line) }
            }
        }

        private func verdict() throws -> LaneEvent.OperatorVerdict {
            switch (charged, notCharged, reason) {
            case (let id?, false, nil):
                guard (1...32).contains(id.utf8.count),
                    id.utf8.allSatisfy({
                        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                            || (0x61...0x7A).contains($0)
                    })
                else {
                    throw Failure("--charged takes a transaction id of letters and digits", .usage)
                }
                return .charged(transactionID: id)
            case (nil, true, let reason?) where !reason.isEmpty:
                return .notCharged(reason: reason)
            default:
                throw Failure(
                    "say either --charged ID or --not-charged --reason TEXT", .usage)
            }
        }
    }

    /// Takes old payments out.
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes payments out that are older than the retention; at least 366 days.")
        @OptionGroup var gateway: GatewayOptions
        @Option(help: "How many days are kept.")
        var keepDays = Journal.retentionDaysMinimum

        func run() throws {
            guard keepDays >= Journal.retentionDaysMinimum else {
                throw Failure(
                    "--keep-days is at least \(Journal.retentionDaysMinimum)", .usage)
            }
            let target = try gateway.journalTarget()
            do throws(JournalFault) {
                let journal = try Journal.open(target.folder, lane: target.lane)
                let now = WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
                let count = try journal.prune(keepingDays: keepDays, now: now)
                Terminal.tell("\(count) payments were taken out.")
            } catch { throw Failure(error.description, Exit(error)) }
        }
    }
}
