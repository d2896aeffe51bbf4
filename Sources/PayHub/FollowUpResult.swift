public import Values

/// What became of a capture, a void or a refund, in the words that all three share. What is not
/// listed and not certain is ``unknown(_:)``.
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

/// What became of a capture.
public enum CaptureResult: Equatable, Sendable {
    /// Captured; the id is the capture's own.
    case captured(TransactionID)
    /// It cannot be captured (4075): captured already, voided, or more than was authorised. Where
    /// an earlier try is in doubt, the report's `isCaptured` says which.
    case unable
    /// There is no such transaction (4024, 4061, 4068).
    case notFound
    /// The issuer or gateway declined it.
    case declined(ResponseCode)
    /// The gateway refused the request; nothing was captured.
    case refused(Rejection)
    /// The request did not leave whole; nothing was captured.
    case notSent(SendFailure)
    /// All of it may have arrived, and no answer says what became of it.
    case unknown(Doubt)
}

/// What became of a void.
public enum VoidResult: Equatable, Sendable {
    /// Voided; the id is the void's own.
    case voided(TransactionID)
    /// It was voided before (4069): the same end as ``voided(_:)``, by an earlier try or by others.
    case alreadyVoided
    /// Its batch is settled (4054): only a refund helps now.
    case settled
    /// It cannot be voided (4073): settled, refunded, or of a kind that is not voided.
    case unable
    /// There is no such transaction (4024, 4061, 4068).
    case notFound
    /// The issuer or gateway declined it; it is not voided.
    case declined(ResponseCode)
    /// The gateway refused the request; it is not voided.
    case refused(Rejection)
    /// The request did not leave whole; it is not voided by it.
    case notSent(SendFailure)
    /// All of it may have arrived, and no answer says what became of it. A void may be repeated.
    case unknown(Doubt)
}

/// What became of a refund.
public enum RefundResult: Equatable, Sendable {
    /// Refunded, by the word of the refund's resource; the id is the refund's own.
    case refunded(TransactionID)
    /// It was refunded before (4072).
    case alreadyRefunded
    /// It cannot be refunded (4074): more than is left of it, or voided.
    case unable
    /// There is no such transaction (4024, 4061, 4068).
    case notFound
    /// The issuer or gateway declined it; no money moves.
    case declined(ResponseCode)
    /// The gateway refused the request; no money moves.
    case refused(Rejection)
    /// The request did not leave whole; no money moves.
    case notSent(SendFailure)
    /// All of it may have arrived, and no answer says what became of it; with a transaction's id
    /// in it, the gateway took it and its resource could not be read. A full refund may be
    /// repeated, a part of one only when the report does not show it.
    case unknown(Doubt)
}

extension CaptureResult {
    /// The same in a capture's words.
    public init(_ answer: FollowUpAnswer) {
        switch answer {
        case .accepted(let id): self = .captured(id)
        case .declined(let code): self = .declined(code)
        case .notSent(let failure): self = .notSent(failure)
        case .unknown(let doubt): self = .unknown(doubt)
        case .refused(let rejection):
            switch rejection.meaning {
            case .unableToCapture: self = .unable
            case .notFound: self = .notFound
            default: self = .refused(rejection)
            }
        }
    }
}

extension VoidResult {
    /// The same in a void's words.
    public init(_ answer: FollowUpAnswer) {
        switch answer {
        case .accepted(let id): self = .voided(id)
        case .declined(let code): self = .declined(code)
        case .notSent(let failure): self = .notSent(failure)
        case .unknown(let doubt): self = .unknown(doubt)
        case .refused(let rejection):
            switch rejection.meaning {
            case .alreadyVoided: self = .alreadyVoided
            case .settled: self = .settled
            case .unableToVoid: self = .unable
            case .notFound: self = .notFound
            default: self = .refused(rejection)
            }
        }
    }
}

extension RefundResult {
    /// The same in a refund's words; what was accepted still has its resource to be read.
    public init(_ answer: FollowUpAnswer) {
        switch answer {
        case .accepted(let id):
            self = .unknown(Doubt(.resourceUnreadable, transactionID: id.text))
        case .declined(let code): self = .declined(code)
        case .notSent(let failure): self = .notSent(failure)
        case .unknown(let doubt): self = .unknown(doubt)
        case .refused(let rejection):
            switch rejection.meaning {
            case .alreadyRefunded: self = .alreadyRefunded
            case .unableToRefund: self = .unable
            case .notFound: self = .notFound
            default: self = .refused(rejection)
            }
        }
    }
}

extension RefundResult {
    /// What a refund's own resource says; the id is the one under which it was read.
    public init(_ record: FollowUpRecord) {
        let id = record.id.text
        guard let code = record.responseCode else {
            self = .unknown(Doubt(.resourceUnreadable, transactionID: id))
            return
        }
        if code.isApproval {
            self = .refunded(record.id)
        } else if code.speaksOfRepeat {
            self = .unknown(Doubt(.contradictoryCode, transactionID: id))
        } else {
            self = .declined(code)
        }
    }
}

extension Rejection {
    /// What an error code says of the transaction that is to be captured, voided or refunded.
    internal enum Meaning {
        case alreadyVoided, settled, unableToVoid, alreadyRefunded, unableToRefund
        case unableToCapture, notFound, other
    }

    /// By the first code; a refusal with several codes is first of all what the first one says.
    internal var meaning: Meaning {
        switch codes.first?.text {
        case "4069": .alreadyVoided
        case "4054": .settled
        case "4073": .unableToVoid
        case "4072": .alreadyRefunded
        case "4074": .unableToRefund
        case "4075": .unableToCapture
        case "4024", "4061", "4068": .notFound
        default: .other
        }
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
            return rejection.meaning == .notFound
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
