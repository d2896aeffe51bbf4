internal import GatewayLink
internal import HotPath
internal import PayHub
internal import Secrets
internal import Timeline
internal import Values

/// What a lane has before a card moves: locked memory, the gateway and its token.
internal struct Till {
    let arena: SecretArena
    let endpoint: GatewayEndpoint
    let folder: String
    let time = SystemTime()

    /// A till of the gateway on a port of this machine, whose certificate lies in `folder`.
    init(port: String, folder: String, blocks: Int = SecretArena.laneBlocks) throws {
        arena = try SecretArena(blocks: blocks)
        endpoint = try GatewayEndpoint(url: "https://127.0.0.1:\(port)")
        self.folder = folder
    }

    /// Without a session, so that the next link of it is a cold one.
    func context() throws -> LinkContext {
        try LinkContext(endpoint: endpoint, trust: .file(path: folder + "/cert.pem"))
    }

    func link() throws -> GatewayLink { GatewayLink(try context(), time: time) }

    func path() throws -> HotPath {
        try HotPath(
            HotPath.Setup(endpoint: endpoint), context: try context(), token: try token(),
            arena: arena, time: time)
    }

    /// A token's length and form, and no token.
    func token() throws -> SecretBytes {
        var token = try arena.take(capacity: Limits.tokenBytesMaximum)
        try token.append("00000000-0000-0000-0000-000000000000".utf8Span.span)
        return token
    }

    func order(_ number: Int) throws -> PaymentOrder {
        PaymentOrder(
            operation: .sale, merchant: Merchant(organizationID: 10_002, terminalID: 2),
            amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 7, sequence: UInt64(number)))
    }
}

/// The gateway did not answer as the reference gateway does.
internal struct WrongAnswer: Error {}
