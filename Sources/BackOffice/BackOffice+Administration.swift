public import PayHub

extension BackOffice {
    /// The terminals of the account and when they settle.
    ///
    /// Source: PayHub API, "General settings".
    /// - Throws: ``BackOfficeFault``
    public func generalSettings() async throws(BackOfficeFault) -> GeneralSettings {
        try await get(GatewayPath("adminSettings/generalSettings"))
    }

    /// The devices from which users may log in.
    ///
    /// Source: PayHub API, "Get validated devices".
    /// - Throws: ``BackOfficeFault``
    public func validatedDevices() async throws(BackOfficeFault) -> ValidatedDevices {
        try await get(.validatedDevices)
    }

    /// Sets whether a new device needs a code.
    ///
    /// Source: PayHub API, "Patch validated devices".
    /// - Throws: ``BackOfficeFault``
    public func set(_ validation: DeviceValidation) async throws(BackOfficeFault) {
        try await patch(.validatedDevices, validation)
    }

    /// Where notifications go, and of what.
    ///
    /// Source: PayHub API, "Get webhook configuration".
    /// - Throws: ``BackOfficeFault``
    public func webhookConfiguration() async throws(BackOfficeFault) -> WebhookConfiguration {
        try await get(.webhookConfiguration)
    }

    /// Sets where notifications go, and of what.
    ///
    /// Source: PayHub API, "Patch webhook configuration".
    /// - Throws: ``BackOfficeFault``
    public func set(_ configuration: WebhookConfiguration) async throws(BackOfficeFault) {
        try await patch(.webhookConfiguration, configuration)
    }

    /// What is mailed to the merchant.
    ///
    /// Source: PayHub API, "Get email configuration".
    /// - Throws: ``BackOfficeFault``
    public func emailConfiguration() async throws(BackOfficeFault) -> EmailConfiguration {
        try await get(.emailConfiguration)
    }

    /// Sets what is mailed to the merchant.
    ///
    /// Source: PayHub API, "Patch email configuration".
    /// - Throws: ``BackOfficeFault``
    public func set(_ configuration: EmailConfiguration) async throws(BackOfficeFault) {
        try await patch(.emailConfiguration, configuration)
    }

    /// Which transactions are held and denied.
    ///
    /// Source: PayHub API, "Get risk and fraud settings".
    /// - Throws: ``BackOfficeFault``
    public func riskSettings() async throws(BackOfficeFault) -> RiskSettings {
        try await get(.riskFraudDetection)
    }

    /// Sets which transactions are held and denied.
    ///
    /// Source: PayHub API, "Patch risk and fraud settings".
    /// - Throws: ``BackOfficeFault``
    public func set(_ settings: RiskSettings) async throws(BackOfficeFault) {
        try await patch(.riskFraudDetection, settings)
    }
}

extension BackOffice {
    /// The roles of the account's users.
    ///
    /// Source: PayHub API, "Get all user roles".
    /// - Throws: ``BackOfficeFault``
    public func roles() async throws(BackOfficeFault) -> [RoleSummary] {
        try await get(.roles, as: RoleList.self).roles
    }

    /// A role by its number, with all that it may do.
    ///
    /// Source: PayHub API, "Get user role by Id".
    /// - Throws: ``BackOfficeFault``
    public func role(_ id: Int) async throws(BackOfficeFault) -> UserRole {
        try await get(GatewayPath.roles.appending(id))
    }

    /// Changes a role: it may do from now on what this one may.
    ///
    /// Source: PayHub API, "Patch user roles".
    /// - Throws: ``BackOfficeFault``
    public func update(_ id: Int, to role: UserRole) async throws(BackOfficeFault) {
        try await patch(GatewayPath("userRole/roles/update").appending(id), role)
    }

    /// Makes a role.
    ///
    /// Source: PayHub API, "Create user roles".
    /// - Returns: its number, `nil` when the gateway does not say: the document promises none, and
    ///   the list of roles then tells it.
    /// - Throws: ``BackOfficeFault``; in doubt, look for its name in the list before it is made
    ///   again.
    public func create(_ role: UserRole) async throws(BackOfficeFault) -> Int? {
        let made = try await post(GatewayPath("userRole/roles/create"), role, appearsAt: .roles)
        guard case .own(let id)? = made.location else { return nil }
        return Int(id.text)
    }
}

extension GatewayPath {
    fileprivate static let validatedDevices = GatewayPath("adminSettings/validatedDevices")
    fileprivate static let webhookConfiguration = GatewayPath(
        "adminSettings/webhookConfiguration")
    fileprivate static let emailConfiguration = GatewayPath("adminSettings/emailConfiguration")
    fileprivate static let riskFraudDetection = GatewayPath("adminSettings/riskFraudDetection")
    fileprivate static let roles = GatewayPath("userRole/roles")
}
