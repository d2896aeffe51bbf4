internal import Decryption
package import Logging
internal import PayHub
internal import Secrets
internal import Synchronization
internal import Timeline
internal import Values

/// How a decline is told; the document does not say.
public enum DeclineStyle: String, Sendable, CaseIterable {
    /// 400 with the response code in an error body.
    case http400
    /// 201 with a resource whose response code says so.
    case created201
}

/// What an emulated gateway is set up with.
package struct EmulatorSettings: Sendable {
    /// The merchants.
    package var merchants: [MerchantAccount]
    /// What a merchant's set-up asks of a request.
    package var merchantSettings = MerchantSettings()
    /// How a decline is told.
    package var declineStyle = DeclineStyle.http400
    /// A file of base keys beside the published one.
    package var keyFile: String?

    /// The defaults for these merchants.
    package init(merchants: [MerchantAccount]) { self.merchants = merchants }
}

/// The emulated gateway without a server: a request goes in, an answer comes out.
package final class EmulatorCore: Sendable {
    /// The longest body that is read, in bytes.
    package static let bodyBytesMaximum = 65_536

    /// Every transaction that reached the issuer.
    package let ledger = Ledger()
    private let settings: EmulatorSettings
    private let accountsByToken: [String: MerchantAccount]
    private let clock: any GatewayClock
    private let logger: Logger
    private let vault = TokenVault()
    private let arena: SecretArena
    private let ring: KeyRing
    private let judging = Mutex(())
    private let base = Mutex("https://localhost/api/v2")

    /// A gateway with an empty ledger.
    /// - Throws: ``EmulatorError/secrets(_:)``, ``EmulatorError/keyFile(_:)``
    package init(
        _ settings: EmulatorSettings, clock: any GatewayClock, logger: Logger
    ) throws(EmulatorError) {
        do { arena = try SecretArena() } catch { throw .secrets(error) }
        ring = try KeyFile.ring(from: settings.keyFile, in: arena)
        self.settings = settings
        self.clock = clock
        self.logger = logger
        var accounts: [String: MerchantAccount] = [:]
        for merchant in settings.merchants {
            for token in merchant.tokens { accounts[token] = merchant }
        }
        accountsByToken = accounts
    }

    /// Sets where the gateway's URLs begin: `https://localhost:8443/api/v2`.
    package func setBase(_ url: String) { base.withLock { $0 = url } }

    private func envelope(_ entry: LedgerEntry) -> Envelope {
        Envelope(entry: entry, base: base.withLock { $0 })
    }

    /// Answers a request and writes one line to the log: method, path, status, time taken.
    package func respond(to request: GatewayRequest) -> GatewayResponse {
        let start = SystemTime().now()
        let response = answer(request)
        let microseconds = SystemTime().now().since(start) / 1000
        logger.info(
            """
            \(request.method) \(request.loggablePath) \(response.status.rawValue) \
            \(microseconds) us
            """)
        return response
    }

    private func answer(_ request: GatewayRequest) -> GatewayResponse {
        guard let account = account(of: request) else { return .unauthorized }
        guard let route = Route(path: request.path) else {
            return .failure(.pageNotFound, status: .notFound)
        }
        guard request.method == route.method else {
            return .failure(
                .methodNotSupported, status: .methodNotAllowed,
                headers: [GatewayHeader("Allow", route.method)])
        }
        switch route {
        case .collection(let kind): return create(kind, request, account)
        case .transaction(let kind, let id):
            return read(kind, id, account) { kind.json($0) }
        case .part(let part, let kind, let id):
            return read(kind, id, account) { part.json($0) }
        }
    }

    /// The merchant to whom the bearer token belongs.
    private func account(of request: GatewayRequest) -> MerchantAccount? {
        let words = (request.headers["authorization"] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return accountsByToken[String(words[1])]
    }

    private func read(
        _ kind: TransactionKind, _ id: String, _ account: MerchantAccount,
        _ json: (Envelope) -> JSONValue?
    ) -> GatewayResponse {
        guard let entry = ledger.entry(id: id), entry.isReadable, entry.kind == kind,
            entry.organization == account.organization,
            let body = json(envelope(entry))
        else { return .failure(.notFound, status: .notFound) }
        return .json(body)
    }

    private func create(
        _ kind: TransactionKind, _ request: GatewayRequest, _ account: MerchantAccount
    ) -> GatewayResponse {
        let body: JSONValue
        switch RequestBody.read(request) {
        case .failure(let response): return response
        case .success(let value): body = value
        }
        let timestamp = clock.now()
        let rules = PaymentRules(
            account: account, settings: settings.merchantSettings,
            sources: CardSources(
                vault: vault, arena: arena, ring: ring, today: timestamp.day))
        var findings = Findings()
        do throws(EmulatorError) {
            // One card at a time stands in the locked memory.
            let payment = try judging.withLock { (_) throws(EmulatorError) in
                try rules.judge(body, &findings)
            }
            for warning in findings.warnings { logger.warning("\(warning)") }
            guard let payment else { return .refused(findings.violations) }
            return charge(payment, kind, account, timestamp)
        } catch {
            logger.error("\(error.description)")
            return .failure(.internalError, status: .internalServerError)
        }
    }

    private func charge(
        _ payment: PaymentRequest, _ kind: TransactionKind, _ account: MerchantAccount,
        _ timestamp: Timestamp
    ) -> GatewayResponse {
        let sequence = ledger.nextSequence()
        let answer = Issuer.decide(
            payment.card, cents: payment.bill.totalCents, sequence: sequence)
        if let card = payment.card?.record, let expiry = card.expiry, let token = card.token {
            vault.remember(expiry, of: token)
        }
        let entry = LedgerEntry(
            id: String(sequence), kind: kind, organization: account.organization,
            terminal: payment.terminal, createdAt: timestamp, bill: payment.bill,
            card: payment.card?.record, customer: payment.customer,
            customerID: ledger.customerID(
                of: payment.customer, organization: account.organization),
            recordFormat: payment.recordFormat, answer: answer,
            isReadable: answer.isApproval || settings.declineStyle == .created201)
        ledger.record(entry)
        guard entry.isReadable else { return .declined(answer) }
        return .created(location: envelope(entry).url)
    }
}
