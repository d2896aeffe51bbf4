public import Values

/// The answer to a capture, a void or a refund, whichever of them was asked for. What is not listed
/// and not certain is ``unknown(_:)``.
///
/// Source: PayHub API, "Capture", "Void", "Refund" and "Error codes"; no text says when each code
/// occurs.
public enum FollowUpAnswer: Equatable, Sendable {
    /// 201 with a `Location` of our own form, which has the id of what was made.
    case accepted(TransactionID)
    /// The gateway refused by a listed error code; nothing was changed.
    case refused(Rejection)
    /// The issuer or gateway declined it.
    case declined(ResponseCode)
    /// It did not leave whole; nothing was changed.
    case notSent(SendFailure)
    /// Nobody knows what became of it.
    case unknown(Doubt)
}

/// The end of a capture, a void or a refund.
public enum FollowUpResult: Equatable, Sendable {
    /// Done; the id is its own and not the transaction's. A refund is done by the word of its
    /// resource alone.
    case done(TransactionID)
    /// It was voided (4069) or refunded (4072) before: the same end, by an earlier try or by
    /// others.
    case doneBefore
    /// It can no longer be voided: its batch is settled (4054), or it was refunded, or is of a kind
    /// that is not voided (4073). Only a refund helps now.
    case settled
    /// It cannot be captured (4075): captured already, voided, or more than was authorised. Or not
    /// refunded (4074): more than is left of it, or voided. Where an earlier try of a capture is in
    /// doubt, the report's `isCaptured` says which.
    case unable
    /// There is no such transaction (4024, 4061, 4068).
    case notFound
    /// The issuer or gateway declined it; nothing was done.
    case declined(ResponseCode)
    /// The gateway refused the request; nothing was done.
    case refused(Rejection)
    /// The request did not leave whole; nothing was done by it.
    case notSent(SendFailure)
    /// All of it may have arrived, and no answer says what became of it; with a transaction's id
    /// in it, the gateway took a refund and its resource could not be read. A void and a full
    /// refund may be repeated, a part of one only when the report does not show it.
    case unknown(Doubt)

    /// The end by the answer alone; a refund that was accepted still has its resource to be read.
    public init(_ answer: FollowUpAnswer, to kind: ResourceKind) {
        switch answer {
        case .accepted(let id) where kind == .refund:
            self = .unknown(Doubt(.resourceUnreadable, transactionID: id.text))
        case .accepted(let id): self = .done(id)
        case .declined(let code): self = .declined(code)
        case .notSent(let failure): self = .notSent(failure)
        case .unknown(let doubt): self = .unknown(doubt)
        case .refused(let rejection): self = Self.end(of: kind, by: rejection)
        }
    }

    /// By the first code; a refusal with several codes is first of all what the first one says.
    private static func end(of kind: ResourceKind, by rejection: Rejection) -> FollowUpResult {
        if rejection.saysNotFound { return .notFound }
        return switch (kind, rejection.codes.first?.text) {
        case (.void, "4069"), (.refund, "4072"): .doneBefore
        case (.void, "4054"), (.void, "4073"): .settled
        case (.refund, "4074"), (.capture, "4075"): .unable
        default: .refused(rejection)
        }
    }

    /// What a refund's own resource says; the id is the one under which it was read.
    public init(refund record: FollowUpRecord) {
        let id = record.id.text
        guard let code = record.responseCode else {
            self = .unknown(Doubt(.resourceUnreadable, transactionID: id))
            return
        }
        if code.isApproval {
            self = .done(record.id)
        } else if code.speaksOfRepeat {
            self = .unknown(Doubt(.contradictoryCode, transactionID: id))
        } else {
            self = .declined(code)
        }
    }
}

extension Rejection {
    /// True when its first code says that there is no such transaction.
    fileprivate var saysNotFound: Bool {
        ["4024", "4061", "4068"].contains(codes.first?.text)
    }
}

extension BodyReader {
    /// Judges the answer to a capture, void or refund.
    ///
    /// A 404 is a refusal when its code says that there is no such transaction; every other status
    /// that is not listed, and every code that leaves open what was done, is unknown.
    public mutating func judge(
        followUpStatus status: Int, location: Location?, body: Span<UInt8>
    ) -> FollowUpAnswer {
        if status == 404 {
            let rejection = Rejection(status: status, codes: errorCodes(body))
            return rejection.saysNotFound
                ? .refused(rejection) : .unknown(Doubt(.unexpectedStatus))
        }
        switch judge(status: status, location: location, body: body) {
        case .accepted(let id): return .accepted(id)
        case .acceptedElsewhere: return .unknown(Doubt(.locationForeign))
        case .ended(.rejected(let rejection)): return .refused(rejection)
        case .ended(.declined(let decline)): return answer(to: decline)
        case .ended(.inDoubt(let doubt)): return .unknown(doubt)
        case .ended: return .unknown(Doubt(.badAnswer))
        }
    }

    private func answer(to decline: Decline) -> FollowUpAnswer {
        decline.responseCode.speaksOfRepeat
            ? .unknown(Doubt(.contradictoryCode)) : .declined(decline.responseCode)
    }
}

extension ResponseCode {
    /// A code that speaks of a repeat or a reversal, and so does not say that nothing was done.
    ///
    /// Source: PayHub API, "Response codes", 77, 79 and 94.
    fileprivate var speaksOfRepeat: Bool { ["77", "79", "94"].contains(text) }
}
