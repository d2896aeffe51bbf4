internal import PayHub
internal import Values

/// One document of settings, for people and for programs.
internal struct SettingsPage {
    private let title: String
    private let lines: [String]
    private let json: any Encodable

    /// Prints it on standard output.
    /// - Throws: ``Failure``
    func say(asJSON: Bool) throws {
        guard !asJSON else { return try OutputStream.say(json: json) }
        try OutputStream.say(title)
        for line in lines { try OutputStream.say("  " + line) }
    }

    /// Names with the mark of what is switched on.
    private static func switches<Name: CommandWord & Hashable>(_ on: Set<Name>) -> [String] {
        Name.allCases.map { "\(on.contains($0) ? "on " : "off") \($0.word)" }
    }

    private static func names<Name: CommandWord & Hashable>(_ on: Set<Name>) -> [String] {
        Name.allCases.filter(on.contains).map(\.word)
    }
}

extension SettingsPage {
    private struct General: Encodable {
        let setting = "general"
        let terminals: [Terminal]
        let inactivity: String?
        struct Terminal: Encodable {
            let nickname, type: String
            let settlementTime: String?
        }
    }

    init(_ settings: GeneralSettings) {
        title = "general"
        var table = TextTable("terminal", "type", "settles")
        for terminal in settings.terminals {
            table.add([terminal.nickname, terminal.type, terminal.settlementTime])
        }
        lines = table.lines + ["users may be idle: \(Terminal.oneLine(settings.inactivity ?? "-"))"]
        json = General(
            terminals: settings.terminals.map {
                .init(nickname: $0.nickname, type: $0.type, settlementTime: $0.settlementTime)
            }, inactivity: settings.inactivity)
    }

    private struct Devices: Encodable {
        let setting = "devices"
        let validation: Bool
        let devices: [Device]
        struct Device: Encodable {
            let id: Int
            let product, nickname, platform, details, dateAdded: String?
        }
    }

    init(_ devices: ValidatedDevices) {
        title = "devices"
        var table = TextTable("id", "product", "nickname", "platform", "added")
        for device in devices.devices {
            table.add([
                String(device.id), device.product, device.nickname, device.platform,
                device.dateAdded,
            ])
        }
        lines =
            ["\(devices.isEnforced ? "on " : "off") a new device needs a code"]
            + (devices.devices.isEmpty ? [] : table.lines)
        json = Devices(
            validation: devices.isEnforced,
            devices: devices.devices.map {
                .init(
                    id: $0.id, product: $0.product, nickname: $0.nickname, platform: $0.platform,
                    details: $0.details, dateAdded: $0.dateAdded)
            })
    }
}

extension SettingsPage {
    private struct Webhook: Encodable {
        let setting = "webhook"
        let active: Bool
        let endpoint: String
        let on: [String]
    }

    init(_ webhook: WebhookConfiguration) {
        title = "webhook"
        lines =
            [
                "\(webhook.isActive ? "on " : "off") active",
                "to \(Terminal.oneLine(webhook.endpoint.nonEmpty ?? "nowhere"))",
            ]
            + Self.switches(webhook.subjects)
        json = Webhook(
            active: webhook.isActive, endpoint: webhook.endpoint, on: Self.names(webhook.subjects))
    }

    private struct Email: Encodable {
        let setting = "email"
        let on: [String]
        let recurringReport, batchReport: String
    }

    init(_ email: EmailConfiguration) {
        title = "email"
        lines =
            Self.switches(email.mails) + [
                "the report on recurring bills is a \(email.recurringReportForm.word)",
                "the report on batches is a \(email.batchReportForm.word)",
            ]
        json = Email(
            on: Self.names(email.mails), recurringReport: email.recurringReportForm.word,
            batchReport: email.batchReportForm.word)
    }

    private struct Risk: Encodable {
        let setting = "risk"
        let on: [String]
        let email: String
        let rules: [Rule]
        struct Rule: Encodable {
            let rule, option, limit: String
        }
    }

    init(_ risk: RiskSettings) {
        title = "risk"
        let rules = RiskRule.allCases.compactMap { rule in
            risk.measures[rule].map {
                Risk.Rule(rule: rule.word, option: Self.word($0.option), limit: $0.limit(of: rule))
            }
        }
        var table = TextTable([.init(name: "rule"), .init(name: "option"), .right("limit")])
        for rule in rules { table.add([rule.rule, rule.option, rule.limit]) }
        let email = risk.emailAddress.isEmpty ? "nowhere" : Terminal.oneLine(risk.emailAddress)
        lines = table.lines + Self.switches(risk.switches) + ["copies go to \(email)"]
        json = Risk(on: Self.names(risk.switches), email: risk.emailAddress, rules: rules)
    }

    private static func word(_ option: RiskMeasure.Option) -> String {
        switch option {
        case .ignore: "ignore"
        case .processAndHold: "hold"
        case .deny: "deny"
        }
    }
}

extension RiskMeasure {
    /// Dollars, or a number of transactions.
    fileprivate func limit(of rule: RiskRule) -> String {
        rule.isCount ? String(limit) : Cents(limit)?.dollars ?? String(limit)
    }
}
