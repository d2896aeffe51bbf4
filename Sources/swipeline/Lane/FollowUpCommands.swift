internal import ArgumentParser
internal import Journal
internal import Lane
internal import Values

/// `swipeline capture`: takes what an authorisation reserved.
internal struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture", abstract: "Captures an authorisation, all of it or a part.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions
    @Option(help: "Dollars with two decimals; without it all that was authorised.")
    var amount: String?

    func run() throws { try options.run(.capture, amount: amount) }
}

/// `swipeline void`: takes a payment back that is not settled yet.
internal struct VoidCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "Takes a payment back before its batch is settled.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions
    @OptionGroup var confirmation: Confirmation

    func run() throws {
        try confirmation.ask("All of \(options.reference) is taken back.", mustAnswer: false)
        try options.run(.void, amount: nil)
    }
}

/// What captures and voids have in common.
internal struct FollowUpOptions: ParsableArguments {
    static let discussion = """
        The payment is named by its reference, which `swipeline journal list` shows. Exit codes: \
        0 done, 2 usage, 4 not known yet (it goes on with the next run, or with journal \
        reconcile), 6 not possible, 7 refused by the gateway.
        """

    @Argument(help: "The payment's reference, SW and 18 more characters.")
    var reference: String
    @OptionGroup var gateway: GatewayOptions
    @Option(help: "Seconds to keep asking while the end is not known.")
    var patience = 10
    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run(_ operation: JournalOperation, amount: String?) throws {
        let run = FollowUpRun(
            reference: reference, gateway: gateway, patience: patience, json: json)
        try run.run(operation, amount: amount)
    }
}

/// A capture, void or refund of a payment that the journal has, to its end or as far as it comes.
internal struct FollowUpRun {
    let reference: String
    let gateway: GatewayOptions
    let patience: Int
    let json: Bool

    func run(_ operation: JournalOperation, amount text: String?) throws {
        var amount: Amount?
        if let text {
            do { amount = try Amount(parsing: text) } catch {
                throw Failure("--amount: \(error)", .usage)
            }
        }
        let desk = try LaneDesk(try gateway.target(emulatorDirectory: nil))
        let parent = try desk.attempt(reference)
        do { try desk.lane.followUp(operation, of: parent, amount: amount) } catch {
            throw Failure(error.description, .internalFault)
        }
        for case .refused(let refusal) in desk.takeNews() {
            throw Failure(refusal.description, .refusedByPolicy)
        }
        try desk.settle(seconds: max(1, patience)) {
            let child = try child(of: parent, operation, at: desk)
            let isOpen = try desk.journal.attempt(parent.sequence)?.state.isEnd == false
            return child?.state.isEnd == true && !isOpen
        }
        try end(desk, operation, of: parent)
    }

    private func child(
        of parent: Attempt, _ operation: JournalOperation, at desk: LaneDesk
    ) throws -> Attempt? {
        let family = try desk.journal.attempts(AttemptQuery(.ticket(parent.ticket)))
        return family.filter { $0.parent == parent.sequence && $0.operation == operation }
            .max { $0.sequence < $1.sequence }
    }

    private func end(
        _ desk: LaneDesk, _ operation: JournalOperation, of parent: Attempt
    ) throws {
        guard let child = try child(of: parent, operation, at: desk) else {
            throw Failure("the journal does not show it", .internalFault)
        }
        if json { try JSONLines.print(AttemptLine(child)) }
        switch child.state {
        case .approved:
            guard try desk.journal.attempt(parent.sequence)?.state == .reversing else { return }
            Terminal.tell(
                "\(parent.reference): taken back, the gateway says; the next run, or swipeline "
                    + "journal reconcile, looks once more whether a copy of it is left")
        case .rejected: throw Exit.refusedByGateway
        case .notCharged, .notSent: throw Exit.unreachable
        default:
            Terminal.tell(
                "\(child.reference): not known yet; it goes on with the next run, or with "
                    + "swipeline journal reconcile")
            throw Exit.inDoubt
        }
    }
}
