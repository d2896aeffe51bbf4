internal import Advice
internal import Journal
internal import Lane
internal import Values

/// What a lane tells, in a line for people.
internal struct NewsWords {
    let line: String?

    init(_ news: LaneNews) {
        line =
            switch news {
            case .queued(let attempt): "\(attempt.reference) waits for the payment before it."
            case .armed, .swipeAgain: nil
            case .duplicateSwipe:
                "The same card for the same amount a moment ago: swipe again only if a second "
                    + "payment is meant (--allow-duplicate)."
            case .ended(let attempt): Self.ended(attempt)
            case .inDoubt(let attempt):
                "\(attempt.reference): it is not known yet what became of it; do not swipe again "
                    + "for this ticket" + (attempt.facts.reason.map { " (\($0))" } ?? "")
            case .willBeCancelled(let ticket): "\(ticket) will be cancelled."
            case .refused(let refusal): refusal.description
            case .alarm(let alarm): Terminal.paint("ALARM: ", .red) + alarm.text()
            case .stopped(let stop): stop.line
            }
    }

    private static func ended(_ attempt: Attempt) -> String? {
        let by: String
        switch attempt.facts.settledBy {
        case .inquiry?: by = ", by the gateway's report"
        case .resource?: by = ", by the gateway's resource"
        case .latch?: by = ", nothing had been sent"
        case .person?: by = ", by an operator's word"
        case .answer?, nil: by = ""
        }
        let amount = attempt.amount.map { " \($0)" } ?? ""
        return "\(attempt.reference): \(attempt.operation.rawValue)\(amount) is "
            + "\(words(attempt))\(by)"
    }

    private static func words(_ attempt: Attempt) -> String {
        switch attempt.state {
        case .notSent: "not sent"
        case .notCharged: "not charged"
        case .approved where !attempt.operation.charges: "done"
        case .rejected where attempt.facts.reason == "settled":
            "refused: it is settled or refunded in part; use refund"
        case .rejected:
            "refused \(attempt.facts.errorCodes.map(\.text).joined(separator: " "))"
        default: attempt.state.rawValue
        }
    }
}

/// An attempt as a line of JSON for programs.
internal struct AttemptLine: Encodable {
    let reference: String
    let sequence: UInt64
    let ticket: String
    let operation: String
    let amount: String?
    let currency: String?
    let state: String
    let inDoubt: Bool
    let cause: String
    let transactionId: String?
    let target: String?
    let responseCode: String?
    let approvalCode: String?
    let errorCodes: [String]?
    let maskedPAN: String?
    let brand: String?
    let reason: String?
    let settledBy: String?
    let decidedAt: String
    let stateAt: String

    init(_ attempt: Attempt) {
        let facts = attempt.facts
        reference = attempt.reference.text
        sequence = attempt.sequence
        ticket = attempt.ticket.text
        operation = attempt.operation.rawValue
        amount = attempt.amount?.description
        currency = attempt.amount?.currency
        state = attempt.state.rawValue
        inDoubt = !attempt.state.isEnd && attempt.state != .queued
        cause = attempt.cause.rawValue
        transactionId = facts.transactionID
        target = attempt.target
        responseCode = facts.responseCode?.text
        approvalCode = facts.approvalCode
        errorCodes = facts.errorCodes.isEmpty ? nil : facts.errorCodes.map(\.text)
        maskedPAN = facts.maskedPAN == .hidden ? nil : facts.maskedPAN.description
        brand = facts.brand?.rawValue
        reason = facts.reason
        settledBy = facts.settledBy?.rawValue
        decidedAt = attempt.decidedAt.text
        stateAt = attempt.stateAt.text
    }
}
