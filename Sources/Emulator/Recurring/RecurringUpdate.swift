internal import Values

/// The rules of a change of a recurring bill: JSON merged into what is there.
///
/// Source: PayHub API, "Recurring Bill", the PATCH, which names bill, card and schedule and says
/// nothing about parts of them.
internal struct RecurringUpdate: Sendable {
    let rules: RecurringRules
    let now: Timestamp

    private static let changeable: Set<String> = ["bill", "card_data", "schedule", "metaData"]
    private static let fixed = ["merchant", "customer"]

    /// The bill as the body changes it; `nil` when it breaks a rule.
    func judge(
        _ body: JSONValue, of bill: RecurringBill, _ findings: inout Findings
    ) throws(EmulatorError) -> RecurringBill? {
        findings.warn(
            ofUnknownMembersOf: body, known: Self.changeable.union(Self.fixed), at: "the body")
        for member in Self.fixed where ScheduleRules.isGiven(body[member]) {
            findings.refuse(.recurringUpdateFailed, member)
        }
        if !Self.changeable.contains(where: { ScheduleRules.isGiven(body[$0]) }) {
            findings.refuse(.recurringUpdateFailed, "bill")
        }
        if bill.isOver { findings.refuse(.recurringUpdateFailed, "recurring_bill_status") }
        var changed = bill
        judgeBill(body["bill"], &changed, &findings)
        try judgeCard(body["card_data"], &changed, &findings)
        judgeSchedule(body["schedule"], &changed, &findings)
        if let metaData = body["metaData"] { changed.metaData.bill = metaData }
        changed.changedAt = now
        return findings.violations.isEmpty ? changed : nil
    }

    private func judgeBill(
        _ patch: JSONValue?, _ bill: inout RecurringBill, _ findings: inout Findings
    ) {
        guard let patch, patch != .null else { return }
        let envelope = Envelope(entry: bill.subject, base: "")
        let merged = BillResource.json(envelope).keeping(BillRules.members).merged(with: patch)
        if let judged = BillRules.judge(merged, &findings) { bill.bill = judged }
    }

    /// Another card comes with its own number and expiry; without one, the old card stays.
    private func judgeCard(
        _ patch: JSONValue?, _ bill: inout RecurringBill, _ findings: inout Findings
    ) throws(EmulatorError) {
        guard let patch, patch != .null else { return }
        let envelope = Envelope(entry: bill.subject, base: "")
        let kept =
            CardRules.entry(of: patch) == nil
            ? CardRules.members : CardRules.members.filter { $0.hasPrefix("billing_") }
        let old = (CardResource.json(envelope) ?? .null).keeping(kept)
        let entry = bill.card.entry
        guard var card = try rules.card(old.merged(with: patch), &findings) else { return }
        // The token stands in for how the card came.
        if CardRules.entry(of: patch) == nil { card.entry = entry }
        bill.card = card
    }

    /// A schedule of another kind takes nothing of the old one but its interval, start and end.
    private func judgeSchedule(
        _ patch: JSONValue?, _ bill: inout RecurringBill, _ findings: inout Findings
    ) {
        guard let patch, patch != .null else { return }
        let isOther = patch["schedule_type"].map { $0 != bill.schedule["schedule_type"] } ?? false
        let kept: Set<String> =
            patch["schedule_type"] == .string(ScheduleKind.specificDates.rawValue)
            ? [] : ["schedule_type", ScheduleRules.interval, ScheduleRules.span]
        let old = isOther ? bill.schedule.keeping(kept) : bill.schedule
        let merged = old.merged(with: patch)
        guard let schedule = ScheduleRules.judge(merged, on: now.day, &findings) else { return }
        if !bill.follow(schedule, at: now) {
            findings.refuse(.noNextBill, ScheduleRules.location)
        }
        if let metaData = patch["metaData"] { bill.metaData.schedule = metaData }
    }
}

extension JSONValue {
    /// An object with these members alone, and no null.
    fileprivate func keeping(_ names: Set<String>) -> JSONValue {
        .object((members ?? []).filter { names.contains($0.name) && $0.value != .null })
    }

    /// The value with a patch merged into it.
    ///
    /// Source: RFC 7396.
    internal func merged(with patch: JSONValue) -> JSONValue {
        guard let changes = patch.members else { return patch }
        var members = members ?? []
        for change in changes {
            let place = members.firstIndex { $0.name == change.name }
            if change.value == .null {
                if let place { members.remove(at: place) }
                continue
            }
            let old = place.map { members[$0].value } ?? .null
            let new = JSONMember(name: change.name, value: old.merged(with: change.value))
            if let place { members[place] = new } else { members.append(new) }
        }
        return .object(members)
    }
}
