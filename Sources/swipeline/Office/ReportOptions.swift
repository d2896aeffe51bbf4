internal import ArgumentParser
internal import Foundation
internal import PayHub
internal import Secrets
internal import Values

/// What the transactions of a report have in common.
internal struct ReportOptions: ParsableArguments {
    static let discussion = """
        Flags that take a value may be given several times: any of the values is meant. not: \
        before each leaves those out instead, for example --type not:Void. Bounds belong to what \
        is asked for. Times are the gateway's own; a day alone means all of it.
        """

    @Option(help: "From this moment on: 2026-11-01 or \"2026-11-01 08:30:00\".")
    var from: MomentArgument?
    @Option(help: "Up to this moment.")
    var to: MomentArgument?
    @Option(help: "Sale, Refund, Void, Verify, Capture or \"Authorization Only\".")
    var type: [Choice] = []
    @Option(help: "What became of it, such as Approved or Declined.")
    var status: [Choice] = []
    @Option(help: "The response code.")
    var code: [Choice] = []
    @Option(help: "At least this amount, dollars with two decimals.")
    var amountFrom: DollarArgument?
    @Option(help: "At most this amount.")
    var amountTo: DollarArgument?
    @Option(help: "The issuer was asked for at least this amount.")
    var authorizedFrom: DollarArgument?
    @Option(help: "The issuer was asked for at most this amount.")
    var authorizedTo: DollarArgument?
    @Option(help: "The batch has at least this number.")
    var batchFrom: Int?
    @Option(help: "The batch has at most this number.")
    var batchTo: Int?
    @Option(help: "The card's brand: Visa, MasterCard, Amex, Discover, Diners or JCB.")
    var cardType: [Choice] = []
    @Option(help: "The card's last four digits.")
    var lastFour: [Choice] = []
    @Option(
        help: "A file of mode 0600 with the gateway's token of the card.", completion: .file())
    var cardTokenFile: String?
    @Flag(help: "Cards that were swiped.")
    var swiped = false
    @Flag(help: "Cards that were not swiped.")
    var notSwiped = false
    @Option(help: "Where it came from, such as \"3rd Party API\" or Recurring.")
    var source: [Choice] = []
    @Option(help: "The note; on payments of this program their reference.")
    var note: [Choice] = []
    @Option(help: "The customer's first name contains this.")
    var firstName: [Choice] = []
    @Option(help: "The customer's last name contains this.")
    var lastName: [Choice] = []
    @Option(help: "The customer's phone number contains this.")
    var phone: [Choice] = []
    @Option(help: "The customer's mail address contains this.")
    var email: [Choice] = []
    @Option(help: "The customer's number at the gateway.")
    var customer: [Choice] = []
    @Option(help: "The number of the recurring bill that made it; any, or none.")
    var recurringBill: [Choice] = []

    func validate() throws {
        guard !swiped || !notSwiped else {
            throw ValidationError("--swiped and --not-swiped do not go together")
        }
        if let from, let to, to.upper < from.lower {
            throw ValidationError("--to lies before --from")
        }
    }

    /// The filter for the gateway.
    /// - Throws: ``Failure`` with exit code 2, `SecretError`
    func filter() throws -> ReportFilter {
        var filter = ReportFilter()
        filter.times = GatewayTime.range(from?.lower, to?.upper)
        filter.batches = try Bound.asked((batchFrom, batchTo), "--batch-from", lowest: 0) { $0 }
        filter.amounts = try Bound.asked((amountFrom?.cents, amountTo?.cents), "--amount-from") {
            Cents($0)
        }
        filter.authorizedAmounts = try Bound.asked(
            (authorizedFrom?.cents, authorizedTo?.cents), "--authorized-from"
        ) { Cents($0) }
        filter.types = try Choice.choice(type, "--type") { ReportedType($0) }
        filter.statuses = try Choice.choice(status, "--status") { $0 }
        filter.responseCodes = try Choice.choice(code, "--code") { ResponseCode($0) }
        filter.cardTypes = try Choice.choice(cardType, "--card-type") { $0 }
        filter.lastFours = try Choice.choice(lastFour, "--last-four") { LastFour($0) }
        if let cardTokenFile { filter.cardTokens = .only(try Self.token(cardTokenFile)) }
        filter.swiped = swiped ? true : notSwiped ? false : nil
        filter.sources = try Choice.choice(source, "--source") { $0 }
        filter.notes = try Choice.choice(note, "--note") { $0 }
        filter.firstNames = try Choice.choice(firstName, "--first-name") { $0 }
        filter.lastNames = try Choice.choice(lastName, "--last-name") { $0 }
        filter.phoneNumbers = try Choice.choice(phone, "--phone") { $0 }
        filter.mailAddresses = try Choice.choice(email, "--email") { $0 }
        filter.customers = try Choice.choice(customer, "--customer") { Int($0) }
        filter.recurringBills = try bills()
        guard filter != ReportFilter() else {
            throw Failure("say what to report, for example --from 2026-11-01", .usage)
        }
        return filter
    }

    private func bills() throws -> ReportedBills? {
        switch recurringBill.map(\.text) {
        case ["any"]: return .ofAnyBill
        case ["none"]: return .ofNoBill
        default:
            return try Choice.choice(recurringBill, "--recurring-bill") { TransactionID($0) }
                .map { .bills($0) }
        }
    }

    private static func token(_ file: String) throws -> KeptSecret {
        var token = try SecretArena(blocks: 1).take(capacity: 64)
        do throws(SecretFileError) {
            try SecretFile.read(file, into: &token, maximum: 64)
        } catch { throw Failure("\(file): \(error)", .usage) }
        return token.withBytes { KeptSecret($0) }
    }
}

extension ReportOptions {
    /// True for a row within the bounds: whether those of the gateway belong to them its document
    /// leaves open, so more is asked for.
    func isWanted(_ row: ReportRow) -> Bool {
        isWithin(row.amountCents, amountFrom?.cents, amountTo?.cents)
            && isWithin(row.details?.authorizedCents, authorizedFrom?.cents, authorizedTo?.cents)
            && isWithin(row.batchID.flatMap { Int($0) }, batchFrom, batchTo)
            && isWithin(
                row.transactionDate.flatMap { GatewayTime($0) }, from?.lower, to?.upper)
    }

    /// What cannot be compared is shown.
    private func isWithin<Value: Comparable>(
        _ value: Value?, _ lower: Value?, _ upper: Value?
    ) -> Bool {
        guard let value else { return true }
        return lower.map { value >= $0 } ?? true && upper.map { value <= $0 } ?? true
    }
}
