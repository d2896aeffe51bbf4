internal import ArgumentParser
internal import HotPath
internal import Journal
internal import PayHub
internal import Readers
internal import Secrets
internal import Values

/// `swipeline sale`: a payment with the attached reader.
internal struct SaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sale",
        abstract: "Takes one payment with the attached reader, a keyed card or a token.",
        discussion: AttachedPayment.discussion)

    @OptionGroup var payment: AttachedPayment

    func run() throws { try payment.run(as: .sale) }
}

/// `swipeline authorize`: an authorisation with the attached reader.
internal struct AuthorizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize",
        abstract: "Authorises one payment, to be captured later.",
        discussion: AttachedPayment.discussion)

    @OptionGroup var payment: AttachedPayment

    func run() throws { try payment.run(as: .authOnly) }
}

/// `swipeline verify`: looks at a card with the attached reader; no money moves.
internal struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies a card, swiped, keyed or by its token; no money moves.",
        discussion: AttachedPayment.discussion)

    @OptionGroup var reading: AttachedReading

    func run() throws { try reading.run(as: .verify, amount: try Amount(cents: 1), ticket: nil) }
}

/// What sale and authorize have in common.
internal struct AttachedPayment: ParsableArguments {
    static let discussion = """
        The payment is in the lane's journal before the card is swiped, and an earlier one whose \
        end is not known is asked about first. Exit codes: 0 approved, 1 declined, 2 usage or \
        configuration, 4 in doubt, 5 reader or gateway unreachable, 6 refused by policy, 7 refused \
        by the gateway.
        """

    @Option(help: "Dollars with two decimals, for example 12.75.")
    var amount: String
    @Option(help: "What the till calls it, 1 to 64 letters, digits and -_.:/#; made up without it.")
    var ticket: String?
    @OptionGroup var reading: AttachedReading

    func run(as operation: PaymentOperation) throws {
        let wanted = try Self.wanted(amount, ticket)
        try reading.run(as: operation, amount: wanted.amount, ticket: wanted.ticket)
    }

    /// Amount and ticket as they were typed.
    /// - Throws: ``Failure`` with exit code 2.
    static func wanted(
        _ text: String, _ ticket: String?
    ) throws -> (amount: Amount, ticket: Ticket?) {
        let amount: Amount
        do { amount = try Amount(parsing: text) } catch {
            throw Failure("--amount: \(error)", .usage)
        }
        guard let ticket else { return (amount, nil) }
        guard let name = Ticket(ticket) else {
            throw Failure(
                "--ticket takes 1 to 64 letters, digits and -_.:/# and no card number", .usage)
        }
        return (amount, name)
    }
}

/// A payment, or a verification, with the attached reader.
internal struct AttachedReading: ParsableArguments {
    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var reader: ReaderOptions
    @OptionGroup var realTime: RealTimeOption
    @OptionGroup(title: "Card that is not swiped") var card: CardOptions
    @OptionGroup(title: "Customer, needed with a card that is not swiped") var who: CustomerOptions
    @Flag(help: "The same card for the same amount a moment ago is meant.")
    var allowDuplicate = false
    @Option(help: "Seconds to wait for a card.")
    var cardSeconds = 120
    @Option(help: "Seconds to keep asking the gateway when the outcome is in doubt.")
    var patience = 10
    @Flag(help: "One JSON object a line on standard output.")
    var json = false

    func run(as operation: PaymentOperation, amount: Amount, ticket: Ticket?) throws {
        let emulator = gateway.emulator ? try EmulatorProcess() : nil
        defer { emulator?.stop() }
        try realTime.apply()
        let target = try gateway.target(emulatorDirectory: emulator?.directory)
        let wish = PaymentRun.Wish(
            operation: operation, amount: amount, ticket: ticket,
            allowsDuplicate: allowDuplicate)
        // A person types before the lane is armed, so that nothing waits for it.
        let inHand = card.isGiven ? try card.card(on: .today) : nil
        var run = try PaymentRun(target)
        let line =
            if let inHand { try take(wish, with: inHand, &run) } else {
                try swipe(wish, &run)
            }
        var exit = Exit(line.report.outcome)
        if exit == .inDoubt {
            run.settle(seconds: max(0, patience))
            if let attempt = try run.attempt(line.reference) { exit = Exit(attempt) }
        }
        if exit != .approved { throw exit }
    }

    private func take(
        _ wish: PaymentRun.Wish, with card: CardInHand, _ run: inout PaymentRun
    ) throws -> PaymentRun.Line {
        let line = try run.take(wish, with: card, try details())
        try tell(line)
        return line
    }

    private func details() throws -> OrderDetails {
        var details = OrderDetails()
        details.customer = try who.isGiven ? who.customer() : nil
        return details
    }

    private func swipe(
        _ wish: PaymentRun.Wish, _ run: inout PaymentRun
    ) throws -> PaymentRun.Line {
        guard !who.isGiven || wish.operation == .refund else {
            throw Failure("a customer goes with a card that is keyed, or with a token", .usage)
        }
        let attached = try AttachedReader(reader)
        defer { attached.close() }
        attached.stop(afterSeconds: cardSeconds)
        var last: PaymentRun.Line?
        let outcome = try run.take(wish, try details(), from: attached) { line in
            last = line
            try tell(line)
        }
        guard outcome != nil, let last else {
            throw Failure("ended before a card was swiped; nothing was sent", .unreachable)
        }
        return last
    }

    private func tell(_ line: PaymentRun.Line) throws {
        if json {
            try JSONLine(line).print()
        } else {
            PaymentTable.row(line).forEach(Terminal.tell)
        }
    }
}
