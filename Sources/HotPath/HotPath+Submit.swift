internal import GatewayLink
public import PayHub
public import Readers
internal import Secrets
public import Timeline
internal import Tracks
public import Values

extension HotPath {
    /// Takes an armed payment from a gathered swipe to its outcome. Every way out wipes the
    /// swipe, the card in the request and the answer. The link is left to ``rest()``, which can
    /// wait until the outcome has been told.
    ///
    /// - Parameters:
    ///   - gathered: the swipe as the reader's thread handed it over.
    ///   - inHand: when this thread had it.
    ///   - inspect: sees the swipe that the policy takes, and may refuse it.
    ///   - willSend: asked right before the first byte; `false` sends nothing.
    /// - Returns: what became of the payment.
    public mutating func submit(
        _ gathered: consuming GatheredSwipe, inHand: Moment,
        inspect: (borrowing Swipe) -> PolicyRefusal? = { _ in nil },
        willSend: () -> Bool = { true }
    ) -> PaymentReport {
        guard let armed else { preconditionFailure("a swipe is only submitted on an armed path") }
        var marks = StageMarks()
        marks.inHand = inHand
        let swipe = Swipe(decoding: gathered)
        marks.lastReport = swipe.lastReportAt
        var report = PaymentReport(reader: swipe.reader)
        var ending = judge(swipe, today: armed.today, into: &report)
        if ending == nil { ending = inspect(swipe).map(Outcome.refused) }
        marks.decoded = time.now()
        report.outcome = ending ?? send(swipe, for: armed, &marks, into: &report, willSend)
        if marks.answered == nil { marks.answered = time.now() }
        report.stages = marks.times
        return report
    }

    /// Takes an armed payment to its outcome with a card that was keyed, or by its token. Its own
    /// rules were checked when it was made; the policy of swipes does not hold for it.
    ///
    /// - Parameters:
    ///   - card: the card; it is wiped when its last holder lets it go.
    ///   - inHand: when this thread had it.
    ///   - willSend: asked right before the first byte; `false` sends nothing.
    /// - Returns: what became of the payment.
    public mutating func submit(
        _ card: CardInHand, inHand: Moment, willSend: () -> Bool = { true }
    ) -> PaymentReport {
        guard let armed else { preconditionFailure("a card is only submitted on an armed path") }
        recordsOfLastPost = 0
        var marks = StageMarks()
        marks.inHand = inHand
        marks.decoded = inHand
        var report = PaymentReport(reader: nil)
        report.entry = card.isToken ? .token : .keyed
        report.maskedPAN = card.maskedPAN
        do throws(RequestFault) {
            try RequestWriter.complete(armed.prepared, with: card, in: &request)
            report.outcome = dispatch(armed, &marks, into: &report, willSend)
        } catch { report.outcome = .notSent(.requestTooLarge) }
        if marks.answered == nil { marks.answered = time.now() }
        report.stages = marks.times
        return report
    }

    /// What the swipe shows, and the outcome if it goes no further.
    private func judge(
        _ swipe: borrowing Swipe, today: CivilDate, into report: inout PaymentReport
    ) -> Outcome? {
        let verdict: PolicyVerdict
        switch swipe.content {
        case .bad(let bad): return .badRead(bad)
        case .encrypted(let block):
            report.entry = .encrypted
            report.maskedPAN = block.maskedPAN
            report.brand = block.brand
            verdict = swipe.bytes.withBytes { setup.policy.judge(block, $0, today: today) }
        case .plain(let tracks):
            report.entry = .plain
            verdict = swipe.bytes.withBytes { bytes in
                if let pan = tracks.pan {
                    report.maskedPAN = MaskedPAN(masking: bytes.extracting(pan.range))
                    report.brand = CardBrand(pan: bytes.extracting(pan.range))
                }
                return setup.policy.judge(tracks, bytes, today: today)
            }
        }
        report.warnings = verdict.warnings
        return verdict.refusal.map(Outcome.refused)
    }

    /// Builds, sends once and reads the answer.
    private mutating func send(
        _ swipe: borrowing Swipe, for armed: Armed, _ marks: inout StageMarks,
        into report: inout PaymentReport, _ willSend: () -> Bool
    ) -> Outcome {
        recordsOfLastPost = 0
        guard let card = CardData(of: swipe, for: armed.order, as: setup.encryptedForm) else {
            return .notSent(.cancelled)
        }
        report.customerIsOmitted = armed.prepared.namesCustomerByCard && card.holder == nil
        do {
            try RequestWriter.complete(
                armed.prepared, with: card, from: swipe.bytes, in: &request)
        } catch { return .notSent(.requestTooLarge) }
        return dispatch(armed, &marks, into: &report, willSend)
    }

    /// Sends what was built, once, and reads the answer. After it the path is no longer armed.
    private mutating func dispatch(
        _ armed: Armed, _ marks: inout StageMarks, into report: inout PaymentReport,
        _ willSend: () -> Bool
    ) -> Outcome {
        marks.built = time.now()
        defer {
            request.wipe()
            answer.wipe()
            inquiry.wipe()
            self.armed = nil
        }
        guard willSend() else { return .notSent(.cancelled) }
        let before = link.traffic.sends
        let posted: HTTPAnswer
        do { posted = try post() } catch { return error.outcomeOfPost }
        request.wipe()
        recordsOfLastPost = link.traffic.sends - before
        marks.sent = posted.sentAt
        marks.firstByte = posted.firstByteAt
        let (outcome, resource) = settle(posted, armed.order)
        marks.answered = time.now()
        report.resource = resource
        report.mismatch = resource?.mismatch(with: armed.order)
        return outcome
    }

    /// Sends the request once. A link that turns out dead before a byte was sent is replaced by a
    /// fresh one, and only then is anything sent.
    private mutating func post() throws(LinkFailure) -> HTTPAnswer {
        do throws(LinkFailure) {
            return try link.exchange(request, kind: .money, into: &answer)
        } catch {
            let isDead = error.cause == .connectionLost || error.cause == .notOpen
            guard error.sent == .nothing, isDead else { throw error }
            try link.reopen()
            return try link.exchange(request, kind: .money, into: &answer)
        }
    }
}

extension HotPath {
    /// What became of a payment, and the resource that says so.
    private typealias Ending = (Outcome, PaymentResource?)

    /// From the POST's answer to the outcome: the resource is read where there is one.
    private mutating func settle(_ posted: HTTPAnswer, _ order: PaymentOrder) -> Ending {
        let endpoint = setup.endpoint
        let kind = ResourceKind(order.operation)
        inquiriesEnd = time.now().adding(milliseconds: 2 * setup.deadlines.readMilliseconds)
        let judgement = answer.withBytes { bytes in
            reader.judge(
                status: posted.status,
                location: posted.location.map {
                    Location(bytes.extracting($0.range), kind, at: endpoint)
                },
                body: bytes.extracting(posted.body.range))
        }
        switch judgement {
        case .ended(let outcome): return (outcome, nil)
        case .accepted(let id): return readResource(id, order.operation, posted.keepsAlive)
        case .acceptedElsewhere(let id):
            guard billBearsReference(id, order, posted.keepsAlive) else {
                return (.inDoubt(Doubt(.locationForeign, transactionID: id.text)), nil)
            }
            return readResource(id, order.operation, link.isOpen)
        }
    }

    /// Reads the resource and says what became of the payment.
    private mutating func readResource(
        _ id: TransactionID, _ operation: PaymentOperation, _ keepsAlive: Bool
    ) -> Ending {
        let unreadable = Outcome.inDoubt(Doubt(.resourceUnreadable, transactionID: id.text))
        let path = TransactionResource(ResourceKind(operation), id)
        guard let got = get(path, keepsAlive), got.status == 200 else { return (unreadable, nil) }
        let resource = answer.withBytes {
            reader.resource($0.extracting(got.body.range), of: operation, id: id)
        }
        return (resource?.outcome ?? unreadable, resource)
    }

    /// True when the bill of this id on our own gateway bears our reference; a verification has no
    /// bill that could.
    private mutating func billBearsReference(
        _ id: TransactionID, _ order: PaymentOrder, _ keepsAlive: Bool
    ) -> Bool {
        let kind = ResourceKind(order.operation)
        guard kind.hasBill,
            let got = get(TransactionResource(kind, id, part: .bill), keepsAlive),
            got.status == 200
        else { return false }
        let note = answer.withBytes { reader.bill($0.extracting(got.body.range))?.note }
        return note != nil && note == order.bill.note
    }

    /// A GET, which may be repeated: on a link that died it is asked once more on a fresh one.
    /// Each try has a read's time, opening the link included, and all of a payment's have that
    /// of two.
    private mutating func get(
        _ resource: TransactionResource, _ keepsAlive: Bool
    ) -> HTTPAnswer? {
        do {
            try RequestWriter.get(
                resource, from: setup.endpoint, token: token, into: &inquiry)
        } catch { return nil }
        if keepsAlive, link.isOpen {
            do {
                return try link.exchange(inquiry, kind: .read, into: &answer, until: inquiriesEnd)
            } catch {}
        }
        let limit = time.now().adding(milliseconds: setup.deadlines.readMilliseconds)
        let end = min(limit, inquiriesEnd)
        do {
            try link.reopen(until: end)
            return try link.exchange(inquiry, kind: .read, into: &answer, until: end)
        } catch { return nil }
    }
}
