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

/// `swipeline refund`: gives money of a payment back.
internal struct RefundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund", abstract: "Gives a payment back, all of it or a part.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions
    @Option(help: "Dollars with two decimals; without it all of the payment.")
    var amount: String?
    @OptionGroup var confirmation: Confirmation

    func run() throws {
        let part = amount ?? "All"
        try confirmation.ask("\(part) of \(options.reference) is given back.", mustAnswer: false)
        try options.run(.refund, amount: amount)
    }
}

/// What the three have in common.
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
        desk.settle(seconds: max(1, patience))
        try end(desk, operation, of: parent)
    }

    private func end(
        _ desk: LaneDesk, _ operation: JournalOperation, of parent: Attempt
    ) throws {
        let family = try desk.journal.attempts(AttemptQuery(.ticket(parent.ticket)))
        let child = family.filter { $0.parent == parent.sequence && $0.operation == operation }
            .max { $0.sequence < $1.sequence }
        guard let child else { throw Failure("the journal does not show it", .internalFault) }
        if json { try JSONLines.print(AttemptLine(child)) }
        switch child.state {
        case .approved: return
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
