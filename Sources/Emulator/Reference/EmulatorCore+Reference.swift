extension EmulatorCore {
    /// Answers a search, a list of what transactions have in common, or a PUT of metadata.
    internal func answer(
        _ route: ReferenceRoute, _ request: GatewayRequest, _ account: MerchantAccount,
        _ moment: (now: Timestamp, faults: ActiveFaults)
    ) -> GatewayResponse {
        switch route {
        case .search(let kind, let search):
            guard let number = request.query[search.member].flatMap({ Int($0) }) else {
                return .refused([Violation(fault: .bodyInvalid, location: search.member)])
            }
            return list(kind, request, account, moment) { entry in
                switch search {
                case .organization: entry.organization == number
                case .customer: entry.customerID == number && number != 0
                }
            }
        case .list(let list):
            let entries = ledger.entries.filter {
                $0.organization == account.organization && $0.isReadable
            }
            let page = ListAnswer(list.listName, at: "\(base)/\(list.rawValue)", request.target)
            return .json(page.json(of: list.elements(of: entries, base: base), \.self))
        case .metaData(let place, let id):
            return keep(request, with: place, id, account, at: moment.now)
        }
    }

    private func keep(
        _ request: GatewayRequest, with place: MetaDataPlace, _ id: String,
        _ account: MerchantAccount, at now: Timestamp
    ) -> GatewayResponse {
        let metaData: JSONValue
        switch RequestBody.value(of: request) {
        case .success(let value): metaData = value
        case .failure(let response): return response
        }
        let meant = ledger.entries.filter {
            $0.organization == account.organization && $0.isReadable && place.isMeant($0, by: id)
        }
        guard !meant.isEmpty else { return .failure(.notFound, status: .notFound) }
        let kept: Void? = ledger.write { book in
            for entry in meant { book.change(entry.id, at: now) { place.keep(metaData, in: &$0) } }
        }
        return kept == nil
            ? .failure(.internalError, status: .internalServerError)
            : GatewayResponse(GatewayStatus(rawValue: 204), [], [])
    }
}

extension GatewayRequest {
    /// The members of the query; of a name that stands twice the last.
    internal var query: [String: String] {
        var members: [String: String] = [:]
        for pair in target.split(separator: "?", maxSplits: 1).dropFirst().joined().split(
            separator: "&")
        {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { members[parts[0]] = parts[1].replacing("%2c", with: ",") }
        }
        return members
    }
}
