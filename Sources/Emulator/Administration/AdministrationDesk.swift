internal import PayHub

/// Answers requests about a merchant's settings.
///
/// Source: PayHub API, "General settings" to "User roles"; a change is answered with 201, as the
/// page that the document was taken from has it, and nothing else; a new role with its place, too.
internal struct AdministrationDesk {
    let account: MerchantAccount
    /// When batches settle, `nil` when they do at an operator's command alone.
    let settlementTime: TimeOfDay?
    /// Where the gateway's URLs begin.
    let base: String
    /// True when webhooks may go over plain HTTP to this machine.
    let allowsPlainWebhooks: Bool

    /// What came of a request: an answer, and the settings where it changes them.
    struct Outcome {
        var response: GatewayResponse
        var changed: Administration?
    }

    private static let done = GatewayResponse(.created, [], [])
    private static let notFound = GatewayResponse.failure(.notFound, status: .notFound)

    /// What a GET shows.
    func shown(_ route: AdministrationRoute, _ administration: Administration) -> GatewayResponse {
        switch route {
        case .generalSettings: .json(generalSettings)
        case .validatedDevices: .json(administration.devicesDocument)
        case .webhookConfiguration:
            .json(.members(["webhookConfiguration": administration.webhook]))
        case .emailConfiguration: .json(administration.email)
        case .riskFraudDetection: .json(administration.risk)
        case .roles: .json(list(of: administration.roles))
        case .role(let id):
            administration.roles.first { String($0.id) == id }.map { .json($0.document) }
                ?? Self.notFound
        case .roleUpdate, .roleCreation: Self.notFound
        }
    }

    /// What a change comes to.
    func change(
        _ route: AdministrationRoute, of administration: Administration, by body: JSONValue,
        _ findings: inout Findings
    ) -> Outcome {
        var changed = administration
        var response = Self.done
        switch route {
        case .validatedDevices:
            changed.devices = SettingsForm.devices.document(
                changed.devices, changedBy: body, &findings)
        case .webhookConfiguration: changeWebhook(&changed, by: body, &findings)
        case .emailConfiguration:
            changed.email = SettingsForm.email.document(
                changed.email, changedBy: body, &findings)
        case .riskFraudDetection: changeRisk(&changed, by: body, &findings)
        case .roleUpdate(let id):
            guard let index = changed.roles.firstIndex(where: { String($0.id) == id }) else {
                return Outcome(response: Self.notFound)
            }
            changed.roles[index].document = SettingsForm.role.document(
                changed.roles[index].document, changedBy: body, &findings)
        case .roleCreation:
            response = create(in: &changed, from: body, &findings)
        case .generalSettings, .roles, .role: return Outcome(response: Self.notFound)
        }
        guard findings.violations.isEmpty else {
            return Outcome(response: .refused(findings.violations))
        }
        return Outcome(response: response, changed: changed)
    }

    private func changeWebhook(
        _ changed: inout Administration, by body: JSONValue, _ findings: inout Findings
    ) {
        changed.webhook = SettingsForm.webhook(allowsPlain: allowsPlainWebhooks).document(
            changed.webhook, changedBy: body["webhookConfiguration"] ?? body, &findings)
        let hasPlace = changed.webhook["endPoint"] != .string("")
        if changed.webhook["webhookActive"] == .boolean(true), !hasPlace {
            findings.refuse(.missingProperty, "endPoint")
        }
    }

    private func changeRisk(
        _ changed: inout Administration, by body: JSONValue, _ findings: inout Findings
    ) {
        changed.risk = SettingsForm.risk.document(changed.risk, changedBy: body, &findings)
        let hasAddress = changed.risk.value(at: ["email", "email_address"]) != .string("")
        if changed.isOn(.copies), !hasAddress {
            findings.refuse(.missingProperty, "email.email_address")
        }
    }

    private func create(
        in changed: inout Administration, from body: JSONValue, _ findings: inout Findings
    ) -> GatewayResponse {
        let document = SettingsForm.role.document(
            SettingsForm.role.initial, changedBy: body, &findings)
        if body["roleName"] == nil { findings.refuse(.missingProperty, "roleName") }
        let id = (changed.roles.map(\.id).max() ?? 0) + 1
        changed.roles.append(Administration.Role(id: id, document: document))
        return .created(location: "\(base)/userRole/roles/\(id)")
    }

    /// The form that the vendor's clients read; the document promises names.
    private func list(of roles: [Administration.Role]) -> JSONValue {
        let rows = roles.map { role in
            JSONValue.members([
                "numberOfUsers": .integer(role.id == 1 ? 1 : 0),
                "roleName": role.document["roleName"] ?? .null, "roleId": .integer(role.id),
            ])
        }
        return .members(["userRoles": .array(rows)])
    }

    /// Source: PayHub API, "General settings", the sample.
    private var generalSettings: JSONValue {
        let terminals = account.terminals.sorted().map { terminal in
            JSONValue.members([
                "nickName": .string(MerchantAccount.nickname(of: terminal)),
                "terminalType": .string("3rd Party API"),
                "settlementTime": .optional(settlementTime?.onTwelveHours),
            ])
        }
        return .members([
            "terminalList": .array(terminals), "inactivityHour": .string("60"),
        ])
    }
}

extension MerchantAccount {
    /// What the merchant calls a terminal.
    internal static func nickname(of terminal: Int) -> String {
        "Terminal \(terminal) - 3rd Party API"
    }
}

extension TimeOfDay {
    /// "11:59 PM", as the general settings write it.
    internal var onTwelveHours: String {
        let minutes = milliseconds / 60_000
        let (hour, minute) = (minutes / 60, minutes % 60)
        let shown = hour % 12 == 0 ? 12 : hour % 12
        return "\(shown):\(minute < 10 ? "0" : "")\(minute) \(hour < 12 ? "AM" : "PM")"
    }
}
