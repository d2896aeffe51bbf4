/// Why a payment was not simply approved, in words for a cashier.
public enum Reason: String, Equatable, Sendable, CaseIterable {
    // The swipe.
    case stripeNotRead
    case stripeNotFound
    case track1NotRead
    case track2NotRead
    case stripeGarbled
    case swipeStopped
    case tooMuchAtOnce
    case typedOnReader
    case garbledByLayout
    case damagedOnTheWay
    case readerUnknownFormat
    case readerWithoutKey
    case readerKeyUnknown
    // The card.
    case licence
    case fleetCard
    case giftCard
    case loyaltyCard
    case noPaymentCard
    case numberWrong
    case brandUnknown
    case expired
    case expiryMissing
    case chipOnly
    case restricted
    case tracksDiffer
    case usedJustNow
    case recordedSwipe
    // The issuer.
    case declined
    case issuerWantsCall
    case issuerWantsCard
    case notEnoughMoney
    case codeWrong
    case issuerUnavailable
    // What was entered.
    case cardDetailsWrong
    case cardNotAccepted
    case addressWrong
    case customerDetailsWrong
    case amountWrong
    case orderDetailsWrong
    case scheduleWrong
    // What the gateway keeps.
    case doneAlready
    case notPossible
    case notFound
    // The gateway.
    case notAllowed
    case setUpWrong
    case gatewayRefused
    case gatewayUnreachable
    case gatewayNotTrusted
    case connectionBroke
    case cancelled
    case outcomeUnknown
}
