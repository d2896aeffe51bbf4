public import Values

/// What a cashier does next: a dozen things, whatever the code was.
public enum Advice: String, Equatable, Sendable, CaseIterable {
    /// Done.
    case approved
    /// Done; the card has a chip, which is safer.
    case approvedUseChipNextTime
    /// Ask for another card.
    case askForAnotherCard
    /// Call the issuer, or ask for another card.
    case callIssuer
    /// The issuer wants the card kept, if that is safe.
    case keepCard
    /// Swipe again, slower and steady.
    case swipeAgain
    /// The stripe faced the wrong way.
    case turnCard
    /// Swipe the card in place of typing its number.
    case swipeInsteadOfTyping
    /// Use the chip.
    case useChip
    /// It is not known what became of it: do not swipe again, the lane asks the gateway.
    case waitDoNotSwipe
    /// Nothing was charged; what was entered is to be corrected.
    case correctEntry
    /// The transaction, bill or batch is to be looked up before anything else is done.
    case lookItUp
    /// Nothing was charged and it may be tried again.
    case tryAgain
    /// Nothing was charged; something is wrong that the cashier cannot mend.
    case callSupport
}

/// What is said of a payment: a short reason, unless it is simply approved, and the next step.
public struct Guidance: Equatable, Sendable {
    /// Why, in a few words.
    public let reason: Reason?
    /// What the cashier does next.
    public let advice: Advice

    /// The guidance for an outcome.
    public init(for outcome: Outcome, warnings: PolicyWarnings = []) {
        switch outcome {
        case .approved:
            self.init(nil, warnings.contains(.chipCard) ? .approvedUseChipNextTime : .approved)
        case .declined(let decline): self.init(for: decline.responseCode)
        case .rejected(let rejection): self.init(for: rejection)
        case .inDoubt: self.init(.outcomeUnknown, .waitDoNotSwipe)
        case .notSent(let failure): self.init(for: failure)
        case .badRead(let bad): self.init(for: bad)
        case .refused(let refusal): self.init(for: refusal)
        }
    }

    /// A reason and a step.
    public init(_ reason: Reason?, _ advice: Advice) {
        self.reason = reason
        self.advice = advice
    }
}
