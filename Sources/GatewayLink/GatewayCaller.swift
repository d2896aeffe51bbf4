public import PayHub
public import Secrets
public import Timeline
internal import Values

/// Asks the gateway, and captures, voids and refunds: one call at a time, over the product's own
/// link, blocking the thread that calls.
///
/// What only reads is asked once more when its connection turns out dead. A capture, void or refund
/// has a fresh connection for itself and is sent at most once; whether it may be repeated is for
/// its caller to know (``FollowUp``), who has made its decision durable before the call.
public struct GatewayCaller: ~Copyable {
    /// What does not change from call to call.
    public struct Setup: Sendable {
        /// Where the gateway is.
        public var endpoint: GatewayEndpoint
        /// For whom it captures, voids and refunds.
        public var merchant: Merchant
        /// How long each step on the wire may take.
        public var deadlines = LinkDeadlines()

        /// The defaults for a merchant at a gateway.
        public init(endpoint: GatewayEndpoint, merchant: Merchant) {
            self.endpoint = endpoint
            self.merchant = merchant
        }
    }

    /// The room for a request, in bytes: one block of an arena.
    private static let requestBytes = SecretArena.blockBytes

    internal let setup: Setup
    internal let token: SecretBytes
    internal var link: GatewayLink
    internal var request: SecretBytes
    internal var reader = BodyReader()

    /// A caller. It takes one block (4 KiB) of the arena; the token has another.
    /// - Throws: ``SecretError/arenaFull``
    public init(
        _ setup: Setup, context: LinkContext, token: consuming SecretBytes, arena: SecretArena,
        time: any TimeSource
    ) throws(SecretError) {
        let request = try arena.take(capacity: Self.requestBytes)
        self.setup = setup
        self.request = request
        link = GatewayLink(context, time: time, deadlines: setup.deadlines)
        self.token = token
    }

    /// Ends the connection that was kept from the last read, if there is one.
    public mutating func close() { link.close() }
}

extension GatewayCaller {
    /// Sends a request that changes something on a fresh connection, once.
    internal mutating func send(_ followUp: FollowUp) -> FollowUpAnswer {
        defer { request.wipe() }
        do {
            try RequestWriter.post(
                followUp, of: setup.merchant, to: setup.endpoint, token: token, into: &request)
        } catch { return .notSent(.requestTooLarge) }
        var answer = LargeAnswer(limit: Limits.answerBytesMaximum)
        let got: HTTPAnswer
        do throws(LinkFailure) {
            try link.open()
            got = try link.exchange(request, kind: .money, into: &answer)
        } catch {
            return error.sent == .all
                ? .unknown(Doubt(error.doubtReason)) : .notSent(error.sendFailure)
        }
        let endpoint = setup.endpoint
        return answer.withBytes { bytes in
            reader.judge(
                followUpStatus: got.status,
                location: got.location.map {
                    Location(bytes.extracting($0.range), followUp.kind, at: endpoint)
                },
                body: bytes.extracting(got.body.range))
        }
    }

    /// What a request is written with: the endpoint and the token, into the buffer.
    internal typealias Writing = (
        GatewayEndpoint, borrowing SecretBytes, inout SecretBytes
    ) throws(RequestFault) -> Void

    /// Sends a request that reads, and reads the body of its answer, which must be a 200.
    internal mutating func read<Result>(
        limit: Int, _ write: Writing,
        _ body: (inout BodyReader, Span<UInt8>) throws(InquiryFault) -> Result
    ) throws(InquiryFault) -> Result {
        defer { request.wipe() }
        do { try write(setup.endpoint, token, &request) } catch { throw .request(error) }
        var answer = LargeAnswer(limit: limit)
        let got: HTTPAnswer
        do { got = try ask(&answer) } catch { throw .link(error) }
        return try answer.withBytes { bytes throws(InquiryFault) in
            let bytes = bytes.extracting(got.body.range)
            switch got.status {
            case 200: return try body(&reader, bytes)
            case 400, 401, 403:
                throw .refused(
                    Rejection(status: got.status, codes: reader.errorCodes(bytes)))
            case 404: throw .notFound
            default: throw .unexpectedStatus(got.status)
            }
        }
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

extension LinkFailure {
    /// True when the connection broke, which says nothing about the next one.
    fileprivate var isOfDeadLink: Bool {
        switch cause {
        case .connectionLost, .closedBeforeAnswer, .closedInAnswer: true
        default: false
        }
    }
}
