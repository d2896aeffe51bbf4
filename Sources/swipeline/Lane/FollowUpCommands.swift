internal import ArgumentParser
internal import Journal
internal import Lane
internal import PayHub
internal import Values

/// `swipeline capture`: takes what an authorisation reserved.
internal struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture", abstract: "Captures an authorisation, all of it or a part.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions
    @Option(help: "Dollars with two decimals; without it all that was authorised.")
    var amount: AmountArgument?

    func run() throws { try options.run(.capture, amount: amount?.amount) { nil } }
}

/// `swipeline void`: takes a payment back that is not settled yet.
internal struct VoidCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "Takes a payment back before its batch is settled.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions

    func run() throws {
        try options.run(.void, amount: nil) { "All of \(options.name) is taken back." }
    }
}

/// `swipeline refund`: gives money of a payment back.
internal struct RefundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund", abstract: "Gives a payment back, all of it or a part.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions
    @Option(help: "Dollars with two decimals; without it all of the payment.")
    var amount: AmountArgument?

    func run() throws {
        let part = amount.map { "\($0.amount)" } ?? "All"
        try options.run(.refund, amount: amount?.amount) {
            "\(part) of \(options.name) is given back."
        }
    }
}

/// What the three have in common.
internal struct FollowUpOptions: ParsableArguments {
    static let discussion = """
        The payment is named by its reference, which `swipeline journal list` shows, or, if \
        another lane or program made it, by the gateway's id (--id), which `swipeline \
        transactions list` shows. Exit codes: 0 done, 2 usage, 4 not known yet (it goes on with \
        the next run, or with journal reconcile), 5 unreachable, 6 not possible, 7 refused by \
        the gateway.
        """

    @Argument(help: "The payment's reference, SW and 18 more characters.")
    var reference: String?
    @Option(help: "The gateway's id of a transaction, in place of the reference.")
    var id: GatewayID?
    @OptionGroup var gateway: GatewayOptions
    @Option(help: "Seconds to keep asking while the end is not known.")
    var patience = 10
    @OptionGroup var confirmation: Confirmation
    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        guard (reference == nil) != (id == nil) else {
            throw ValidationError("name the payment by its reference, or by --id ID")
        }
    }

    /// What the payment is called in a question.
    var name: String { reference ?? "transaction \(id?.id.text ?? "")" }

    /// Does it and waits for its end. What `question` gives is asked first; for a transaction that
    /// the journal does not hold somebody has to answer, or `--yes` be given.
    func run(
        _ operation: JournalOperation, amount: Amount?, question: () -> String?
    ) throws {
        let target = try gateway.target(emulatorDirectory: nil)
        if let reference {
            try ask(question, mustAnswer: false)
            let desk = try LaneDesk(target)
            try followUp(operation, of: try desk.attempt(reference), amount, desk)
        } else if let id = id?.id {
            let desk = try LaneDesk(target)
            if let own = try desk.attempt(ofTransaction: id) {
                Terminal.tell("Transaction \(id.text) is payment \(own.reference) of this lane.")
                try ask(question, mustAnswer: false)
                try followUp(operation, of: own, amount, desk)
            } else {
                let found = try desk.transaction(id, at: target)
                try found.check(operation, amount)
                let part = amount.map { "\($0)" } ?? "all"
                try confirmation.ask(
                    "The \(found.words) is not in this lane's journal: "
                        + "\(operation.rawValue) of \(part).")
                try followUp(operation, of: found, amount, desk)
            }
        }
    }

    private func ask(_ question: () -> String?, mustAnswer: Bool) throws {
        if let words = question() { try confirmation.ask(words, mustAnswer: mustAnswer) }
    }

    private func followUp(
        _ operation: JournalOperation, of parent: Attempt, _ amount: Amount?, _ desk: LaneDesk
    ) throws {
        do { try desk.lane.followUp(operation, of: parent, amount: amount) } catch {
            throw Failure(error.description, .internalFault)
        }
        try wait(desk)
        try end(desk, operation, parent.ticket) { $0.parent == parent.sequence }
    }

    private func followUp(
        _ operation: JournalOperation, of found: OutsideTransaction, _ amount: Amount?,
        _ desk: LaneDesk
    ) throws {
        let remark = "\(operation.rawValue) by the gateway's id of \(found.words), not of this lane"
        guard
            let wish = LaneEvent.Outside(
                operation, ofTransaction: found.id.text, amount: amount, remark: remark)
        else { throw Failure("--id: the journal cannot keep this id", .usage) }
        do { try desk.lane.followUp(wish) } catch {
            throw Failure(error.description, .internalFault)
        }
        try wait(desk)
        try end(desk, operation, wish.ticket) { $0.isOutside }
    }

    private func wait(_ desk: LaneDesk) throws {
        for case .refused(let refusal) in desk.takeNews() {
            throw Failure(refusal.description, .refusedByPolicy)
        }
        desk.settle(seconds: max(1, patience))
    }

    private func end(
        _ desk: LaneDesk, _ operation: JournalOperation, _ ticket: Ticket,
        where isMeant: (Attempt) -> Bool
    ) throws {
        let family = try desk.journal.attempts(AttemptQuery(.ticket(ticket), limit: .max))
        let child = family.filter { isMeant($0) && $0.operation == operation }
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
