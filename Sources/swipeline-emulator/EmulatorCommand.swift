public import ArgumentParser
public import Emulator
internal import Foundation
internal import Secrets
internal import Values

@main
internal enum Main {
    static func main() async {
        do { try ProcessHardening.apply() } catch { EmulatorCommand.exit(withError: error) }
        await EmulatorCommand.main()
    }
}

internal struct EmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swipeline-emulator",
        abstract: "An emulated PayHub gateway over TLS on this machine.")

    @Option(help: "The port on 127.0.0.1; 0 takes any that is free.")
    var port = 8443

    @Option(help: "Where swipeline.json, ca.pem and token are written.")
    var directory: String?

    @Flag(help: "Add the merchants of the gateway document's samples.")
    var documentMerchants = false

    @Option(help: "The day that the gateway takes for today, YYYY-MM-DD.")
    var clock: String?

    @Option(help: "How a decline is told: http400 or created201.")
    var declineStyle = DeclineStyle.http400

    @Option(
        help: "A private file (0600) of base keys for encrypted swipes, beside the published one.")
    var keys: String?

    @Option(
        help: "Faults: a JSON file of what goes wrong and when; docs/emulator.md lists them.")
    var faults: String?

    @Option(help: "A SQLite file that keeps the ledger over a restart.")
    var store: String?

    @Option(help: "The id of the first transaction of an empty ledger; ids count up.")
    var firstID = 1001

    @Option(
        name: .customLong("operator"),
        help: "The operator's interface: a port on 127.0.0.1, or the path of a socket.")
    var operatorPlace: OperatorPlace?

    @Option(help: "A port on 127.0.0.1 for clients that cannot do TLS; 0 takes any that is free.")
    var plainPort: Int?

    @Option(
        name: .customLong("webhook-ca"),
        help: "Certificates in PEM form by which receivers of webhooks are trusted, too.")
    var webhookAuthority: String?

    @Flag(help: "Let webhooks go over plain HTTP to this machine.")
    var plainWebhooks = false

    @Option(help: "The gateway's local time: minutes ahead of UTC.")
    var utcOffsetMinutes = 0

    @Option(help: "When batches settle, local time, HH:MM.")
    var settlementTime: TimeOfDay?

    @Flag(help: "Refuse a swipe without a customer.")
    var requireCustomer = false

    @Flag(help: "Refuse a keyed card without its CVV.")
    var requireCVV = false

    @Flag(help: "Refuse a card without a ZIP.")
    var requireAVS = false

    @Flag(help: "Refuse a refund without a record_format.")
    var requireRecordFormat = false

    @Flag(help: "End when standard input is closed.")
    var untilEof = false

    mutating func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("the port must be 0 to 65535")
        }
        guard (1...999_999_999).contains(firstID) else {
            throw ValidationError("--first-id must be 1 to 999999999")
        }
        guard (0...65_535).contains(plainPort ?? 0) else {
            throw ValidationError("the plain port must be 0 to 65535")
        }
        guard (-1439...1439).contains(utcOffsetMinutes) else {
            throw ValidationError("--utc-offset-minutes must be less than a day")
        }
        if let clock, CivilDate(iso8601: clock) == nil {
            throw ValidationError("--clock must be a day of the calendar, for example 2026-11-21")
        }
    }

    mutating func run() async throws {
        var options = EmulatorOptions()
        options.port = port
        options.directory = directory
        options.hasDocumentMerchants = documentMerchants
        options.day = clock.flatMap(CivilDate.init(iso8601:))
        options.declineStyle = declineStyle
        options.keyFile = keys
        options.faultFile = faults
        options.store = store
        options.firstID = firstID
        options.operatorPlace = operatorPlace
        options.plainPort = plainPort
        options.webhookAuthority = webhookAuthority
        options.allowsPlainWebhooks = plainWebhooks
        options.offsetMinutes = utcOffsetMinutes
        options.settlementTime = settlementTime
        options.requiresCustomer = requireCustomer
        options.requiresCVV = requireCVV
        options.requiresAVS = requireAVS
        options.requiresRecordFormat = requireRecordFormat
        options.endsWithInput = untilEof
        try await EmulatorServer(options).run { address in
            FileHandle.standardOutput.write(Data((address.readyLine + "\n").utf8))
            let text =
                "The emulator listens at \(address.gateway); use "
                + "--config \(address.directory)\n"
            FileHandle.standardError.write(Data(text.utf8))
        }
    }
}

extension DeclineStyle: ExpressibleByArgument {}

extension OperatorPlace: ExpressibleByArgument {
    /// Reads a port or a path.
    public init?(argument: String) { self.init(argument) }
}

extension TimeOfDay: ExpressibleByArgument {
    /// Reads "23:59".
    public init?(argument: String) { self.init(argument) }
}
