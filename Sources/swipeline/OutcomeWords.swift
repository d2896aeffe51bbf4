internal import PayHub
internal import Values

/// An outcome in the words of the command line: its name, and what else is known.
internal struct OutcomeWords {
    let name: String
    var reason: String?
    var responseCode: String?
    var approvalCode: String?
    var transactionID: String?
    var errorCodes: [String]?

    init(_ outcome: Outcome) {
        switch outcome {
        case .approved(let approval):
            name = "approved"
            responseCode = approval.responseCode.text
            approvalCode = approval.approvalCode
            transactionID = approval.transactionID
        case .declined(let decline):
            name = "declined"
            responseCode = decline.responseCode.text
            transactionID = decline.transactionID
            reason = ResponseCodeTable.row(for: decline.responseCode)?.description
        case .rejected(let rejection):
            name = "rejected"
            errorCodes = rejection.codes.map(\.text)
            reason = Self.reason(of: rejection)
        case .inDoubt(let doubt):
            name = "inDoubt"
            reason = doubt.reason.rawValue
            transactionID = doubt.transactionID
        case .notSent(let failure):
            name = "notSent"
            reason = failure.rawValue
        case .badRead(let bad):
            name = "badRead"
            reason = Self.reason(of: bad)
        case .refused(let refusal):
            name = "refused"
            reason = refusal.rawValue
        }
    }

    private static func reason(of rejection: Rejection) -> String {
        let names = rejection.codes.map { code in
            ErrorCodeTable.name(of: code).map { "\(code) \($0)" } ?? code.text
        }
        return names.isEmpty ? "HTTP \(rejection.status)" : names.joined(separator: ", ")
    }

    private static func reason(of bad: BadRead) -> String {
        switch bad {
        case .noUsableTrack(let track1, let track2):
            [track1.map { "track 1: \(text($0))" }, track2.map { "track 2: \(text($0))" }]
                .compactMap { $0 }.joined(separator: "; ")
        case .notAPaymentCard(let card): "no payment card: \(card.rawValue)"
        case .frame(let fault): "frame: \(fault.rawValue)"
        case .incomplete: "incomplete swipe"
        case .tooLong: "more than a swipe can hold"
        case .manualEntry: "manual entry"
        case .garbledByLayout: "the reader's keyboard layout is not US"
        }
    }

    private static func text(_ fault: TrackFault) -> String {
        switch fault {
        case .readError: "read error"
        case .malformed(let rule, let offset): "\(rule.rawValue) at \(offset)"
        }
    }
}
