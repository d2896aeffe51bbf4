/// What a request comes to: the gateway's answer, and what faults make of it.
internal struct RequestOutcome: Sendable {
    var response: GatewayResponse
    var faults = ActiveFaults()
    /// How the connection ends in place of the answer.
    var end: WireEvent?

    /// What the log says of it.
    var loggableEnd: String { end?.name ?? String(response.status.rawValue) }
}

extension EmulatorCore {
    /// Answers a request, with what is to happen to the answer.
    internal func answer(
        _ request: GatewayRequest, at now: Timestamp, _ waiting: inout Waiting
    ) -> RequestOutcome {
        let route = Route(path: request.path)
        let body = ["POST", "PATCH"].contains(request.method) ? RequestBody.read(request) : nil
        let subject = subject(request, route, body)
        if request.method == "POST" { posts.note(subject, at: now) }
        let faults = faults.meet(subject)
        if let outcome = AnswerFaults(faults).before(request) { return outcome }
        guard let account = account(of: request) else {
            return RequestOutcome(response: .unauthorized, faults: faults)
        }
        guard let route else {
            return RequestOutcome(
                response: .failure(.pageNotFound, status: .notFound), faults: faults)
        }
        guard route.methods.contains(request.method) else {
            let allow = GatewayHeader("Allow", route.methods.joined(separator: ", "))
            return RequestOutcome(
                response: .failure(
                    .methodNotSupported, status: .methodNotAllowed, headers: [allow]),
                faults: faults)
        }
        if case .recurring(let route) = route {
            return recurring(route, request, body, (account, now, faults))
        }
        if case .collection(let kind) = route, let body {
            let visit = Visit(kind: kind, account: account, now: now, faults: faults)
            return create(visit, request, body, &waiting)
        }
        let response = read(route, request, account, (now, faults), body)
        return RequestOutcome(response: response, faults: faults)
    }

    /// What faults are chosen by.
    private func subject(
        _ request: GatewayRequest, _ route: Route?, _ body: RequestBody.Reading?
    ) -> FaultSubject {
        var subject = FaultSubject(
            place: .nothing, method: request.method, path: request.path)
        subject.read(body)
        switch route {
        case .collection(let kind):
            subject.operation = kind.rawValue
            subject.place = request.method == "POST" ? .creation : .list
        case .transaction(let kind, let id), .part(_, let kind, let id):
            subject.operation = kind.rawValue
            subject.place = .resource
            subject.about(ledger.entry(id: id))
        case .report:
            subject.operation = "report"
            subject.place = .report
        case .recurring(let route):
            subject.operation = RecurringRoute.name
            subject.place = route.place(of: request.method)
            if let bill = route.id.flatMap({ ledger.recurringBill(id: $0) }) {
                subject.about(bill.subject)
            }
        case .reference(let route):
            subject.operation = route.operation
            subject.place = request.method == "GET" ? .list : .nothing
        case nil: break
        }
        if let target = subject.target, subject.reference == nil {
            subject.about(ledger.entry(id: target))
        }
        return subject
    }

    private func read(
        _ route: Route, _ request: GatewayRequest, _ account: MerchantAccount,
        _ moment: (now: Timestamp, faults: ActiveFaults), _ body: RequestBody.Reading?
    ) -> GatewayResponse {
        switch route {
        case .transaction(let kind, let id):
            return read(kind, id, account, moment) { kind.json($0) }
        case .part(let part, let kind, let id):
            return read(kind, id, account, moment) { part.json($0) }
        case .report: return report(body, account, moment)
        case .collection(let kind):
            return list(kind, request, account, moment)
        case .recurring: return .failure(.notFound, status: .notFound)
        case .reference(let route): return answer(route, request, account, moment)
        }
    }

    private func read(
        _ kind: TransactionKind, _ id: String, _ account: MerchantAccount,
        _ moment: (now: Timestamp, faults: ActiveFaults), _ json: (Envelope) -> JSONValue?
    ) -> GatewayResponse {
        guard let entry = ledger.entry(id: id), entry.isReadable, entry.kind == kind,
            entry.organization == account.organization,
            let body = json(Envelope(entry: entry, base: base))
        else { return .failure(.notFound, status: .notFound) }
        return ResourceFaults(moment.faults).answer(body, of: entry, at: moment.now)
    }

    internal func list(
        _ kind: TransactionKind, _ request: GatewayRequest, _ account: MerchantAccount,
        _ moment: (now: Timestamp, faults: ActiveFaults),
        where isMeant: (LedgerEntry) -> Bool = { _ in true }
    ) -> GatewayResponse {
        let entries = ledger.entries.filter {
            $0.kind == kind && $0.organization == account.organization && $0.isReadable
                && isMeant($0)
        }
        let rest = request.path.split(separator: "/").dropFirst(3).map(String.init)
        let url = ([base, kind.rawValue] + rest).joined(separator: "/")
        let list = ListAnswer(kind.listName, at: url, request.target)
        return ListFaults(moment.faults).answer(list, of: entries, at: moment.now) {
            kind.json(Envelope(entry: $0, base: base))
        }
    }

    private func report(
        _ body: RequestBody.Reading?, _ account: MerchantAccount,
        _ moment: (now: Timestamp, faults: ActiveFaults)
    ) -> GatewayResponse {
        let filters: JSONValue
        switch body {
        case .success(let value)?: filters = value
        case .failure(let response)?: return response
        case nil: filters = .object([])
        }
        var findings = Findings()
        let filter = ReportFilter(
            filters, offsetMinutes: moment.now.offsetMinutes, &findings)
        guard findings.violations.isEmpty else { return .refused(findings.violations) }
        return Report(
            entries: ledger.entries, organization: account.organization, now: moment.now,
            faults: moment.faults
        ).answer(filter)
    }
}

extension FaultSubject {
    /// Takes reference, amount and transaction from a body.
    fileprivate mutating func read(_ body: RequestBody.Reading?) {
        guard case .success(let value)? = body else { return }
        note = value["bill"]?["note"]?.string
        reference = note ?? value["note"]?.string
        target = value["transaction_id"]?.numberText
        if let bill = value["bill"], bill.members != nil {
            var findings = Findings()
            cents = BillRules.judge(bill, &findings)?.totalCents
        }
    }

    /// Takes what is still missing from the transaction that a request is about.
    fileprivate mutating func about(_ entry: LedgerEntry?) {
        guard let entry else { return }
        reference = reference ?? entry.bill.note
        cents = cents ?? entry.bill.totalCents
    }
}
