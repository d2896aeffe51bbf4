internal import ArgumentParser
internal import PayHub
internal import Readers
internal import Secrets
internal import Values

/// `swipeline sale`: a payment with the attached reader.
internal struct SaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sale",
        abstract: "Takes one payment with the attached reader.",
        discussion: AttachedPayment.discussion)

    @OptionGroup var payment: AttachedPayment

    func run() throws { try payment.run(as: .sale) }
}

/// `swipeline authorize`: an authorisation with the attached reader.
internal struct AuthorizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize",
        abstract: "Authorises one payment with the attached reader, to be captured later.",
        discussion: AttachedPayment.discussion)

    @OptionGroup var payment: AttachedPayment

    func run() throws { try payment.run(as: .authOnly) }
}

/// What both have in common.
internal struct AttachedPayment: ParsableArguments {
    static let discussion = """
        Only a gateway on this machine is taken: there is no journal yet that would know a payment \
        again after a crash. Exit codes: 0 approved, 1 declined, 2 usage or configuration, 4 in \
        doubt, 5 reader or gateway unreachable, 6 refused by policy, 7 refused by the gateway.
        """

    @Option(help: "Dollars with two decimals, for example 12.75.")
    var amount: String
    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var reader: ReaderOptions
    @OptionGroup var realTime: RealTimeOption
    @Flag(help: "One JSON object a line on standard output.")
    var json = false

    func run(as operation: PaymentOperation) throws {
        let amount: Amount
        do { amount = try Amount(parsing: self.amount) } catch {
            throw Failure("--amount: \(error)", .usage)
        }
        let emulator = gateway.emulator ? try EmulatorProcess() : nil
        defer { emulator?.stop() }
        try realTime.apply()
        let target = try gateway.target(emulatorDirectory: emulator?.directory)
        guard target.endpoint.isLoopback else {
            throw Failure(
                "\(target.endpoint.host) is not on this machine, and there is no journal yet that "
                    + "would know a payment again after a crash: use the emulator", .usage)
        }
        var run = try PaymentRun(target)
        let attached = try AttachedReader(reader)
        defer { attached.close() }
        let outcome = try run.take(from: attached, as: operation, amount: amount) { line in
            if json {
                try JSONLine(line).print()
            } else {
                PaymentTable.row(line).forEach(Terminal.tell)
            }
        }
        guard let outcome else {
            throw Failure("ended before a card was swiped; nothing was charged", .unreachable)
        }
        let exit = Exit(outcome)
        if exit != .approved { throw exit }
    }
}
