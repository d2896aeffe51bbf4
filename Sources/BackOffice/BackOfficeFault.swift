public import GatewayLink
public import PayHub
public import Values

/// Why something that was asked of the gateway was not done: the one error of this module.
public enum BackOfficeFault: Error, Equatable, Sendable {
    /// The way to the gateway or back failed. Of a change it says whether it was made.
    case transport(TransportFault)
    /// What was asked for breaks a rule; nothing was sent.
    case refusedByUs(RequestFault)
    /// The gateway refused it; nothing was changed.
    case refused(GatewayRefusal)
    /// The issuer or the gateway declined the card; nothing was changed.
    case declined(Decline)
}

/// How the way to the gateway and back failed.
public enum TransportFault: Error, Equatable, Sendable {
    /// A question got no answer, also not on a second connection where the first was dead.
    case unanswered(LinkFailure)
    /// A change did not leave whole: it was not made.
    case notSent(LinkFailure)
    /// A change may have been made or not. It is never sent again by itself: ask first.
    case inDoubt(Doubt)
    /// A question got an answer that is not what was asked for.
    case unreadable(RecordFault)
    /// A report that is none, or is too long.
    case report(ReportFault)
    /// A question got an answer of this status, which says nothing of what was asked.
    case unexpectedStatus(Int)
    /// A list in which the same page came twice in a row, or that has more than
    /// ``Limits/listPagesMaximum`` pages: after so many of them.
    case endlessList(pages: Int)
}

/// A refusal by the gateway.
public struct GatewayRefusal: Error, Equatable, Sendable {
    /// The HTTP status.
    public let status: Int
    /// What the gateway names, in its order; empty when the body was in no known form.
    public let errors: [GatewayError]

    /// A refusal.
    public init(status: Int, errors: [GatewayError]) {
        self.status = status
        self.errors = errors
    }

    /// The codes, in order.
    public var codes: [ErrorCode] { errors.compactMap(\.code) }
}

extension BackOfficeFault {
    /// True when the gateway says that there is no such thing.
    public var isNotFound: Bool {
        guard case .refused(let refusal) = self else { return false }
        return refusal.status == 404
    }
}

extension BackOfficeFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .transport(let fault): fault.description
        case .refusedByUs(let fault): fault.description
        case .refused(let refusal): refusal.description
        case .declined(let decline):
            "declined with code \(decline.responseCode)"
                + (ResponseCodeTable.row(for: decline.responseCode).map { " (\($0.description))" }
                    ?? "") + ": ask for another card"
        }
    }
}

extension TransportFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .unanswered(let failure): failure.description
        case .notSent(let failure): "\(failure.description); nothing was changed"
        case .inDoubt(let doubt):
            "it is not known whether the gateway did it (\(doubt.reason.rawValue)): ask before it "
                + "is sent again"
        case .unreadable(let fault): fault.description
        case .report(let fault): fault.description
        case .unexpectedStatus(let status):
            "the gateway answered with status \(status): try again later"
        case .endlessList(let pages):
            "the gateway's list has no end: after \(pages) pages it claims another one; use the "
                + "report, or call support"
        }
    }
}

extension GatewayRefusal: CustomStringConvertible {
    /// The codes with their names and members, and the remedy.
    public var description: String {
        let named = errors.map { error in
            let code = error.code.map { code in
                code.text + (ErrorCodeTable.name(of: code).map { " " + $0 } ?? "")
            }
            let said = code ?? error.reason ?? "no code"
            // The gateway's own words end a sentence; ours goes on.
            return (said.hasSuffix(".") ? String(said.dropLast()) : said)
                + (error.location.map { " at \($0)" } ?? "")
        }
        let list = named.isEmpty ? "" : ": " + named.joined(separator: ", ")
        return "the gateway refused it (status \(status))\(list); \(remedy)"
    }

    private var remedy: String {
        switch status {
        case 401: "check the token"
        case 403: "check what the token's account may do"
        case 404: "there is no such thing at the gateway"
        default: "correct what it names, or call support with the code"
        }
    }
}
