internal import Advice
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A request on its way through the doors.
internal struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who asks.
    var caller = Caller.nobody
    /// Its language.
    var language = Language.english

    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Calls once whoever asks has gone.
    func whenLeft(_ act: @escaping @Sendable () -> Void) {
        ConnectionGuard.whenLeft(channel, act)
    }

    var maxUploadSize: Int { ServiceLimits.bodyBytesMaximum }
}

/// Who asks.
internal enum Caller: Equatable, Sendable {
    /// Nobody that is known.
    case nobody
    /// A till: a process of an allowed user on the socket, or one that has the token.
    case till
    /// The cashier's page, with the token of its session.
    case page(String)
}

/// What of a request is read at most, and how long it may take.
public struct ServiceLimits: Sendable {
    /// A body, in bytes.
    static let bodyBytesMaximum = 16_384
    /// All fields of a head, in bytes.
    static let headBytesMaximum = 8192
    /// Fields of a head.
    static let fieldsMaximum = 64
    /// Path and query, in bytes.
    static let targetBytesMaximum = 1024
    /// Connections to one door.
    static let connectionsMaximum = 64
    /// From the first byte of a request to its last, in milliseconds.
    public var requestMilliseconds = 10_000
    /// How long an answer may wait for its reader, in milliseconds.
    public var unreadMilliseconds = 10_000
    /// Between two requests on a connection, in milliseconds.
    public var idleMilliseconds = 60_000
    /// Between two signs of life on a stream of events, in milliseconds.
    public var beatMilliseconds = 15_000

    /// The limits of the product.
    public init() {}
}

extension HTTPField.Name {
    /// The till's key.
    static let idempotencyKey = Self.named("Idempotency-Key")
    /// What a page's scripts can set and a strange page's form cannot.
    static let page = Self.named("Swipeline-Page")
    /// The supervisor's token.
    static let supervisor = Self.named("Supervisor")
    static let fetchSite = Self.named("Sec-Fetch-Site")
    static let frameOptions = Self.named("X-Frame-Options")
    static let contentTypeOptions = Self.named("X-Content-Type-Options")
    static let referrerPolicy = Self.named("Referrer-Policy")
    static let resourcePolicy = Self.named("Cross-Origin-Resource-Policy")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("a field's name is a token")
        }
        return name
    }
}
