internal import Decryption
internal import Logging
internal import Secrets
internal import Values

/// Reads a request's body and makes an order of it. Card numbers stand here, in locked memory,
/// and nowhere behind it.
internal final class OrderDesk: Sendable {
    /// What a body comes to.
    enum Judgement {
        case order(Order)
        case refused(GatewayResponse)
    }

    internal let settings: EmulatorSettings
    internal let logger: Logger
    private let vault = TokenVault()
    private let arena: SecretArena
    private let ring: KeyRing

    init(_ settings: EmulatorSettings, logger: Logger) throws(EmulatorError) {
        do { arena = try SecretArena() } catch { throw .secrets(error) }
        ring = try KeyFile.ring(from: settings.keyFile, in: arena)
        self.settings = settings
        self.logger = logger
    }

    /// Judges the body of a request.
    func judge(_ body: RequestBody.Reading, _ visit: Visit) -> Judgement {
        switch body {
        case .failure(let response): return .refused(response)
        case .success(let value):
            var findings = Findings()
            do throws(EmulatorError) {
                let matter = try matter(value, visit, &findings)
                for warning in findings.warnings { logger.warning("\(warning)") }
                guard let matter else { return .refused(.refused(findings.violations)) }
                return .order(
                    Order(
                        kind: visit.kind, organization: visit.account.organization,
                        matter: matter))
            } catch {
                logger.error("\(error.description)")
                return .refused(.failure(.internalError, status: .internalServerError))
            }
        }
    }

    private func matter(
        _ body: JSONValue, _ visit: Visit, _ findings: inout Findings
    ) throws(EmulatorError) -> Order.Matter? {
        let follows = visit.kind.follows || visit.kind == .refund && FollowUpRules.isLinked(body)
        if follows {
            let rules = FollowUpRules(
                account: visit.account, settings: visit.settings, kind: visit.kind)
            return rules.judge(body, &findings).map { .followUp($0) }
        }
        let rules = PaymentRules(
            account: visit.account, settings: visit.settings,
            sources: sources(on: visit.now.day), kind: visit.kind)
        return try rules.judge(body, &findings).map { .payment($0) }
    }

    /// Where cards are read from on a day.
    internal func sources(on day: CivilDate) -> CardSources {
        CardSources(vault: vault, arena: arena, ring: ring, today: day)
    }

    /// Knows the card of a transaction of an earlier run by its token.
    func restore(_ card: CardRecord?) {
        guard let card, let token = card.token else { return }
        vault.restore(card.identity, as: token)
    }

    /// Remembers the expiry that a payment showed.
    func remember(_ card: CardRecord?) {
        guard let card, let token = card.token, let expiry = card.expiry else { return }
        vault.remember(expiry, of: token)
    }
}
