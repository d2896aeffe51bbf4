internal import Logging
internal import PayHub

/// One request about a recurring bill.
internal struct RecurringVisit: Sendable {
    let account: MerchantAccount
    /// What the merchant's set-up asks of the request.
    let settings: MerchantSettings
    let now: Timestamp
    let faults: ActiveFaults
}

/// Reads the bodies of requests about recurring bills.
extension OrderDesk {
    /// What the body of a request comes to.
    enum RecurringJudgement<Result: Sendable>: Sendable {
        case accepted(Result)
        case refused(GatewayResponse)
    }

    /// Judges a request for a bill.
    func judgeRecurring(
        _ body: RequestBody.Reading?, of visit: RecurringVisit
    ) -> RecurringJudgement<RecurringRequest> {
        judge(body) { body, findings throws(EmulatorError) in
            try recurringRules(visit).judge(body, &findings)
        }
    }

    /// Judges a request that changes a bill.
    func judgeUpdate(
        _ body: RequestBody.Reading?, of bill: RecurringBill, _ visit: RecurringVisit
    ) -> RecurringJudgement<RecurringBill> {
        judge(body) { body, findings throws(EmulatorError) in
            try RecurringUpdate(rules: recurringRules(visit), now: visit.now)
                .judge(body, of: bill, &findings)
        }
    }

    /// Judges a request that changes where a bill stands.
    func judgeStatus(
        _ body: RequestBody.Reading?, of bill: RecurringBill, at now: Timestamp
    ) -> RecurringJudgement<RecurringBill> {
        judge(body) { body, findings throws(EmulatorError) in
            guard let status = RecurringStatusRules.judge(body, of: bill, &findings) else {
                return nil
            }
            var changed = bill
            changed.change(to: status, at: now)
            return changed
        }
    }

    /// Reads what a client keeps with a bill: any JSON.
    func judgeMetaData(
        _ request: GatewayRequest, of bill: RecurringBill, _ place: RecurringRoute.MetaDataPlace,
        at now: Timestamp
    ) -> RecurringJudgement<RecurringBill> {
        switch RequestBody.value(of: request) {
        case .failure(let response): return .refused(response)
        case .success(let value):
            var changed = bill
            changed.metaData[keyPath: place.path] = value
            changed.changedAt = now
            return .accepted(changed)
        }
    }

    private func recurringRules(_ visit: RecurringVisit) -> RecurringRules {
        RecurringRules(
            account: visit.account, settings: visit.settings, sources: sources(on: visit.now.day))
    }

    private func judge<Result: Sendable>(
        _ body: RequestBody.Reading?,
        _ rules: (JSONValue, inout Findings) throws(EmulatorError) -> Result?
    ) -> RecurringJudgement<Result> {
        switch body {
        case nil: return .refused(.failure(.bodyNotReadable))
        case .failure(let response)?: return .refused(response)
        case .success(let value)?:
            var findings = Findings()
            do throws(EmulatorError) {
                let result = try rules(value, &findings)
                for warning in findings.warnings { logger.warning("\(warning)") }
                guard let result, findings.violations.isEmpty else {
                    return .refused(.refused(findings.violations))
                }
                return .accepted(result)
            } catch {
                logger.error("\(error.description)")
                return .refused(.failure(.internalError, status: .internalServerError))
            }
        }
    }
}

/// The rules of a change of status.
///
/// Source: PayHub API, "Recurring Bill Status".
internal enum RecurringStatusRules {
    private static let location = "recurring_bill_status"

    /// Judges the body; the new status, when the bill may take it.
    static func judge(
        _ body: JSONValue, of bill: RecurringBill, _ findings: inout Findings
    ) -> RecurringBill.Status? {
        findings.warn(ofUnknownMembersOf: body, known: [location], at: "the body")
        guard let value = body[location], value != .null else {
            findings.refuse(.missingProperty, location)
            return nil
        }
        // The list of what can be set spells it CANCELLED.
        let text = value.string == "CANCELLED" ? "CANCELED" : value.string ?? ""
        guard let status = RecurringBill.Status(rawValue: text), status != .delinquent else {
            findings.refuse(.invalidStatus, location)
            return nil
        }
        let isAllowed =
            switch status {
            case .active: bill.status == .paused
            case .paused: bill.status == .active
            case .canceled: bill.status == .active || bill.status == .paused
            case .completed, .delinquent: false
            }
        guard isAllowed else {
            findings.refuse(.forbiddenStatusChange, location)
            return nil
        }
        return status
    }
}
