internal import ArgumentParser
internal import Journal
internal import PayHub
internal import Values

/// `swipeline refund`: gives money of a payment back, or, without a payment, to a card.
internal struct RefundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund",
        abstract: "Gives a payment back, all of it or a part; or money to a card.",
        discussion: FollowUpOptions.discussion + """
             With --unlinked a card is swiped, keyed or named by its token, and money is given to \
            it that no payment of this journal stands for; the gateway wants a customer with it. \
            Its exit codes are those of a sale.
            """)

    @Argument(help: "The payment's reference, SW and 18 more characters; none with --unlinked.")
    var reference: String?
    @Flag(help: "Gives money to a card, without a payment.")
    var unlinked = false
    @Option(help: "Dollars with two decimals; without it all of the payment.")
    var amount: String?
    @Option(help: "With --unlinked: what the till calls it; made up without it.")
    var ticket: String?
    @OptionGroup var reading: AttachedReading
    @OptionGroup var confirmation: Confirmation

    func validate() throws {
        guard (reference != nil) != unlinked else {
            throw ValidationError("name a payment by its reference, or give --unlinked; not both")
        }
        guard !unlinked || amount != nil else {
            throw ValidationError("--unlinked takes --amount, for example 12.75")
        }
        guard unlinked || !reading.card.isGiven && !reading.who.isGiven && ticket == nil else {
            throw ValidationError("card, customer and ticket go with --unlinked")
        }
    }

    func run() throws {
        guard let reference else { return try giveToCard() }
        let part = amount ?? "All"
        try confirmation.ask("\(part) of \(reference) is given back.", mustAnswer: false)
        let run = FollowUpRun(
            reference: reference, gateway: reading.gateway, patience: reading.patience,
            json: reading.json)
        try run.run(.refund, amount: amount)
    }

    private func giveToCard() throws {
        let wanted = try AttachedPayment.wanted(amount ?? "", ticket)
        guard reading.who.isGiven else {
            throw Failure(
                "a refund without a payment goes out with a customer: give --first-name, "
                    + "--last-name and --email or --phone", .usage)
        }
        try confirmation.ask("\(wanted.amount) is given to a card, for no payment.")
        try reading.run(as: .refund, amount: wanted.amount, ticket: wanted.ticket)
    }
}
