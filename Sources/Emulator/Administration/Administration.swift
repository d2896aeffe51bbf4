internal import PayHub

/// What a merchant has set up: documents as a GET shows them.
package struct Administration: Equatable, Sendable, Codable {
    /// A role of the merchant's users.
    package struct Role: Equatable, Sendable, Codable {
        /// Its number.
        package let id: Int
        /// What it may do.
        package var document: JSONValue
    }

    /// Whether new devices need a code.
    internal var devices = SettingsForm.devices.initial
    /// Where notifications go.
    internal var webhook = SettingsForm.webhook(allowsPlain: false).initial
    /// What is mailed.
    internal var email = SettingsForm.email.initial
    /// What is held and denied.
    internal var risk = SettingsForm.risk.initial
    /// Who may do what.
    package internal(set) var roles = [Role(id: 1, document: Administration.administrator)]

    /// What every account has at first.
    internal static let initial = Administration()

    /// The role of whom the account belongs to: everything but what no printed role has.
    private static let administrator: JSONValue = {
        let granted = Permission.allCases.filter { !$0.isInTablesOnly }
        let document = granted.reduce(SettingsForm.role.initial) { document, permission in
            document.setting(
                SettingsForm.path(permission.path)[...], to: .string("true"))
        }
        return document.setting(["roleName"], to: .string("Administrator"))
    }()

    /// A device that is validated, so that the list is not empty: users log in elsewhere.
    private static let device = JSONValue.members([
        "product": .string("VT"), "nick_name": .string("Office"),
        "platform": .string("Linux Firefox 128.0"),
        "details": .string("da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        "date_added": .string("2026-01-13"), "device_id": .integer(1),
    ])

    /// Validated devices as a GET shows them.
    internal var devicesDocument: JSONValue {
        devices.adding(["devices": .array([Self.device])])
    }

    /// True when a switch of the risk settings is on.
    internal func isOn(_ entry: RiskSettings.Switch) -> Bool {
        risk.value(at: SettingsForm.path(entry.rawValue)) == .boolean(true)
    }

    /// Where notifications of a subject go, `nil` when none are sent of it.
    internal func endpoint(for subject: String) -> String? {
        guard webhook["webhookActive"] == .boolean(true), webhook[subject] == .boolean(true),
            let endpoint = webhook["endPoint"]?.string, !endpoint.isEmpty
        else { return nil }
        return endpoint
    }
}
