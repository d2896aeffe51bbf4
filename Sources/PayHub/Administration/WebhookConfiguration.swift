internal import Values

/// Where the gateway sends its notifications, and of what.
///
/// Source: PayHub API, "Webhook configuration".
public struct WebhookConfiguration: Equatable, Sendable, GatewayRequest, Decodable {
    /// What notifications are sent of; the raw value is its name at the gateway.
    public enum Subject: String, Equatable, Hashable, Sendable, CaseIterable {
        case settledBatches = "batchIsActive"
        case api
        case virtualTerminal = "virtualHub"
        case recurringBills = "recurringBill"
        case mobileTerminal = "mobileHub"
    }

    /// True when anything is sent at all.
    public var isActive: Bool
    /// The URL that gets the notifications, https only; empty when there is none.
    public var endpoint: String
    /// What is sent.
    public var subjects: Set<Subject>

    /// A configuration.
    public init(
        isActive: Bool, endpoint: String,
        subjects: Set<Subject> = [.settledBatches, .api, .recurringBills]
    ) {
        self.isActive = isActive
        self.endpoint = endpoint
        self.subjects = subjects
    }

    private static let activeName = "webhookActive"
    private static let endpointName = "endPoint"

    /// Reads it, in the object that a GET puts around it or without it.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder, unwrapping: "webhookConfiguration")
        isActive = try reader.value(Self.activeName)
        endpoint = try reader.find(Self.endpointName) ?? ""
        subjects = []
        for subject in Subject.allCases where try reader.value(subject.rawValue) {
            subjects.insert(subject)
        }
    }

    /// Writes all of it, without an object around it.
    public func encode(to encoder: any Encoder) throws {
        let own = [
            PathValues.Entry(Self.activeName, isActive),
            PathValues.Entry(Self.endpointName, endpoint),
        ]
        let switches = Subject.allCases.map {
            PathValues.Entry($0.rawValue, subjects.contains($0))
        }
        try PathValues(entries: own + switches).encode(to: encoder)
    }

    /// The gateway calls over TLS only, and what is switched on needs a place to go to.
    /// - Throws: ``RuleBreach``
    public func check() throws(RuleBreach) {
        try RequestRule.check(setting: endpoint, Self.endpointName)
        guard !endpoint.isEmpty else {
            guard isActive else { return }
            throw RuleBreach(Self.endpointName, .givenForWebhooks)
        }
        guard endpoint.lowercased().hasPrefix("https://") else {
            throw RuleBreach(Self.endpointName, .https)
        }
        let rest = endpoint.dropFirst("https://".count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, !host.hasPrefix(":"), !host.contains("@"),
            rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else {
            throw RuleBreach(Self.endpointName, .callable)
        }
    }
}
