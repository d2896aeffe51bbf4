/// The terminals of an account and how long its users may be idle. Read only.
///
/// Source: PayHub API, "General settings".
public struct GeneralSettings: Equatable, Sendable, Codable {
    /// A terminal; the list gives no number of it.
    public struct Terminal: Equatable, Sendable, Codable {
        /// The merchant's name for it.
        public let nickname: String
        /// `3rd Party API`, `Virtual Terminal`, or another word.
        public let type: String
        /// When its batches settle, as it is written: `11:59 PM`; `nil` when there is none.
        public let settlementTime: String?

        private enum CodingKeys: String, CodingKey {
            case nickname = "nickName"
            case type = "terminalType"
            case settlementTime
        }
    }

    /// The terminals in the gateway's order.
    public let terminals: [Terminal]
    /// The limit of inactivity, as it is written; the document does not name its unit.
    public let inactivity: String?

    private enum CodingKeys: String, CodingKey {
        case terminals = "terminalList"
        case inactivity = "inactivityHour"
    }
}

/// The devices from which users may log in.
///
/// Source: PayHub API, "Validated devices".
public struct ValidatedDevices: Equatable, Sendable, Codable {
    /// A device that a user has validated.
    public struct Device: Equatable, Sendable, Codable {
        /// Its number.
        public let id: Int
        /// What it was validated for: `VT`.
        public let product: String?
        /// The user's name for it.
        public let nickname: String?
        /// System and browser.
        public let platform: String?
        /// A fingerprint in hexadecimal digits.
        public let details: String?
        /// The day, YYYY-MM-DD.
        public let dateAdded: String?

        private enum CodingKeys: String, CodingKey {
            case id = "device_id"
            case product
            case nickname = "nick_name"
            case platform, details
            case dateAdded = "date_added"
        }
    }

    /// True when a new device needs a code, which goes to the administrator by mail.
    public let isEnforced: Bool
    /// The devices in the gateway's order.
    public let devices: [Device]

    private enum CodingKeys: String, CodingKey {
        case isEnforced = "enforce_device_validation"
        case devices
    }
}

/// Whether a new device needs a code.
///
/// Source: PayHub API, "Patch validated devices".
public struct DeviceValidation: Equatable, Sendable, GatewayRequest {
    /// True when it does.
    public var isEnforced: Bool

    /// A choice.
    public init(isEnforced: Bool) { self.isEnforced = isEnforced }

    /// Writes it as text, as in the printed request.
    public func encode(to encoder: any Encoder) throws {
        let text = isEnforced ? "true" : "false"
        try PathValues(entries: [.init("enforce_device_validation", text)]).encode(to: encoder)
    }
}
