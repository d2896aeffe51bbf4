internal import ArgumentParser
internal import BackOffice
internal import PayHub

/// `swipeline settings`: what the merchant has set up at the gateway.
internal struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Shows and changes what the merchant has set up at the gateway.",
        discussion: OfficeOptions.exits,
        subcommands: [Show.self, Set.self])

    /// A document of settings.
    enum Document: CommandWord {
        case general
        case devices
        case webhook
        case email
        case risk
    }

    /// Shows the settings.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Terminals, devices, notifications, mails, and rules on risk and fraud.",
            discussion: OfficeOptions.exits)
        @Argument(help: "What to show; all of it without.")
        var documents: [Document] = []
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let wanted = documents.isEmpty ? Document.allCases : documents
            try await options.withOffice { office in
                for document in wanted { try await show(document, of: office) }
            }
        }

        private func show(_ document: Document, of office: BackOffice) async throws {
            switch document {
            case .general:
                try SettingsPage(await office.generalSettings()).say(asJSON: options.json)
            case .devices:
                try SettingsPage(await office.validatedDevices()).say(asJSON: options.json)
            case .webhook:
                try SettingsPage(await office.webhookConfiguration()).say(asJSON: options.json)
            case .email:
                try SettingsPage(await office.emailConfiguration()).say(asJSON: options.json)
            case .risk: try SettingsPage(await office.riskSettings()).say(asJSON: options.json)
            }
        }
    }

    /// Changes the settings.
    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes one of them; what is not named stays as it is.",
            discussion: OfficeOptions.exits,
            subcommands: [
                SetDevicesCommand.self, SetWebhookCommand.self, SetEmailCommand.self,
                SetRiskCommand.self,
            ])
    }
}

extension WebhookConfiguration.Subject: CommandWord {}
extension EmailConfiguration.Mail: CommandWord {}
extension EmailConfiguration.ReportForm: CommandWord {}
extension RiskSettings.Switch: CommandWord {}
extension RiskRule: CommandWord {}
