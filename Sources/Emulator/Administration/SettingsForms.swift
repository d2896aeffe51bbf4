internal import PayHub

/// The settings documents of an account.
///
/// Source: PayHub API, "Validated devices" to "User roles". First values are those of the printed
/// answers, but that there is no address and no webhook yet, and an own device.
extension SettingsForm {
    /// Validated devices, without the list of them.
    static let devices = SettingsForm(entries: [
        Entry("enforce_device_validation", .flagText, .string("false"))
    ])

    /// The webhook configuration, as a PATCH sends it.
    static func webhook(allowsPlain: Bool) -> SettingsForm {
        SettingsForm(entries: [
            Entry("virtualHub", .flag, .boolean(false)),
            Entry("endPoint", .endpoint(allowsPlain: allowsPlain), .string("")),
            Entry("batchIsActive", .flag, .boolean(true)),
            Entry("api", .flag, .boolean(true)),
            Entry("webhookActive", .flag, .boolean(false)),
            Entry("recurringBill", .flag, .boolean(true)),
            Entry("mobileHub", .flag, .boolean(false)),
        ])
    }

    /// Mails.
    static let email = SettingsForm(entries: [
        Entry("customRBReport", .flag, .boolean(true)),
        Entry("emailTrnReceipt", .flag, .boolean(true)),
        Entry("emailExpPsw", .flag, .boolean(true)),
        Entry("emailRbSuccessTransaction", .flag, .boolean(true)),
        Entry("emailBatchSuccess", .flag, .boolean(true)),
        Entry("pdfOrCsvForRB", .choice(0...1), .string("0")),
        Entry("customBatchReport", .flag, .boolean(true)),
        Entry("pdfOrCsvForBatch", .choice(0...1), .string("0")),
        Entry("emailBatchFail", .flag, .boolean(true)),
        Entry("emailRbFailTransaction", .flag, .boolean(true)),
    ])

    /// Risk and fraud rules.
    static let risk: SettingsForm = {
        let switches = RiskSettings.Switch.allCases.map {
            Entry($0.rawValue, .flag, .boolean(false))
        }
        let nodes = RiskRule.allCases.flatMap { rule in
            [
                Entry(
                    rule.rawValue + ".value", rule.isCount ? .count : .amount, firstLimit(rule)),
                Entry(rule.rawValue + ".option", .option(1...3), .integer(1)),
            ]
        }
        let address = Entry("email.email_address", .mail, .string(""))
        return SettingsForm(
            entries: switches + nodes + [address],
            nodes: RiskRule.allCases.map { path($0.rawValue) })
    }()

    private static func firstLimit(_ rule: RiskRule) -> JSONValue {
        switch rule {
        case .hourCountAbove: .string("20")
        case .dayCountAbove: .string("40")
        default: .string("$20.00")
        }
    }

    /// A role: the paths of its permissions are those of the document's tables.
    static let role = SettingsForm(
        entries: Permission.allCases.map {
            Entry($0.path, .flagText, $0.isInTablesOnly ? nil : .string("false"))
        } + [
            Entry("transactions.transactionOptions.txtRefundupto", .decimal, .string("0.00")),
            Entry(
                "webPosAccess.webPosAccessOptions.admin.adminOptions.submitBatch",
                .flagOrNumber, .string("false")),
            Entry("firstDefaultScreen", .choice(1...3), .string("1")),
            Entry("roleName", .name, nil),
        ])
}
