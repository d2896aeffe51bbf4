public import Values

/// How an emulator is started.
public struct EmulatorOptions: Sendable {
    /// The port on 127.0.0.1; 0 takes any that is free.
    public var port = 8443
    /// Where the client's files are written; `nil` makes a private directory, removed at the end.
    public var directory: String?
    /// Adds the merchants of the document's samples to the emulator's own.
    public var hasDocumentMerchants = false
    /// The day that the gateway takes for today; `nil` is the real one.
    public var day: CivilDate?
    /// How a decline is told.
    public var declineStyle = DeclineStyle.http400
    /// A file of base keys for encrypted blocks, beside the key that makers publish.
    public var keyFile: String?
    /// A swipe needs a customer.
    public var requiresCustomer = false
    /// A keyed card needs its CVV.
    public var requiresCVV = false
    /// Every card needs a ZIP.
    public var requiresAVS = false
    /// A refund needs its `record_format`.
    public var requiresRecordFormat = false
    /// Minutes by which the gateway's local time is ahead of UTC.
    public var offsetMinutes = 0
    /// When batches settle, local time; `nil` settles at an operator's command alone.
    public var settlementTime: TimeOfDay?
    /// A file of faults; `nil` is none.
    public var faultFile: String?
    /// A SQLite file that keeps the ledger; `nil` keeps it in memory.
    public var store: String?
    /// The id of the first transaction of an empty ledger.
    public var firstID = 1001
    /// Where the operator's interface listens: a port on 127.0.0.1 or the path of a socket; `nil`
    /// opens none.
    public var operatorPlace: OperatorPlace?
    /// A port on 127.0.0.1 for clients that cannot do TLS; 0 takes any, `nil` opens none.
    public var plainPort: Int?
    /// A file of certificates in PEM form by which receivers of webhooks are trusted, too.
    public var webhookAuthority: String?
    /// Webhooks may go over plain HTTP to this machine.
    public var allowsPlainWebhooks = false
    /// Ends when standard input is closed: the parent died.
    public var endsWithInput = false

    /// The defaults.
    public init() {}

    /// What the core is set up with; `token` is the emulator's own merchant's.
    internal func settings(token: String) -> EmulatorSettings {
        var settings = EmulatorSettings(
            merchants: [.standard(token: token)]
                + (hasDocumentMerchants ? MerchantAccount.ofTheDocument : []))
        settings.declineStyle = declineStyle
        settings.keyFile = keyFile
        settings.store = store
        settings.firstID = firstID
        settings.settlementTime = settlementTime
        settings.allowsPlainWebhooks = allowsPlainWebhooks
        settings.merchantSettings.requiresCustomer = requiresCustomer
        settings.merchantSettings.requiresCVV = requiresCVV
        settings.merchantSettings.requiresAVS = requiresAVS
        settings.merchantSettings.requiresRecordFormat = requiresRecordFormat
        return settings
    }
}

/// Where a running emulator is found.
public struct EmulatorAddress: Equatable, Sendable {
    /// `https://localhost:8443/api/v2`
    public let gateway: String
    /// The absolute path of the directory with `swipeline.json`, `ca.pem` and `token`.
    public let directory: String
    /// `http://127.0.0.1:8444` or `unix:/run/emulator`, `nil` when there is no such interface.
    public let operatorPlace: String?
    /// `http://127.0.0.1:8080/api/v2`, `nil` when there is no such listener.
    public let plainGateway: String?

    /// The one line of JSON that tells a parent process of it.
    public var readyLine: String {
        let ready = JSONValue.members([
            "event": .string("ready"), "gateway": .string(gateway),
            "directory": .string(directory),
        ])
        let more: [(String, String?)] = [("operator", operatorPlace), ("plain", plainGateway)]
        return more.reduce(ready) { line, place in
            place.1.map { line.setting([place.0], to: .string($0)) } ?? line
        }.text
    }
}

/// Where the operator's interface listens.
public enum OperatorPlace: Equatable, Sendable {
    /// A port on 127.0.0.1; 0 takes any that is free.
    case port(Int)
    /// A socket of the file system.
    case socket(String)

    /// Reads a port, or else a path; `nil` when it is neither.
    public init?(_ text: String) {
        if let port = Int(text) {
            guard (0...65_535).contains(port) else { return nil }
            self = .port(port)
        } else {
            guard text.contains("/"), text.utf8.count <= 100 else { return nil }
            self = .socket(text)
        }
    }
}
