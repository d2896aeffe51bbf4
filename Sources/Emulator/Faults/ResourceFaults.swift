/// What faults make of a resource that is read.
internal struct ResourceFaults {
    private let faults: ActiveFaults

    init(_ faults: ActiveFaults) { self.faults = faults }

    /// The answer for a resource.
    func answer(
        _ body: JSONValue, of entry: LedgerEntry, at now: Timestamp
    ) -> GatewayResponse {
        if let fault = faults[.resourceMissing] {
            let age = now.milliseconds - entry.createdAt.milliseconds
            if age < fault.milliseconds ?? .max {
                return .failure(.notFound, status: .notFound)
            }
        }
        if let fault = faults[.resourceError] {
            return .failure(
                .internalError, status: GatewayStatus(rawValue: fault.status ?? 500))
        }
        return .json(body.mapMembers(change))
    }

    private func change(_ member: JSONMember) -> [JSONMember] {
        switch member.name {
        case "organization_id", "merchantOrganizationId", "createdBy", "lastModifiedBy":
            [JSONMember(name: member.name, value: organization(member.value))]
        case "note" where faults.has(.resourceNoteMissing):
            [JSONMember(name: member.name, value: .null)]
        case "amount" where faults.has(.resourceAmountTimes100):
            [JSONMember(name: member.name, value: member.value.timesHundred)]
        case "responseCode": responseCode(member)
        case "_links" where faults.has(.linksAsList):
            [JSONMember(name: "links", value: list(ofLinks: member.value))]
        default: [member]
        }
    }

    /// As the response tables describe links. Source: PayHub API, "ResourceSupport".
    private func list(ofLinks links: JSONValue) -> JSONValue {
        .array(
            (links.members ?? []).map { link in
                .members([
                    "rel": .string(link.name), "href": link.value["href"] ?? .null,
                    "templated": .boolean(false),
                ])
            })
    }

    private func organization(_ value: JSONValue) -> JSONValue {
        guard faults.has(.resourceOtherMerchant) else { return value }
        return value.string == nil ? .integer(99_999) : .string("99999")
    }

    private func responseCode(_ member: JSONMember) -> [JSONMember] {
        if faults.has(.responseCodeMissing) { return [] }
        if faults.has(.responseCodeAsNumber) {
            let number = member.value.string.flatMap(Int.init) ?? 0
            return [JSONMember(name: member.name, value: .integer(number))]
        }
        guard faults.has(.duplicateKeys) else { return [member] }
        let wrong = member.value == .string("00") ? "05" : "00"
        return [JSONMember(name: member.name, value: .string(wrong)), member]
    }
}

extension JSONValue {
    /// The same with every member of every object replaced.
    fileprivate func mapMembers(_ change: (JSONMember) -> [JSONMember]) -> JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.flatMap { member in
                    change(
                        JSONMember(name: member.name, value: member.value.mapMembers(change)))
                })
        case .array(let values): .array(values.map { $0.mapMembers(change) })
        default: self
        }
    }

    /// An amount a hundred times as large.
    fileprivate var timesHundred: JSONValue {
        guard let cents = numberText.flatMap(AmountText.cents) else { return self }
        return .number(AmountText.dollars(cents * 100))
    }
}
