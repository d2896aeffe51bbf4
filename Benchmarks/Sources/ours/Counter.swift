internal import GatewayLink
internal import PayHub
internal import Readers
internal import Secrets
internal import Timeline
internal import Tracks
internal import Values

/// The work of HotPath on a swipe, in its order, over one kept-alive connection, which HotPath
/// itself does not have: it gives each payment a connection of its own.
internal struct Counter: ~Copyable {
    private let till: Till
    private let today: CivilDate
    private let policy = CardPolicy()
    private let order: PaymentOrder
    private let prepared: RequestWriter.Prepared
    private(set) var request: SecretBytes
    private var answer: SecretBytes
    private var reader = BodyReader()

    init(_ till: Till) throws {
        var request = try till.arena.take(capacity: Limits.requestBytesMaximum)
        let order = try till.order(1)
        let prepared = try RequestWriter.prepare(
            order, for: till.endpoint, token: try till.token(), into: &request)
        let answer = try till.arena.take(capacity: Limits.answerBytesMaximum)
        self.prepared = prepared
        self.answer = answer
        today = CivilDate(daysSinceEpoch: till.time.today())
        self.order = order
        self.request = request
        self.till = till
    }

    /// Swipe in hand to request whole; the swipe is wiped when this returns.
    mutating func write(_ gathered: consuming GatheredSwipe) throws {
        let swipe = Swipe(decoding: gathered)
        guard let card = judge(swipe) else { throw WrongAnswer() }
        try RequestWriter.complete(prepared, with: card, from: swipe.bytes, in: &request)
    }

    /// The first half of ``write(_:)``.
    func decode(_ gathered: consuming GatheredSwipe) throws {
        let swipe = Swipe(decoding: gathered)
        guard judge(swipe) != nil else { throw WrongAnswer() }
    }

    /// Takes the card out of the request.
    mutating func forget() { RequestWriter.forgetCard(prepared, in: &request) }

    private func judge(_ swipe: borrowing Swipe) -> CardData? {
        switch swipe.content {
        case .bad: return nil
        case .encrypted(let block):
            return CardData(
                .encryptedTrack(
                    block.frame, form: .hexLower,
                    swiper: CardSource.Swiper(
                        brand: swipe.reader.brand, model: swipe.reader.model)),
                expiry: block.expiry)
        case .plain(let tracks):
            let verdict = swipe.bytes.withBytes { policy.judge(tracks, $0, today: today) }
            guard verdict.refusal == nil else { return nil }
            return CardData(
                .tracks(
                    track1: tracks.track1.layout?.text, track2: tracks.track2.layout?.text),
                expiry: tracks.expiry)
        }
    }

    /// Sends the request, and wipes the card; the id of the sale.
    mutating func post(
        over link: inout GatewayLink, as kind: RequestKind
    ) throws -> TransactionID {
        let posted = try link.exchange(request, kind: kind, into: &answer)
        let judgement = answer.withBytes { bytes in
            reader.judge(
                status: posted.status,
                location: posted.location.map {
                    Location(
                        bytes.extracting($0.range), ResourceKind(order.operation), at: till.endpoint
                    )
                },
                body: bytes.extracting(posted.body.range))
        }
        guard case .accepted(let id) = judgement else { throw WrongAnswer() }
        return id
    }

    /// Reads the sale's resource.
    mutating func get(
        _ id: TransactionID, over link: inout GatewayLink, _ inquiry: inout SecretBytes
    ) throws {
        try RequestWriter.get(
            TransactionResource(ResourceKind(order.operation), id), from: till.endpoint,
            token: try till.token(), into: &inquiry)
        let got = try link.exchange(inquiry, kind: .read, into: &answer)
        guard resource(id, got.body)?.responseCode.isApproval == true else { throw WrongAnswer() }
    }

    /// Reads the answer to a GET once more, head and body.
    mutating func readAgain(_ id: TransactionID) throws {
        var answerReader = AnswerReader(room: answer.capacity)
        guard let form = try answer.edit({ try answerReader.advance(&$0) }),
            resource(id, form.body) != nil
        else { throw WrongAnswer() }
    }

    private mutating func resource(_ id: TransactionID, _ body: ByteRange) -> PaymentResource? {
        answer.withBytes {
            reader.resource($0.extracting(body.range), of: order.operation, id: id)
        }
    }
}
