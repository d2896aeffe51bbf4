internal import Logging
internal import PayHub

extension EmulatorCore {
    /// Shows or changes what a merchant has set up.
    internal func administer(
        _ route: AdministrationRoute, _ account: MerchantAccount, _ body: RequestBody.Reading?
    ) -> GatewayResponse {
        let desk = AdministrationDesk(
            account: account, settlementTime: settings.settlementTime, base: base,
            allowsPlainWebhooks: settings.allowsPlainWebhooks)
        let organization = account.organization
        let administration = ledger.read { $0.administration(of: organization) }
        switch body {
        case nil: return desk.shown(route, administration)
        case .failure(let response)?: return response
        case .success(let changes)?:
            var findings = Findings()
            let outcome = desk.change(route, of: administration, by: changes, &findings)
            for warning in findings.warnings { logger.warning("\(warning)") }
            guard let changed = outcome.changed else { return outcome.response }
            let isKept: Void? = ledger.write { $0.set(changed, of: organization) }
            return isKept == nil
                ? .failure(.internalError, status: .internalServerError) : outcome.response
        }
    }

    /// What a merchant's set-up asks of a request: the emulator's switches, and those of the risk
    /// settings.
    internal func requirements(of account: MerchantAccount) -> MerchantSettings {
        var requirements = settings.merchantSettings
        let organization = account.organization
        let administration = ledger.read { $0.administrations[organization] }
        guard let administration else { return requirements }
        if administration.isOn(.cvvRequired) { requirements.requiresCVV = true }
        if administration.isOn(.addressRequired) { requirements.requiresAddress = true }
        return requirements
    }

    /// Lets a transaction go that a risk rule holds; false when it is not held.
    package func release(_ id: String) -> Bool {
        catchUp()
        let now = clock.now()
        return ledger.write { $0.release(id, at: now) } ?? false
    }
}
