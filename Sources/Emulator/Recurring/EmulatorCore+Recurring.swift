/// Requests about recurring bills, and the sales that bills make on their days.
extension EmulatorCore {
    /// Answers a request about recurring bills.
    internal func recurring(
        _ route: RecurringRoute, _ request: GatewayRequest, _ body: RequestBody.Reading?,
        _ visit: RecurringVisit
    ) -> RequestOutcome {
        let faults = visit.faults
        guard let id = route.id else {
            guard request.method == "POST" else {
                return RequestOutcome(
                    response: listBills(route, request, visit), faults: faults)
            }
            let before = ledger.recurringBills.last {
                $0.organization == visit.account.organization
            }
            let response = makeBill(body, visit)
            return AnswerFaults(faults).after(response, request, before: before?.id, base: base)
        }
        guard let bill = ledger.recurringBill(id: id),
            bill.organization == visit.account.organization
        else {
            return RequestOutcome(
                response: .failure(.notFound, status: .notFound), faults: faults)
        }
        let response = answer(route, about: bill, request, body, visit)
        return RequestOutcome(response: response, faults: faults)
    }

    private func answer(
        _ route: RecurringRoute, about bill: RecurringBill, _ request: GatewayRequest,
        _ body: RequestBody.Reading?,
        _ visit: RecurringVisit
    ) -> GatewayResponse {
        switch route {
        case .collection, .search: return .failure(.notFound, status: .notFound)
        case .part(let part, _):
            return shown(RecurringResource(bill, base: base).json(of: part), bill, visit)
        case .bill where request.method == "GET":
            return shown(RecurringResource(bill, base: base).json, bill, visit)
        case .bill:
            return keep(desk.judgeUpdate(body, of: bill, visit))
        case .statusChange: return keep(desk.judgeStatus(body, of: bill, at: visit.now))
        case .metaData(let place, _):
            return keep(desk.judgeMetaData(request, of: bill, place, at: visit.now))
        }
    }

    private func shown(
        _ body: JSONValue, _ bill: RecurringBill,
        _ visit: RecurringVisit
    ) -> GatewayResponse {
        ResourceFaults(visit.faults).answer(body, of: bill.subject, at: visit.now)
    }

    private func makeBill(
        _ body: RequestBody.Reading?, _ visit: RecurringVisit
    ) -> GatewayResponse {
        let now = visit.now
        switch desk.judgeRecurring(body, of: visit) {
        case .refused(let response): return response
        case .accepted(let request):
            let made = ledger.write { book in
                let organization = visit.account.organization
                let bill = RecurringBill(
                    id: String(book.nextSequence()), organization: organization, request,
                    customerID: book.customerID(of: request.customer, organization: organization),
                    at: now)
                book.apply(.recurringBill(bill))
                return bill
            }
            guard let made else {
                return .failure(.internalError, status: .internalServerError)
            }
            desk.remember(made.card)
            billByClock(to: now)
            return .created(location: RecurringResource(made, base: base).url)
        }
    }

    /// Keeps a changed bill.
    private func keep(
        _ judgement: OrderDesk.RecurringJudgement<RecurringBill>
    ) -> GatewayResponse {
        switch judgement {
        case .refused(let response): return response
        case .accepted(let bill):
            guard ledger.write({ $0.apply(.recurringBill(bill)) }) != nil else {
                return .failure(.internalError, status: .internalServerError)
            }
            desk.remember(bill.card)
            return GatewayResponse(.noContent, [], [])
        }
    }

    private func listBills(
        _ route: RecurringRoute, _ request: GatewayRequest,
        _ visit: RecurringVisit
    ) -> GatewayResponse {
        var url = "\(base)/\(RecurringRoute.name)"
        var bills = ledger.recurringBills.filter {
            $0.organization == visit.account.organization
        }
        if case .search(let search) = route {
            guard let number = request.query[search.member].flatMap({ Int($0) }) else {
                return .refused([Violation(fault: .bodyInvalid, location: search.member)])
            }
            url += "/search/\(search.rawValue)"
            bills = bills.filter {
                (search == .customer ? $0.customerID : $0.organization) == number
            }
        }
        let list = ListAnswer(RecurringRoute.listName, at: url, request.target)
        return ListFaults(visit.faults).answer(list, of: bills, at: visit.now) {
            RecurringResource($0, base: base).json
        }
    }
}

extension EmulatorCore {
    /// Lets every recurring bill make its sales up to a moment, each at its own time. Days that
    /// come while a bill is paused pass without a sale.
    internal func billByClock(to now: Timestamp) {
        while let bill = nextBill(until: now), let moment = bill.nextBillAt {
            settleByClock(at: moment)
            guard run(bill, at: moment) else { return }
        }
    }

    /// The bill that is due first.
    private func nextBill(until now: Timestamp) -> RecurringBill? {
        ledger.read { book in
            var first: RecurringBill?
            for bill in book.recurringBills {
                guard let moment = bill.nextBillAt, moment.milliseconds <= now.milliseconds,
                    moment.milliseconds < first?.nextBillAt?.milliseconds ?? .max
                else { continue }
                first = bill
            }
            return first
        }
    }

    /// A bill's day; false when it cannot be kept.
    private func run(_ bill: RecurringBill, at moment: Timestamp) -> Bool {
        guard bill.status == .active else {
            let passed = bill.billed(at: moment)
            return ledger.write { $0.apply(.recurringBill(passed)) } != nil
        }
        var subject = FaultSubject(place: .schedule, method: "", path: "")
        subject.operation = RecurringRoute.name
        subject.read(bill)
        let order = Order(
            kind: .sale, organization: bill.organization, matter: .scheduled(bill))
        return commit(order, at: moment, faults.meet(subject)) != nil
    }
}

extension FaultSubject {
    /// Takes what a recurring bill tells of itself.
    internal mutating func read(_ bill: RecurringBill) {
        note = bill.bill.note
        reference = note
        cents = bill.bill.totalCents
        target = bill.id
    }
}
