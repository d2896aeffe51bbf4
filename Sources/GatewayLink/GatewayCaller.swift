public import PayHub
public import Secrets
public import Timeline
public import Values

/// Asks the gateway, and captures, voids and refunds: one call at a time, over the product's own
/// link, blocking the thread that calls.
///
/// What only reads is asked once more when its connection turns out dead. A capture, void or refund
/// has a fresh connection for itself and is sent at most once; whether it may be repeated is for
/// its caller to know (``FollowUp``), who has made its decision durable before the call.
public struct GatewayCaller: ~Copyable, Sendable {
    /// What does not change from call to call.
    public struct Setup: Sendable {
        /// Where the gateway is.
        public var endpoint: GatewayEndpoint
        /// For whom it captures, voids and refunds.
        public var merchant: Merchant
        /// How long each step on the wire may take.
        public var deadlines = LinkDeadlines()
        /// The room for a request, in bytes, up to ``Limits/requestBytesMaximum``.
        public var requestBytes = SecretArena.blockBytes

        /// The defaults for a merchant at a gateway.
        public init(endpoint: GatewayEndpoint, merchant: Merchant) {
            self.endpoint = endpoint
            self.merchant = merchant
        }
    }

    /// What does not change from call to call.
    public let setup: Setup
    internal let token: SecretBytes
    internal var link: GatewayLink
    internal var request: SecretBytes
    internal var reader = BodyReader()

    /// A caller. It takes the room for a request from the arena, one block (4 KiB) unless told
    /// otherwise; the token has another.
    /// - Throws: ``SecretError/arenaFull``
    public init(
        _ setup: Setup, context: LinkContext, token: consuming SecretBytes, arena: SecretArena,
        time: any TimeSource
    ) throws(SecretError) {
        let request = try arena.take(capacity: setup.requestBytes)
        self.setup = setup
        self.request = request
        // No card waits behind a call: tickets that come late are read with its answer.
        var deadlines = setup.deadlines
        deadlines.ticketMilliseconds = 0
        link = GatewayLink(context, time: time, deadlines: deadlines)
        self.token = token
    }

    /// Ends the connection that was kept from the last read, if there is one.
    public mutating func close() { link.close() }
}

extension GatewayCaller {
    /// What a request is written with: the endpoint and the token, into the buffer.
    public typealias Writing = (
        GatewayEndpoint, borrowing SecretBytes, inout SecretBytes
    ) throws(RequestFault) -> Void

    /// What an answer is read with: its form, a reader of bodies, and the bytes that the form's
    /// ranges are of.
    public typealias Reading<Result> = (HTTPAnswer, inout BodyReader, Span<UInt8>) -> Result

    /// Writes a request, sends it and reads its answer, whatever its status: everything that the
    /// product asks of the gateway but the payment of a swipe.
    ///
    /// - Parameters:
    ///   - kind: what only reads is asked once more, on a fresh connection, when its connection
    ///     turns out dead; what changes something has a fresh connection for itself and is sent at
    ///     most once.
    ///   - limit: of the answer, head and body together, in bytes.
    ///   - write: writes the request.
    ///   - read: reads the answer; the bytes are wiped behind it.
    /// - Returns: what `read` makes of the answer.
    /// - Throws: ``CallFault``
    public mutating func carry<Result>(
        _ kind: RequestKind, limit: Int = Limits.listAnswerBytesMaximum,
        writing write: Writing, reading read: Reading<Result>
    ) throws(CallFault) -> Result {
        defer { request.wipe() }
        do { try write(setup.endpoint, token, &request) } catch { throw .request(error) }
        var answer = LargeAnswer(limit: limit)
        let got: HTTPAnswer
        do {
            got = try kind == .read ? ask(&answer) : sendOnce(&answer)
        } catch { throw .link(error) }
        return answer.withBytes { bytes in read(got, &reader, bytes) }
    }

    private mutating func sendOnce(_ answer: inout LargeAnswer) throws(LinkFailure) -> HTTPAnswer {
        try link.open()
        return try link.exchange(request, kind: .money, into: &answer)
    }

    /// Asks on the connection that is there, and once more on a fresh one if it turns out dead.
    private mutating func ask(_ answer: inout LargeAnswer) throws(LinkFailure) -> HTTPAnswer {
        do throws(LinkFailure) { return try askOnce(&answer) } catch {
            guard error.isOfDeadLink else { throw error }
        }
        link.close()
        return try askOnce(&answer)
    }

    private mutating func askOnce(_ answer: inout LargeAnswer) throws(LinkFailure) -> HTTPAnswer {
        if !link.isOpen { try link.open() }
        return try link.exchange(request, kind: .read, into: &answer)
    }
}

/// Why a call has no answer.
public enum CallFault: Error, Equatable, Sendable {
    /// It cannot be written; nothing was sent.
    case request(RequestFault)
    /// No answer came.
    case link(LinkFailure)
}

extension CallFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .request(let fault): fault.description
        case .link(let failure): failure.description
        }
    }
}

extension LinkFailure {
    /// True when the connection broke, which says nothing about the next one.
    fileprivate var isOfDeadLink: Bool {
        switch cause {
        case .connectionLost, .closedBeforeAnswer, .closedInAnswer: true
        default: false
        }
    }
}
