internal import Dispatch
public import GatewayLink
public import PayHub
public import Secrets
internal import Synchronization
public import Timeline
internal import Values

/// Everything of the gateway that is not the payment of a swipe: typed questions and changes over
/// the product's own link.
///
/// One call is under way at a time, on a thread of its own; whoever waits for it is not blocked.
/// Questions are repeated once when a connection turns out dead; changes are sent at most once, and
/// a fault says whether they left. What moves money by a card goes through a lane and its journal.
public final class BackOffice: Sendable {
    /// What does not change from call to call.
    public struct Setup: Sendable {
        /// Where the gateway is, for whom, and how long a step may take.
        public var caller: GatewayCaller.Setup
        /// Told of members in an answer that this program does not know, by path and without
        /// their values: the gateway may have learnt something.
        public var tellUnknownMembers: (@Sendable (GatewayPath, [String]) -> Void)?

        /// The defaults for a merchant at a gateway.
        public init(endpoint: GatewayEndpoint, merchant: Merchant) {
            caller = GatewayCaller.Setup(endpoint: endpoint, merchant: merchant)
            caller.requestBytes = Limits.requestBytesMaximum
        }
    }

    /// For whom it asks.
    public var merchant: Merchant { setup.caller.merchant }

    internal let setup: Setup
    private let caller: Mutex<GatewayCaller>
    private let queue = DispatchQueue(label: "swipeline.back-office")

    /// A back office. It takes two blocks (8 KiB) of the arena; the token has another.
    /// - Throws: ``SecretError/arenaFull``
    public init(
        _ setup: Setup, context: LinkContext, token: consuming SecretBytes, arena: SecretArena,
        time: any TimeSource
    ) throws(SecretError) {
        self.setup = setup
        let caller = try GatewayCaller(
            setup.caller, context: context, token: token, arena: arena, time: time)
        self.caller = Mutex(caller)
    }

    /// Ends the connection that was kept from the last question, if there is one.
    public func close() { caller.withLock { $0.close() } }

    /// Does a call on this module's own thread.
    internal func perform<Result: Sendable>(
        _ work: @escaping @Sendable (inout GatewayCaller) -> CallResult<Result>
    ) async throws(BackOfficeFault) -> Result {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<CallResult<Result>, Never>) in
            queue.async { [self] in
                continuation.resume(returning: caller.withLock { work(&$0) })
            }
        }
        return try result.get()
    }
}

/// What a call comes to.
internal typealias CallResult<Value> = Swift.Result<Value, BackOfficeFault>

extension BackOffice {
    /// Asks for a resource.
    /// - Throws: ``BackOfficeFault``
    public func get<Resource: Decodable & Sendable>(
        _ path: GatewayPath, as type: Resource.Type = Resource.self
    ) async throws(BackOfficeFault) -> Resource {
        let decoded = try await perform { caller in
            caller.ask(path) { body throws(RecordFault) in
                try RecordDecoder.decode(type, from: body)
            }
        }
        tell(decoded.unknownMembers, at: path)
        return decoded.record
    }

    /// Asks for one page of a list.
    /// - Throws: ``BackOfficeFault``
    public func page<Resource: Decodable & Sendable>(
        _ page: ListPage, of path: GatewayPath, as type: Resource.Type = Resource.self
    ) async throws(BackOfficeFault) -> DecodedPage<Resource> {
        do { try page.check() } catch { throw .refusedByUs(error) }
        let path = path.page(page)
        let decoded = try await perform { caller in
            caller.ask(path) { body throws(RecordFault) in
                try RecordDecoder.page(of: type, from: body)
            }
        }
        tell(decoded.unknownMembers, at: path)
        return decoded
    }

    /// Makes something new; the gateway must answer with 201.
    ///
    /// - Parameters:
    ///   - path: where it is posted to.
    ///   - body: its own rules are checked before anything is sent.
    ///   - card: goes into the body as `card_data`.
    ///   - place: where the new resource will stand, when that is not `path`.
    /// - Returns: the status and where the new resource stands.
    /// - Throws: ``BackOfficeFault``
    public func post(
        _ path: GatewayPath, _ body: some GatewayRequest, card: CardInHand? = nil,
        appearsAt place: GatewayPath? = nil
    ) async throws(BackOfficeFault) -> Acceptance {
        let body = GatewayBody(body, card: card)
        let place = place ?? path
        return try await perform { caller in
            caller.change(GatewayCall(.post, path), body, appearsAt: place, accepting: 201...201)
        }
    }

    /// Changes a part of a resource; every status from 200 to 299 says that it was done.
    /// - Throws: ``BackOfficeFault``
    public func patch(
        _ path: GatewayPath, _ body: some GatewayRequest, card: CardInHand? = nil
    ) async throws(BackOfficeFault) {
        try await change(.patch, path, GatewayBody(body, card: card))
    }

    /// Puts a resource in the place of what is there; every status from 200 to 299 says that it
    /// was done.
    /// - Throws: ``BackOfficeFault``
    public func put(
        _ path: GatewayPath, _ body: some GatewayRequest
    ) async throws(BackOfficeFault) {
        try await change(.put, path, GatewayBody(body))
    }

    private func change(
        _ method: GatewayMethod, _ path: GatewayPath, _ body: GatewayBody
    ) async throws(BackOfficeFault) {
        try await change(GatewayCall(method, path), body)
    }

    internal func change(
        _ call: GatewayCall, _ body: GatewayBody
    ) async throws(BackOfficeFault) {
        _ = try await perform { caller in
            caller.change(call, body, appearsAt: call.path, accepting: 200...299)
        }
    }

    internal func tell(_ unknownMembers: [String], at path: GatewayPath) {
        guard !unknownMembers.isEmpty else { return }
        setup.tellUnknownMembers?(path, unknownMembers)
    }
}

/// How the gateway took something new.
public struct Acceptance: Equatable, Sendable {
    /// The HTTP status, 201 for what was made.
    public let status: Int
    /// Where the new resource stands; `nil` when the gateway does not say.
    public let location: Location?

    /// The new resource's id.
    /// - Throws: ``BackOfficeFault/transport(_:)`` in doubt, when the gateway names none on its own
    ///   address: it was made all the same.
    public var id: TransactionID {
        get throws(BackOfficeFault) {
            switch location {
            case .own(let id): return id
            case .foreign(let id):
                throw .transport(.inDoubt(Doubt(.locationForeign, transactionID: id?.text)))
            case nil: throw .transport(.inDoubt(Doubt(.locationMissing)))
            }
        }
    }
}
