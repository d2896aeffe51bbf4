/// One request that makes a transaction.
internal struct Visit: Sendable {
    let kind: TransactionKind
    let account: MerchantAccount
    let settings: MerchantSettings
    let now: Timestamp
    let faults: ActiveFaults
}

/// An order whose time has not come.
internal struct WaitingOrder: Sendable {
    let due: Timestamp
    let order: Order
    let faults: ActiveFaults
    /// What is told of it, for the list of POSTs; `nil` when it was told already.
    let subject: FaultSubject?
}

extension EmulatorCore {
    /// Makes a transaction, at once, late, twice or never.
    internal func create(
        _ visit: Visit, _ request: GatewayRequest, _ body: RequestBody.Reading,
        _ waiting: inout Waiting
    ) -> RequestOutcome {
        let faults = visit.faults
        switch desk.judge(body, visit) {
        case .refused(let response): return RequestOutcome(response: response, faults: faults)
        case .order(let order):
            if let late = faults[.lateCommit] {
                wait(for: order, late.milliseconds ?? 1000, visit, &waiting)
                return RequestOutcome(
                    response: .failure(.internalError, status: .internalServerError),
                    faults: faults, end: .drop)
            }
            let before = ledger.entries.last { $0.organization == order.organization }?.id
            let response = answer(to: commit(order, at: visit.now, faults))
            if let twice = faults[.duplicateDelivery] {
                let delay = twice.milliseconds ?? 0
                wait(for: order, delay, visit, &waiting)
                if delay == 0 { catchUp(&waiting, to: visit.now) }
            }
            return AnswerFaults(faults).after(response, request, before: before, base: base)
        }
    }

    private func wait(
        for order: Order, _ milliseconds: Int, _ visit: Visit, _ waiting: inout Waiting
    ) {
        // A second delivery meets no fault of its own.
        let faults = visit.faults.has(.lateCommit) ? visit.faults : ActiveFaults()
        waiting.append(
            WaitingOrder(
                due: visit.now.adding(milliseconds: milliseconds), order: order,
                faults: faults,
                subject: visit.faults.has(.lateCommit) ? nil : FaultSubject(order)))
    }

    internal func commit(
        _ order: Order, at now: Timestamp, _ faults: ActiveFaults
    ) -> OrderResult? {
        let acquirer = Acquirer(declineStyle: settings.declineStyle)
        let isLost = faults.has(.commitLost)
        let step: @Sendable (inout LedgerBook) -> OrderResult = {
            acquirer.commit(order, in: &$0, at: now, faults)
        }
        let result = isLost ? ledger.pretend(step) : ledger.write(step)
        if case .made(let entry)? = result { desk.remember(entry.card) }
        return result
    }

    private func answer(to result: OrderResult?) -> GatewayResponse {
        switch result {
        case .made(let entry)?: .created(location: Envelope(entry: entry, base: base).url)
        case .declined(let answer)?: .declined(answer)
        case .refused(.networkUnavailable)?: .failure(.networkUnavailable)
        case .refused(let fault)?: .refused(fault)
        case nil: .failure(.internalError, status: .internalServerError)
        }
    }

    /// Does what is due, each thing at its own time, with recurring bills and settlements between.
    internal func catchUp(_ waiting: inout Waiting, to now: Timestamp) {
        let due = waiting.filter { $0.due.milliseconds <= now.milliseconds }
            .sorted { $0.due.milliseconds < $1.due.milliseconds }
        waiting.removeAll { $0.due.milliseconds <= now.milliseconds }
        for late in due {
            billByClock(to: late.due)
            settleByClock(at: late.due)
            if let subject = late.subject { posts.note(subject, at: late.due) }
            _ = commit(late.order, at: late.due, late.faults)
        }
        billByClock(to: now)
        settleByClock(at: now)
    }

    /// Settles the batches whose settlement time has come, each at that time.
    internal func settleByClock(at now: Timestamp) {
        guard let time = settings.settlementTime else { return }
        let isDue: @Sendable (LedgerBatch, Timestamp) -> Bool = {
            $0.openedAt.next(time).milliseconds <= $1.milliseconds
        }
        var due: Timestamp? {
            ledger.read { book in
                book.batches.filter { $0.settledAt == nil && isDue($0, now) }
                    .map { $0.openedAt.next(time) }.min { $0.milliseconds < $1.milliseconds }
            }
        }
        while let moment = due {
            let settled = ledger.write { $0.settle(at: moment) { isDue($0, moment) } }
            guard settled != nil else { return }
        }
    }
}

extension FaultSubject {
    /// What an order tells of itself.
    fileprivate init(_ order: Order) {
        self.init(
            place: .creation, method: "POST", path: "/api/v2/\(order.kind.rawValue)")
        operation = order.kind.rawValue
        switch order.matter {
        case .payment(let request):
            note = request.bill.note
            cents = request.bill.totalCents
        case .followUp(let request):
            note = request.bill?.note
            cents = request.bill?.totalCents
            target = request.target
        case .scheduled(let bill): read(bill)
        }
    }
}

extension EmulatorCore {
    /// Writes down that the clock goes ahead, so that a restart does not put it back; false when
    /// that cannot be kept.
    package func keepClock(ahead milliseconds: Int) -> Bool {
        ledger.write { $0.apply(.clock(shiftMilliseconds: $0.clockShift + milliseconds)) } != nil
    }

    /// Settles the open batches of a merchant and terminal, or all; their numbers.
    package func settle(organization: Int? = nil, terminal: Int? = nil) -> [Int] {
        catchUp()
        let now = clock.now()
        let settled = ledger.write { book in
            book.settle(at: now) {
                (organization ?? $0.organization) == $0.organization
                    && (terminal ?? $0.terminal) == $0.terminal
            }
        }
        wakeCourier()
        return settled ?? []
    }
}
