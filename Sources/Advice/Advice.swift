public import Values

/// What a cashier does next: about ten things, whatever the gateway's code was.
public enum Advice: String, Equatable, Sendable, CaseIterable {
    /// Done.
    case approved
    /// Done; the card has a chip, which is safer.
    case approvedUseChipNextTime
    /// Declined: ask for another card.
    case askForAnotherCard
    /// Call the issuer, or ask for another card.
    case callIssuer
    /// The issuer wants the card kept, if that is safe.
    case keepCard
    /// The swipe was not read well: swipe again.
    case swipeAgain
    /// Use the chip.
    case useChip
    /// It is not known what became of it: do not swipe again, call support.
    case waitDoNotSwipe
    /// Nothing was charged and it may be tried again.
    case tryAgain
    /// Nothing was charged; something is wrong that the cashier cannot mend.
    case callSupport

    /// The advice for an outcome.
    public init(for outcome: Outcome, warnings: PolicyWarnings = []) {
        self =
            switch outcome {
            case .approved: warnings.contains(.chipCard) ? .approvedUseChipNextTime : .approved
            case .declined(let decline): Advice(for: decline.responseCode)
            case .rejected: .callSupport
            case .inDoubt: .waitDoNotSwipe
            case .notSent(let failure): Advice(for: failure)
            case .badRead(.notAPaymentCard): .askForAnotherCard
            // Another swipe is typed through the same layout.
            case .badRead(.garbledByLayout): .callSupport
            case .badRead(.frame(.keysExhausted)), .badRead(.frame(.keyMissing)),
                .badRead(.frame(.authenticationRequired)):
                .callSupport
            case .badRead: .swipeAgain
            case .refused(.chipCard): .useChip
            case .refused(.tracksDisagree), .refused(.luhn): .swipeAgain
            case .refused: .askForAnotherCard
            }
    }

    /// Source: PayHub API, "Response codes".
    private init(for code: ResponseCode) {
        self =
            switch code.text {
            case "01", "02": .callIssuer
            case "04", "07", "41", "43": .keepCard
            case "19", "28", "91", "96": .tryAgain
            case "03", "06", "12", "13", "58", "59", "76", "77", "79", "80", "81", "92", "94":
                .callSupport
            default: .askForAnotherCard
            }
    }

    private init(for failure: SendFailure) {
        self =
            switch failure {
            case .tlsFailed, .certificateRefused, .requestTooLarge, .unknownHost: .callSupport
            default: .tryAgain
            }
    }
}

/// The languages of the cashier.
public enum Language: String, Equatable, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}

extension Advice {
    /// The advice in words.
    public func text(in language: Language = .english) -> String {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }

    private var english: String {
        switch self {
        case .approved: "Approved."
        case .approvedUseChipNextTime: "Approved. This card has a chip: use it if you can."
        case .askForAnotherCard: "Not accepted. Ask for another card."
        case .callIssuer: "Call the card's issuer, or ask for another card."
        case .keepCard: "The issuer asks to keep this card if that is safe."
        case .swipeAgain: "Not read well. Swipe again, steadily."
        case .useChip: "Use the card's chip."
        case .waitDoNotSwipe: "Not known yet. Do not swipe again; call support."
        case .tryAgain: "Nothing was charged. Try again."
        case .callSupport: "Nothing was charged. Call support."
        }
    }

    private var spanish: String {
        switch self {
        case .approved: "Aprobado."
        case .approvedUseChipNextTime: "Aprobado. La tarjeta tiene chip: úselo si puede."
        case .askForAnotherCard: "No aceptada. Pida otra tarjeta."
        case .callIssuer: "Llame al emisor de la tarjeta o pida otra."
        case .keepCard: "El emisor pide retener la tarjeta si es seguro."
        case .swipeAgain: "No se leyó bien. Deslice de nuevo, sin detenerse."
        case .useChip: "Use el chip de la tarjeta."
        case .waitDoNotSwipe: "Aún no se sabe. No deslice de nuevo; llame a soporte."
        case .tryAgain: "No se cobró nada. Intente de nuevo."
        case .callSupport: "No se cobró nada. Llame a soporte."
        }
    }
}
