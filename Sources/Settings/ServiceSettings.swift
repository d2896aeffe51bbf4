/// What `swipeline.json` says of the till's service, its object `service`. Everything has a
/// default, and everything that opens a door is off.
public struct ServiceSettings: Equatable, Sendable, Decodable {
    /// The unix socket of the local API.
    public var socket: String?
    /// Whether tills may come over loopback TCP, with the bearer token of ``tokenFile``.
    public var tcp = false
    /// The port on loopback, of the API and of the page; 0 takes a free one.
    public var port = 8480
    /// The file of the tills' bearer token, mode 0600; made beside the journal when it is missing.
    public var tokenFile: String?
    /// Users who may use the socket beside the service's own and root.
    public var allowedUsers: [String] = []
    /// Groups whose members may.
    public var allowedGroups: [String] = []
    /// The cashier's page.
    public var page = Page()
    /// What stands on receipts.
    public var shop = Shop()
    /// What a supervisor may give back.
    public var refunds = Refunds()
    /// The file of the supervisor's code, mode 0600; beside the journal without it.
    public var supervisorFile: String?
    /// Where the gateway's webhooks come in.
    public var webhook = Webhook()
    /// A recording, or a folder of them, in place of the attached reader: for tests and
    /// demonstrations only.
    public var replay: String?

    /// Nothing set.
    public init() {}

    /// The cashier's page.
    public struct Page: Equatable, Sendable, Decodable {
        /// Whether it is served.
        public var enabled = false
        /// Its language, `en` or `es`, until the cashier chooses.
        public var language = "en"
        /// Origins that a browser may name beside those of the port on loopback.
        public var origins: [String] = []

        /// A page that is not served.
        public init() {}
    }

    /// What stands on receipts.
    public struct Shop: Equatable, Sendable, Decodable {
        /// The shop's name.
        public var name = ""
        /// Lines below it: address, phone.
        public var lines: [String] = []

        /// A shop without a name.
        public init() {}
    }

    /// What a supervisor may give back.
    public struct Refunds: Equatable, Sendable, Decodable {
        /// At most so much each, in cents.
        public var perRefundCents = 50_000
        /// At most so much a day, in cents.
        public var perDayCents = 200_000
        /// Whether money may be given to a card that has paid nothing here.
        public var unlinked = false

        /// The defaults.
        public init() {}
    }

    /// Where the gateway's webhooks come in: a listener on loopback behind a proxy with TLS.
    public struct Webhook: Equatable, Sendable, Decodable {
        /// Whether it listens.
        public var enabled = false
        /// Its port.
        public var port = 8481
        /// Its only path, hard to guess; one is made up for each run without it.
        public var path: String?

        /// A webhook that does not listen.
        public init() {}
    }
}

/// Decoding with every member optional; a member that is not known is refused by name.
extension ServiceSettings {
    /// Reads the object; paths are as they are written.
    /// - Throws: `DecodingError`, ``SettingsError/unknownKey(_:known:)``
    public init(from decoder: any Decoder) throws {
        let members = try Members(
            decoder,
            [
                "socket", "tcp", "port", "tokenFile", "allowedUsers", "allowedGroups", "page",
                "shop",
                "refunds", "supervisorFile", "webhook", "replay",
            ])
        self.init()
        socket = try members.value("socket")
        tcp = try members.value("tcp") ?? tcp
        port = try members.value("port") ?? port
        tokenFile = try members.value("tokenFile")
        allowedUsers = try members.value("allowedUsers") ?? allowedUsers
        allowedGroups = try members.value("allowedGroups") ?? allowedGroups
        page = try members.value("page") ?? page
        shop = try members.value("shop") ?? shop
        refunds = try members.value("refunds") ?? refunds
        supervisorFile = try members.value("supervisorFile")
        webhook = try members.value("webhook") ?? webhook
        replay = try members.value("replay")
        try check()
    }

    /// The same with each path of a file as `resolve` makes it.
    internal func resolved(_ resolve: (String) -> String) -> ServiceSettings {
        var settings = self
        settings.socket = socket.map(resolve)
        settings.tokenFile = tokenFile.map(resolve)
        settings.supervisorFile = supervisorFile.map(resolve)
        settings.replay = replay.map(resolve)
        return settings
    }

    private func check() throws {
        for (key, value) in [("port", port), ("webhook.port", webhook.port)]
        where !(0...65_535).contains(value) {
            throw SettingsError.notAllowed(key: "service.\(key)", rule: "must be 0 to 65535")
        }
        guard webhook.path.map(Self.isPlain) != false else {
            throw SettingsError.notAllowed(
                key: "service.webhook.path", rule: "must be a plain path that begins with /")
        }
        guard Self.languages.contains(page.language) else {
            throw SettingsError.notAllowed(
                key: "service.page.language",
                rule: "must be \(Self.languages.joined(separator: " or "))")
        }
        guard refunds.perRefundCents >= 0, refunds.perDayCents >= 0 else {
            throw SettingsError.notAllowed(
                key: "service.refunds", rule: "must have cents from 0")
        }
    }

    /// A path as a request names it: of another one no message would ever come in.
    private static func isPlain(_ path: String) -> Bool {
        path.hasPrefix("/")
            && path.utf8.allSatisfy { byte in
                byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "/-_.".utf8.contains(byte)
            }
    }

    /// The languages of the page.
    public static let languages = ["en", "es"]

    /// Whether every value may be.
    public var isValid: Bool { (try? check()) != nil }
}

extension ServiceSettings.Page {
    /// Reads the object.
    /// - Throws: as ``ServiceSettings/init(from:)``
    public init(from decoder: any Decoder) throws {
        let members = try Members(decoder, ["enabled", "language", "origins"])
        self.init()
        enabled = try members.value("enabled") ?? enabled
        language = try members.value("language") ?? language
        origins = try members.value("origins") ?? origins
    }
}

extension ServiceSettings.Shop {
    /// Reads the object.
    /// - Throws: as ``ServiceSettings/init(from:)``
    public init(from decoder: any Decoder) throws {
        let members = try Members(decoder, ["name", "lines"])
        self.init()
        name = try members.value("name") ?? name
        lines = try members.value("lines") ?? lines
    }
}

extension ServiceSettings.Refunds {
    /// Reads the object.
    /// - Throws: as ``ServiceSettings/init(from:)``
    public init(from decoder: any Decoder) throws {
        let members = try Members(decoder, ["perRefundCents", "perDayCents", "unlinked"])
        self.init()
        perRefundCents = try members.value("perRefundCents") ?? perRefundCents
        perDayCents = try members.value("perDayCents") ?? perDayCents
        unlinked = try members.value("unlinked") ?? unlinked
    }
}

extension ServiceSettings.Webhook {
    /// Reads the object.
    /// - Throws: as ``ServiceSettings/init(from:)``
    public init(from decoder: any Decoder) throws {
        let members = try Members(decoder, ["enabled", "port", "path"])
        self.init()
        enabled = try members.value("enabled") ?? enabled
        port = try members.value("port") ?? port
        path = try members.value("path")
    }
}

/// The members of an object, of which only these are known.
private struct Members {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private let container: KeyedDecodingContainer<Name>

    init(_ decoder: any Decoder, _ known: Set<String>) throws {
        container = try decoder.container(keyedBy: Name.self)
        let strange = container.allKeys.map(\.stringValue).filter { !known.contains($0) }
        if let name = strange.min() {
            let path = decoder.codingPath.map(\.stringValue) + [name]
            throw SettingsError.unknownKey(
                path.joined(separator: "."), known: known.sorted())
        }
    }

    func value<Value: Decodable>(_ name: String) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: Name(name))
    }
}
