public import Secrets
internal import Values

/// What is done, and with which resource.
public struct GatewayCall: Equatable, Sendable {
    /// What is done.
    public let method: GatewayMethod
    /// With which resource.
    public let path: GatewayPath
    /// The path's last segment, where that is a card's token.
    public let cardToken: KeptSecret?

    /// A call.
    public init(_ method: GatewayMethod, _ path: GatewayPath, cardToken: KeptSecret? = nil) {
        self.method = method
        self.path = path
        self.cardToken = cardToken
    }

    /// Checks that a token needs no escape and smuggles nothing in.
    fileprivate func check() throws(RequestFault) {
        guard let cardToken else { return }
        let isToken = cardToken.withBytes { bytes in
            (1...64).contains(bytes.count)
                && bytes.indices.allSatisfy {
                    bytes[$0] &- 0x30 < 10 || (bytes[$0] | 0x20) &- 0x61 < 26
                }
        }
        guard isToken else { throw .breach(RuleBreach("card_data.tokenized_card", .token)) }
    }
}

extension RequestWriter {
    /// Writes a request without a body.
    /// - Throws: ``RequestFault``
    public static func call(
        _ call: GatewayCall, to endpoint: GatewayEndpoint, token: borrowing SecretBytes,
        into buffer: inout SecretBytes
    ) throws(RequestFault) {
        buffer.wipe()
        let path = "\(endpoint.path)/\(call.path.text)"
        try head(call.method.rawValue, path, endpoint, token, &buffer)
        try put("\r\n", into: &buffer)
    }

    /// Writes a request with a body, and with a card as its `card_data` if there is one.
    /// - Throws: ``RequestFault``; `breach` when the body breaks a rule.
    public static func call(
        _ call: GatewayCall, _ body: GatewayBody, to endpoint: GatewayEndpoint,
        token: borrowing SecretBytes, into buffer: inout SecretBytes
    ) throws(RequestFault) {
        try call.check()
        let path = "\(endpoint.path)/\(call.path.text)"
        try send((call.method, path, call.cardToken), endpoint, token, into: &buffer) {
            output throws(RequestFault) in
            try body.write(into: &output)
        }
    }
}

/// The body of a request: what holds no card data, and a card.
public struct GatewayBody: Sendable {
    private let request: any GatewayRequest
    private let card: CardInHand?

    /// A body.
    public init(_ request: any GatewayRequest, card: CardInHand? = nil) {
        self.request = request
        self.card = card
    }

    /// Checks and writes it.
    /// - Throws: ``RequestFault``
    public func write(into output: inout OutputSpan<UInt8>) throws(RequestFault) {
        do throws(RuleBreach) { try request.check() } catch { throw .breach(error) }
        let node = try RecordEncoder.encoded(request)
        guard let card else { return try node.write(into: &output) }
        guard case .object(let members) = node.content else {
            throw .breach(RuleBreach("request", .writable))
        }
        try EncodedNode.write(members, closed: false, into: &output)
        if !members.isEmpty { try JSONWriter.raw(",", &output) }
        try card.bytes.withBytes { (secret: Span<UInt8>) throws(RequestFault) in
            try JSONWriter.cardMember(card.data, secret, into: &output)
        }
    }
}
