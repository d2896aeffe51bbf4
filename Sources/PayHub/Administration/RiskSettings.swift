internal import Values

/// A rule of the gateway's risk and fraud detection; the raw value is where it stands.
///
/// Source: PayHub API, "Risk and fraud settings".
public enum RiskRule: String, Equatable, Hashable, Sendable, CaseIterable {
    case saleBelow = "transaction_volume_settings.sale_trn_amount_below"
    case saleAbove = "transaction_volume_settings.sale_trn_amount_above"
    case refundBelow = "transaction_volume_settings.refund_trn_amount_below"
    /// The table describes it as one of sales; its name says refund.
    case refundAbove = "transaction_volume_settings.refund_trn_amount_above"
    case dayAmountAbove = "transaction_volume_settings.days_trn_amount_more_than"
    case hourCountAbove = "transaction_volume_settings.hours_trn_number_more_than"
    case dayCountAbove = "transaction_volume_settings.days_trn_number_more_than"
    case cvvMismatch = "credit_card_security_codes.cvv_mismatch"
    case streetAndZIPMismatch = "address_verification_system.avs_mismatch_street_and_zip_code"
    case streetMismatch = "address_verification_system.avs_mismatch_street"
    case zipMismatch = "address_verification_system.avs_mismatch_zip_code"

    /// The gateway's name of it.
    public var name: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }

    /// True for the two rules whose limit is a number of transactions and no amount.
    public var isCount: Bool { self == .hourCountAbove || self == .dayCountAbove }

    /// The rule with this ``name``.
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// What happens to a transaction that meets a rule, and from which limit on.
///
/// Source: PayHub API, "Risk and fraud settings", "Options and values for each node".
public struct RiskMeasure: Equatable, Sendable {
    /// The three options.
    public enum Option: Int, Equatable, Sendable, CaseIterable, Codable {
        case ignore = 1
        case processAndHold = 2
        case deny = 3
    }

    /// What happens.
    public var option: Option
    /// The limit, 0 to ``Limits/amountCentsMaximum``: cents, or transactions for a rule that
    /// counts.
    public var limit: Int

    /// A measure.
    public init(_ option: Option, limit: Int) {
        self.option = option
        self.limit = limit
    }
}

/// The risk and fraud settings of an account.
///
/// Source: PayHub API, "Risk and fraud settings".
public struct RiskSettings: Equatable, Sendable, GatewayRequest, Decodable {
    /// A switch beside the rules; the raw value is where it stands.
    public enum Switch: String, Equatable, Hashable, Sendable, CaseIterable {
        /// Stands in the printed documents and not in the table.
        case transactionVolume = "transaction_volume_settings.checked"
        /// An offline transaction of the last 30 days needs a matching authorization code.
        case offlineCodes = "card_filtering.checked"
        /// A card that is not swiped needs its CVV.
        case cvvRequired = "credit_card_security_codes.checked"
        /// A card that is not swiped needs an address.
        case addressRequired = "address_verification_system.checked"
        /// Copies of risk notifications go to the mail address.
        case copies = "email.checked"
    }

    /// The rules with their measures; a rule that is absent is not changed by an update.
    public var measures: [RiskRule: RiskMeasure]
    /// What is switched on; everything else is switched off.
    public var switches: Set<Switch>
    /// Where copies of risk notifications go; empty for nowhere.
    public var emailAddress: String

    /// Settings.
    public init(
        measures: [RiskRule: RiskMeasure] = [:], switches: Set<Switch> = [],
        emailAddress: String = ""
    ) {
        self.measures = measures
        self.switches = switches
        self.emailAddress = emailAddress
    }

    private static let addressPath = "email.email_address"

    /// Reads it; every switch and rule must be there.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder)
        self.init(emailAddress: try reader.find(Self.addressPath) ?? "")
        for entry in Switch.allCases where try reader.value(entry.rawValue) {
            switches.insert(entry)
        }
        for rule in RiskRule.allCases {
            let option: RiskMeasure.Option = try reader.value(rule.rawValue + ".option")
            let path = rule.valuePath
            let limit: Int =
                rule.isCount
                ? try reader.value(path)
                : try reader.value(path, as: DollarText.self).cents.value
            guard limit >= 0 else { throw RecordFault.wrongForm(path) }
            measures[rule] = RiskMeasure(option, limit: limit)
        }
    }

    /// Writes every value as text, as in the printed request; the address where there is one.
    public func encode(to encoder: any Encoder) throws {
        let rules = RiskRule.allCases.flatMap { rule -> [PathValues.Entry] in
            guard let measure = measures[rule] else { return [] }
            let limit: (any Encodable)? =
                rule.isCount
                ? String(measure.limit) : Cents(measure.limit).map { DollarText($0) }
            return [
                PathValues.Entry(rule.valuePath, limit ?? ""),
                PathValues.Entry(rule.rawValue + ".option", String(measure.option.rawValue)),
            ]
        }
        let switches = Switch.allCases.map {
            PathValues.Entry($0.rawValue, self.switches.contains($0) ? "true" : "false")
        }
        let address = PathValues.Entry(Self.addressPath, emailAddress)
        try PathValues(entries: rules + switches + [address]).encode(to: encoder)
    }

    /// Limits have a range, and copies need a mail address to go to.
    /// - Throws: ``RuleBreach``
    public func check() throws(RuleBreach) {
        for rule in RiskRule.allCases {
            guard let measure = measures[rule] else { continue }
            guard (0...Limits.amountCentsMaximum).contains(measure.limit) else {
                throw RuleBreach(rule.valuePath, .limit)
            }
        }
        try RequestRule.check(setting: emailAddress, Self.addressPath)
        if emailAddress.isEmpty {
            guard switches.contains(.copies) else { return }
            throw RuleBreach(Self.addressPath, .givenForCopies)
        }
        guard Texts.isMailAddress(emailAddress) else {
            throw RuleBreach(Self.addressPath, .mailAddress)
        }
    }
}

extension RiskRule {
    fileprivate var valuePath: String { rawValue + ".value" }
}
