internal import ArgumentParser
internal import BackOffice
internal import PayHub
internal import Values

/// `swipeline settings set devices`
internal struct SetDevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "Whether a new device of a user needs a code.")
    @Option(help: "on: a code goes to the administrator by mail. off: any device may log in.")
    var validation: Position
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try await options.withOffice { office in
            try await office.set(DeviceValidation(isEnforced: validation == .on))
            try SettingsPage(await office.validatedDevices()).say(asJSON: options.json)
        }
    }
}

/// `swipeline settings set webhook`
internal struct SetWebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Where the gateway sends notifications, and of what.")
    @Option(help: "Whether any are sent.")
    var active: Position?
    @Option(help: "The URL that gets them, https only.")
    var endpoint: String?
    @OptionGroup var switches: Switches<WebhookConfiguration.Subject>
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try switches.requireChange(active != nil, endpoint != nil)
        try await options.withOffice { office in
            var configuration = try await office.webhookConfiguration()
            if let active { configuration.isActive = active == .on }
            if let endpoint { configuration.endpoint = endpoint }
            switches.change(&configuration.subjects)
            try await office.set(configuration)
            try SettingsPage(await office.webhookConfiguration()).say(asJSON: options.json)
        }
    }
}

/// `swipeline settings set email`
internal struct SetEmailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "email", abstract: "Which mails the gateway sends to the merchant.")
    @OptionGroup var switches: Switches<EmailConfiguration.Mail>
    @Option(help: "The form of the report on recurring bills.")
    var recurringReport: EmailConfiguration.ReportForm?
    @Option(help: "The form of the report on batches.")
    var batchReport: EmailConfiguration.ReportForm?
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try switches.requireChange(recurringReport != nil, batchReport != nil)
        try await options.withOffice { office in
            var configuration = try await office.emailConfiguration()
            switches.change(&configuration.mails)
            if let recurringReport { configuration.recurringReportForm = recurringReport }
            if let batchReport { configuration.batchReportForm = batchReport }
            try await office.set(configuration)
            try SettingsPage(await office.emailConfiguration()).say(asJSON: options.json)
        }
    }
}

/// `swipeline settings set risk`
internal struct SetRiskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk", abstract: "Which transactions are held and denied.",
        discussion: """
            A rule is RULE=ignore, RULE=hold:LIMIT or RULE=deny:LIMIT; the limit is dollars with \
            two decimals, and a number for the two rules that count transactions. Rules: \
            \(RiskRule.allValueStrings.joined(separator: ", ")).
            """)
    @Option(help: "A rule, for example sale-above=hold:500.00; may be given several times.")
    var rule: [RiskChange] = []
    @OptionGroup var switches: Switches<RiskSettings.Switch>
    @Option(help: "Where copies of notifications go.")
    var email: String?
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try switches.requireChange(!rule.isEmpty, email != nil)
        try await options.withOffice { office in
            var settings = try await office.riskSettings()
            for change in rule {
                let limit = change.limit ?? settings.measures[change.rule]?.limit ?? 0
                settings.measures[change.rule] = RiskMeasure(change.option, limit: limit)
            }
            switches.change(&settings.switches)
            if let email { settings.emailAddress = email }
            try await office.set(settings)
            try SettingsPage(await office.riskSettings()).say(asJSON: options.json)
        }
    }
}

/// `--on NAME` and `--off NAME`.
internal struct Switches<Name: CommandWord & Hashable & Sendable>: ParsableArguments {
    @Option(help: "Switches this on; may be given several times.")
    var on: [Name] = []
    @Option(help: "Switches this off; may be given several times.")
    var off: [Name] = []

    func validate() throws {
        if let both = on.first(where: off.contains) {
            throw ValidationError("--on and --off both name \(both.word)")
        }
    }

    /// - Throws: ``Failure`` when neither a switch nor anything else is to be changed.
    func requireChange(_ others: Bool...) throws {
        guard !on.isEmpty || !off.isEmpty || others.contains(true) else {
            throw Failure("nothing to change: see --help for what can be", .usage)
        }
    }

    func change(_ names: inout Set<Name>) { names = names.union(on).subtracting(off) }
}

/// `sale-above=hold:500.00`
internal struct RiskChange: ExpressibleByArgument, Sendable {
    let rule: RiskRule
    let option: RiskMeasure.Option
    /// Cents or transactions; `nil` leaves it.
    let limit: Int?

    init?(argument: String) {
        let sides = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let rule = RiskRule(word: String(sides[0])) else { return nil }
        let words = sides[1].split(separator: ":", omittingEmptySubsequences: false)
        let limit = words.count == 2 ? Self.limit(String(words[1]), rule) : nil
        switch (words[0], words.count, limit) {
        case ("ignore", 1, _): option = .ignore
        case ("hold", 2, .some): option = .processAndHold
        case ("deny", 2, .some): option = .deny
        default: return nil
        }
        self.rule = rule
        self.limit = limit
    }

    private static func limit(_ text: String, _ rule: RiskRule) -> Int? {
        if rule.isCount { return Int(text).flatMap { $0 >= 0 ? $0 : nil } }
        return (try? Amount(parsing: text))?.cents
    }
}
