public import GatewayLink
public import PayHub
internal import Readers
public import Secrets
public import Timeline
public import Tracks
internal import Values

/// The way of a swipe to the gateway and back: decode, judge, build, send once, read, read the
/// resource. It belongs to one thread, the submission thread.
///
/// ``arm(_:)`` does before the swipe whatever can be done before it: the link is opened, the
/// request written up to the card.
public struct HotPath: ~Copyable {
    /// What does not change from payment to payment.
    public struct Setup: Sendable {
        /// Where the gateway is.
        public var endpoint: GatewayEndpoint
        /// Which cards the shop takes.
        public var policy = CardPolicy()
        /// How an encrypted block goes out.
        public var encryptedForm = EncryptedTrackForm.hexLower
        /// How long each step on the wire may take.
        public var deadlines = LinkDeadlines()

        /// The defaults for a gateway.
        public init(endpoint: GatewayEndpoint) { self.endpoint = endpoint }
    }

    let setup: Setup
    let time: any TimeSource
    let token: SecretBytes
    var link: GatewayLink
    var request: SecretBytes
    var inquiry: SecretBytes
    var answer: SecretBytes
    var reader = BodyReader()
    var armed: Armed?
    /// When the payment under way is in doubt if its resource has not been read.
    var inquiriesEnd = Moment(nanoseconds: 0)

    /// Writes to the socket that the last POST took: one TLS record is one write, 0 when nothing
    /// was sent.
    public internal(set) var recordsOfLastPost = 0

    /// What ``arm(_:)`` prepared.
    struct Armed: Sendable {
        let order: PaymentOrder
        let prepared: RequestWriter.Prepared
        /// The day on which the card's expiry is judged.
        let today: CivilDate
    }

    /// A path to one gateway, its buffers taken from the lane's arena.
    /// - Throws: ``SecretError/arenaFull``
    public init(
        _ setup: Setup, context: LinkContext, token: consuming SecretBytes, arena: SecretArena,
        time: any TimeSource
    ) throws(SecretError) {
        let request = try arena.take(capacity: Limits.requestBytesMaximum)
        let inquiry = try arena.take(capacity: 1024)
        let answer = try arena.take(capacity: Limits.answerBytesMaximum)
        self.setup = setup
        self.time = time
        self.request = request
        self.inquiry = inquiry
        self.answer = answer
        link = GatewayLink(context, time: time, deadlines: setup.deadlines)
        self.token = token
    }

    /// Opens the link and writes the request up to the card. To be called before the swipe; a
    /// bad read or a refused card leaves the path armed.
    /// - Throws: ``ArmFailure``; nothing was sent.
    public mutating func arm(_ order: PaymentOrder) throws(ArmFailure) {
        armed = nil
        link.close()
        let today = CivilDate(daysSinceEpoch: time.today())
        let rehearsed = try prepare(order)
        do { try link.open() } catch { throw .link(error) }
        rehearse(rehearsed, today: today)
        armed = Armed(order: order, prepared: try prepare(order), today: today)
    }

    private mutating func prepare(
        _ order: PaymentOrder
    ) throws(ArmFailure) -> RequestWriter.Prepared {
        do {
            return try RequestWriter.prepare(
                order, for: setup.endpoint, token: token, into: &request)
        } catch { throw .request(error) }
    }

    /// True between ``arm(_:)`` and the payment's end.
    public var isArmed: Bool { armed != nil }

    /// Forgets the armed payment and closes the link.
    public mutating func disarm() {
        armed = nil
        request.wipe()
        link.close()
    }

    /// Closes the link of a payment that has ended: it carries no second one. To be called as soon
    /// as the outcome has been told; does nothing while the path is armed. ``arm(_:)`` and
    /// ``disarm()`` close it too.
    public mutating func rest() {
        if armed == nil { link.close() }
    }

    /// Whether the link that is open was made by resuming an earlier session.
    public var linkWasResumed: Bool { link.wasResumed }
}

/// Why a lane cannot be armed. Nothing was sent, and no card was read.
public enum ArmFailure: Error, Equatable, Sendable {
    /// The request cannot be written.
    case request(RequestFault)
    /// The gateway cannot be reached.
    case link(LinkFailure)
}

extension ArmFailure: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .request(let fault): fault.description
        case .link(let failure): failure.description
        }
    }
}
