internal import Decryption
package import Logging
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
    /// When batches settle by the clock, local time; `nil` settles none.
    package var settlementTime: TimeOfDay?
    /// Webhooks may go over plain HTTP to this machine.
    package var allowsPlainWebhooks = false
    /// A SQLite file that keeps the ledger; `nil` keeps it in memory.
    package var store: String?
    /// The id of the first transaction of an empty ledger; ids count up.
    package var firstID = 1001
    /// A file of base keys beside the published one.
    package var keyFile: String?

    /// The defaults for these merchants.
    package init(merchants: [MerchantAccount]) { self.merchants = merchants }
}

/// The emulated gateway without a server: a request goes in, what happens on the wire comes out.
/// Time comes from a clock that is given, so that a simulation can be repeated.
package final class EmulatorCore: Sendable {
    /// The longest body that is read, in bytes.
    package static let bodyBytesMaximum = 65_536

    /// Every transaction.
    package let ledger: Ledger
    /// What goes wrong.
    package let faults = FaultPlan()
    /// Every POST that came in.
    package let posts = PostLog()
    internal let clock: any GatewayClock
    internal let settings: EmulatorSettings
    internal let desk: OrderDesk
    internal let logger: Logger
    private let accountsByToken: [String: MerchantAccount]
    private let turn = Mutex(Waiting())
    private let places = Mutex(Places())
    /// Rings when there is something to deliver.
    internal let courierBell = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Where the gateway's URLs begin, for the listener that the request came to.
    private struct Places {
        var secure = "https://localhost/api/v2"
        var plain = "http://127.0.0.1/api/v2"
        var isPlain = false
    }

    /// What waits for its time.
    internal typealias Waiting = [WaitingOrder]

    /// A gateway with an empty ledger, or with the one that its file keeps.
    /// - Throws: ``EmulatorError/secrets(_:)``, ``EmulatorError/keyFile(_:)``,
    ///   ``EmulatorError/store(_:)``
    package init(
        _ settings: EmulatorSettings, clock: any GatewayClock, logger: Logger
    ) throws(EmulatorError) {
        self.settings = settings
        self.clock = clock
        self.logger = logger
        ledger = try Ledger(store: settings.store, firstID: settings.firstID)
        desk = try OrderDesk(settings, logger: logger)
        for entry in ledger.entries { desk.restore(entry.card) }
        for bill in ledger.recurringBills { desk.restore(bill.card) }
        var accounts: [String: MerchantAccount] = [:]
        for merchant in settings.merchants {
            for token in merchant.tokens { accounts[token] = merchant }
        }
        accountsByToken = accounts
    }

    /// Sets where the gateway's URLs begin: `https://localhost:8443/api/v2`.
    package func setBase(_ url: String) { places.withLock { $0.secure = url } }

    /// Sets where they begin for a client without TLS: `http://127.0.0.1:8080/api/v2`.
    package func setPlainBase(_ url: String) { places.withLock { $0.plain = url } }

    /// Where the gateway's URLs begin, for the client that is being answered.
    internal var base: String { places.withLock { $0.isPlain ? $0.plain : $0.secure } }

    /// Answers a request and writes one line to the log. A fault of the wire shows in
    /// ``exchange(_:)`` only: this is what the gateway would say.
    package func respond(to request: GatewayRequest) -> GatewayResponse {
        handle(request).response
    }

    /// Takes a request; what then happens on its connection, in this order. Writes one line to
    /// the log: method, path, status or end, time taken.
    package func exchange(_ request: GatewayRequest) -> [WireEvent] {
        let outcome = handle(request)
        return AnswerShape(outcome.faults).events(of: outcome)
    }

    /// Takes a connection; the fault that it meets.
    package func connect() -> FaultName? { faults.meetConnection()?.name }

    /// Does what waited until now: late orders, and settlement by the clock.
    package func catchUp() {
        turn.withLock { catchUp(&$0, to: clock.now()) }
        wakeCourier()
    }

    /// The merchant to whom the bearer token belongs.
    internal func account(of request: GatewayRequest) -> MerchantAccount? {
        let words = (request.headers["authorization"] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return accountsByToken[String(words[1])]
    }

    /// One request at a time.
    private func handle(_ request: GatewayRequest) -> RequestOutcome {
        let start = SystemTime().now()
        let outcome = turn.withLock { waiting in
            places.withLock { $0.isPlain = request.isPlain }
            let now = clock.now()
            catchUp(&waiting, to: now)
            return answer(request, at: now, &waiting)
        }
        wakeCourier()
        let microseconds = SystemTime().now().since(start) / 1000
        logger.info(
            """
            \(request.method) \(request.loggablePath) \(outcome.loggableEnd) \(microseconds) us
            """)
        return outcome
    }
}
