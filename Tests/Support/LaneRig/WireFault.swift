/// One thing that goes wrong with one exchange, at a byte of HTTP.
public struct WireFault: Equatable, Sendable {
    /// The exchange that it meets, the first of its kind.
    public var exchange: Exchange
    /// On the way to the gateway or back.
    public var side: Side
    /// What happens.
    public var kind: Kind
    /// Behind so many bytes, or at this byte.
    public var place: Int

    /// A fault.
    public init(_ exchange: Exchange, _ side: Side, _ kind: Kind, at place: Int) {
        self.exchange = exchange
        self.side = side
        self.kind = kind
        self.place = place
    }

    /// The exchanges of a lane.
    public enum Exchange: String, CaseIterable, Sendable {
        /// POST of a sale.
        case sale
        /// GET of its resource.
        case resource
        /// POST of the report that asks for a note.
        case inquiry
        /// POST of a void.
        case void
    }

    /// Which way.
    public enum Side: String, CaseIterable, Sendable {
        case request
        case answer
    }

    /// What happens at the byte.
    public enum Kind: String, CaseIterable, Sendable {
        /// The connection ends (FIN) without a word of TLS.
        case finish
        /// TLS ends in order, then the connection.
        case closed
        /// RST.
        case reset
        /// Nothing more comes, and the connection stays open.
        case stall
        /// A bit of the byte is the other one, and TLS does not know: the gateway's own end lies.
        case flip
        /// The byte comes twice.
        case double
        /// A bit is the other one below TLS.
        case spoil
        /// The whole request is delivered to the gateway twice.
        case twice
        /// The gateway has the whole request; the connection ends in place of an answer, and the
        /// request comes a second time a minute later.
        case twiceLater
    }

    /// True when the connection only breaks: nobody is told anything that is not so.
    public var isHonest: Bool { kind != .flip && kind != .double }
}
