internal import PayHub

/// What a request asks for, once it breaks no rule.
internal struct Order: Sendable {
    enum Matter: Sendable {
        /// Something about a card.
        case payment(PaymentRequest)
        /// Something about another transaction.
        case followUp(FollowUpRequest)
        /// The sale that a recurring bill makes on its day.
        case scheduled(RecurringBill)
    }

    let kind: TransactionKind
    let organization: Int
    let matter: Matter
}

/// What became of an order.
internal enum OrderResult: Sendable {
    /// A transaction that a client can read.
    case made(LedgerEntry)
    /// The issuer declined, and it is told as an error.
    case declined(IssuerAnswer)
    /// The life of the transaction that it follows does not allow it.
    case refused(GatewayFault)
}

/// Writes transactions down, after the life cycle of a transaction.
///
/// Source: PayHub API, "Capture", "Void", "Refund"; which code tells what is our reading.
internal struct Acquirer: Sendable {
    let declineStyle: DeclineStyle

    /// Does as ordered, in one step of the ledger.
    func commit(
        _ order: Order, in book: inout LedgerBook, at now: Timestamp, _ faults: ActiveFaults
    ) -> OrderResult {
        if faults.has(.networkUnavailable) { return .refused(.networkUnavailable) }
        let result =
            switch order.matter {
            case .payment(let request): charge(order, request, in: &book, at: now, faults)
            case .followUp(let request): follow(order, request, in: &book, at: now, faults)
            case .scheduled(let bill): self.bill(order, bill, in: &book, at: now, faults)
            }
        if faults.has(.batchSettlesAtOnce), case .made(let entry) = result {
            let batch = book.entry(id: entry.target ?? entry.id)?.batch ?? entry.batch
            _ = book.settle(at: now) { $0.number == batch }
        }
        return result
    }

    /// The sale of a recurring bill, and the bill's next day, together.
    private func bill(
        _ order: Order, _ bill: RecurringBill, in book: inout LedgerBook,
        at now: Timestamp, _ faults: ActiveFaults
    ) -> OrderResult {
        let result = charge(order, bill.request, in: &book, at: now, faults)
        var next = bill.billed(at: now)
        if case .made(let entry) = result, !entry.answer.isApproval,
            faults.has(.scheduledDelinquency)
        {
            next.change(to: .delinquent, at: now)
        }
        book.apply(.recurringBill(next))
        return result
    }

    private func charge(
        _ order: Order, _ request: PaymentRequest, in book: inout LedgerBook,
        at now: Timestamp, _ faults: ActiveFaults
    ) -> OrderResult {
        let sequence = book.nextSequence()
        let policy = book.riskPolicy(of: order.organization)
        var answer = answer(to: request, order.kind, sequence, (now, faults), policy)
        let risk = RiskCharge(order, request, answer, at: now).flatMap {
            policy.status(of: $0, in: book)
        }
        if risk?.isDenied == true { answer.deny() }
        let asError = faults.has(.declineAsError) || declineStyle == .http400
        // Of a scheduled sale nobody waits for an answer.
        let isReadable =
            answer.isApproval || !asError || faults.has(.declineAsResource)
            || request.recurringBillID != nil
        var entry = LedgerEntry(
            id: String(sequence), kind: order.kind, organization: order.organization,
            terminal: request.terminal, createdAt: now, bill: request.bill,
            card: request.card?.record, customer: request.customer,
            customerID: book.customerID(
                of: request.customer, organization: order.organization),
            recordFormat: request.recordFormat, answer: answer, isReadable: isReadable)
        entry.recurringBillID = request.recurringBillID
        entry.risk = risk
        if order.kind != .verify { entry.batch = batch(of: entry, in: &book) }
        book.append(entry)
        return isReadable ? .made(entry) : .declined(answer)
    }

    private func answer(
        to request: PaymentRequest, _ kind: TransactionKind, _ sequence: Int,
        _ moment: (now: Timestamp, faults: ActiveFaults), _ policy: RiskPolicy
    ) -> IssuerAnswer {
        if let fault = moment.faults.first(of: .declineWithCode, .scheduledDecline) {
            return IssuerAnswer(declining: fault.text ?? "05")
        }
        // Rules refuse an expired card; that of a recurring bill expires in the meantime.
        if request.card?.record.expiry?.isPast(on: moment.now.day) == true {
            return IssuerAnswer(declining: Issuer.expiredCard)
        }
        // A verification has no amount at which a test card declines, a refund asks nobody.
        let cents = kind == .verify || kind == .refund ? 0 : request.bill.totalCents
        return Issuer.decide(
            request.card, cents: cents, sequence: sequence,
            toleratesWrongCVV: kind != .verify && policy.holdsWrongCVV(cents: cents))
    }

    private func batch(of entry: LedgerEntry, in book: inout LedgerBook) -> Int {
        book.openBatch(
            organization: entry.organization, terminal: entry.terminal, at: entry.createdAt)
    }

    private func follow(
        _ order: Order, _ request: FollowUpRequest, in book: inout LedgerBook,
        at now: Timestamp, _ faults: ActiveFaults
    ) -> OrderResult {
        guard let target = book.entry(id: request.target),
            target.organization == order.organization
        else { return .refused(.unknownTransactionID) }
        if request.recordFormat == .debitCard, target.recordFormat != .debitCard {
            return .refused(.notADebit)
        }
        let life = TransactionLife(of: target, in: book, faults)
        let refusal: GatewayFault? =
            switch order.kind {
            case .capture: life.capture(request.bill)
            case .void: life.void()
            default: life.refund(request.bill)
            }
        if let refusal { return .refused(refusal) }
        if order.kind == .capture, faults.has(.declineWithCode) { return .refused(.captureFailed) }
        let risk = RiskCharge(order, request, of: target, at: now).flatMap {
            book.riskPolicy(of: order.organization).status(of: $0, in: book)
        }
        if risk?.isDenied == true { return .refused(.unableToRefund) }
        let id = String(book.nextSequence())
        var entry = entry(id, order, request, of: target, at: now)
        entry.risk = risk
        entry.batch = order.kind == .void ? target.batch : batch(of: entry, in: &book)
        book.append(entry)
        book.change(target.id, at: now) { [entry] target in
            switch order.kind {
            case .capture:
                target.capturedCents = entry.bill.totalCents
                target.batch = entry.batch
            case .void: target.voidedBy = target.voidedBy ?? id
            default: target.refundedBy.append(id)
            }
        }
        return .made(entry)
    }

    /// What follows a transaction, without a batch.
    private func entry(
        _ id: String, _ order: Order, _ request: FollowUpRequest, of target: LedgerEntry,
        at now: Timestamp
    ) -> LedgerEntry {
        var entry = LedgerEntry(
            id: id, kind: order.kind, organization: order.organization,
            terminal: request.terminal, createdAt: now, bill: request.bill ?? target.bill,
            card: target.card, customer: target.customer, customerID: target.customerID,
            recordFormat: request.recordFormat, answer: IssuerAnswer(), isReadable: true)
        if request.bill == nil, order.kind == .refund {
            // The note of what is refunded is not the refund's.
            entry.bill = BillRecord(baseCents: target.chargedCents ?? 0)
        }
        entry.target = target.id
        entry.hasOwnBill = request.bill != nil
        return entry
    }
}
