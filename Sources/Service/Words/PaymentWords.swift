internal import Advice
internal import Journal
internal import PayHub
internal import Values

/// What is said of a payment: its state, the one big word, and what to do next.
internal struct PaymentWords {
    /// The states that a till sees. `inDoubt` and what a card is waited for are not states of the
    /// journal.
    enum State: String, CaseIterable {
        case queued, arming, waitingForCard, sending, inDoubt
        case approved, declined, rejected, notSent, cancelled, notCharged, reversing, reversed
    }

    /// How it is coloured, said in a word.
    enum Tone: String, CaseIterable {
        case good, bad, wait, ask
    }

    let attempt: Attempt
    let live: LaneView.Live

    /// Where it stands.
    var state: State {
        switch attempt.state {
        case .queued: .queued
        case .intent, .accepted:
            switch live.phase {
            case .arming?: .arming
            case .waitingForCard?: .waitingForCard
            case .sending?: .sending
            case nil: attempt.takesCard ? .inDoubt : .sending
            }
        case .approved: .approved
        case .declined: .declined
        case .rejected: .rejected
        case .notSent: .notSent
        case .cancelled: .cancelled
        case .notCharged: .notCharged
        case .reversing: .reversing
        case .reversed: .reversed
        }
    }

    /// What the cashier is told to do, where anything is to be said.
    var guidance: Guidance? {
        switch state {
        case .waitingForCard: live.lastSwipe.map { Guidance(for: $0) }
        case .inDoubt: Guidance(for: .inDoubt(Doubt(.timedOut)))
        case .approved:
            Guidance(
                nil, live.warnings.contains(.chipCard) ? .approvedUseChipNextTime : .approved)
        case .declined: attempt.facts.responseCode.map { Guidance(for: $0) }
        case .rejected:
            Guidance(for: .rejected(Rejection(status: 400, codes: attempt.facts.errorCodes)))
        case .notSent: Guidance(for: .notSent(failure))
        case .cancelled: Guidance(for: .notSent(.cancelled))
        default: nil
        }
    }

    /// What kept it from leaving; a lane that was not armed did not reach the gateway.
    private var failure: SendFailure {
        attempt.facts.reason.flatMap { SendFailure(rawValue: $0) } ?? .unreachable
    }

    /// The big word.
    var word: PaymentWord {
        switch state {
        case .queued: .queued
        case .arming: .preparing
        case .waitingForCard:
            live.isDuplicateAsked ? .chargedTwice : live.lastSwipe == nil ? .swipe : .swipeAgain
        case .sending: .sending
        case .inDoubt: .doNotSwipe
        case .approved:
            attempt.operation == .verify
                ? .verified : attempt.operation.takesCard ? .approved : .done
        case .declined: .declined
        case .rejected: .refused
        case .notSent: .notSent
        case .cancelled: .cancelled
        case .notCharged: .notCharged
        case .reversing: .takingBack
        case .reversed: .takenBack
        }
    }

    /// Its tone.
    var tone: Tone {
        switch state {
        case .approved: .good
        case .waitingForCard: live.isDuplicateAsked || live.lastSwipe != nil ? .ask : .wait
        case .queued, .arming, .sending, .inDoubt, .reversing: .wait
        case .declined, .rejected, .notSent, .notCharged: .bad
        case .cancelled, .reversed: .wait
        }
    }

    /// The advice as it is told.
    func advice(in language: Language) -> JSON {
        let guidance = guidance
        return [
            "action": .text(guidance?.advice.rawValue),
            "word": .string(word.text(in: language)),
            "text": .string(guidance?.text(in: language) ?? ""),
            "tone": .string(tone.rawValue),
        ]
    }

    /// Why the last swipe could not be used, in a code and in words.
    func badRead(in language: Language) -> JSON {
        guard state == .waitingForCard, !live.isDuplicateAsked, let outcome = live.lastSwipe else {
            return .null
        }
        let guidance = Guidance(for: outcome)
        return [
            "code": .string(guidance.reason?.rawValue ?? "badRead"),
            "text": .string(guidance.text(in: language)),
        ]
    }
}
