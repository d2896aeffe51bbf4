internal import ArgumentParser
internal import Journal
internal import Values

/// `swipeline capture`: takes what an authorisation reserved.
internal struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture", abstract: "Captures an authorisation, all of it or a part.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions
    @Option(help: "Dollars with two decimals; without it all that was authorised.")
    var amount: AmountArgument?

    func run() throws { try options.followUp.run(.capture, amount: amount?.amount) { nil } }
}

/// `swipeline void`: takes a payment back that is not settled yet.
internal struct VoidCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "Takes a payment back before its batch is settled.",
        discussion: FollowUpOptions.discussion)
    @OptionGroup var options: FollowUpOptions

    func run() throws {
        let followUp = options.followUp
        try followUp.run(.void, amount: nil) { "All of \(followUp.name) is taken back." }
    }
}

/// What captures and voids have in common.
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

    /// What the commands do with them.
    var followUp: FollowUpRun {
        FollowUpRun(
            reference: reference, id: id, gateway: gateway, confirmation: confirmation,
            patience: patience, json: json)
    }
}
