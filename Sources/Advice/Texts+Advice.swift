extension Texts {
    /// The next steps.
    static func entry(_ advice: Advice) -> Entry {
        switch advice {
        case .approved: Entry("Approved.", "Aprobado.")
        case .approvedUseChipNextTime:
            Entry(
                "Approved. This card has a chip: use it if you can.",
                "Aprobado. Esta tarjeta tiene chip: úselo si puede.")
        case .askForAnotherCard: Entry("Ask for another card.", "Pida otra tarjeta.")
        case .callIssuer:
            Entry(
                "Call the card's issuer, or ask for another card.",
                "Llame al emisor de la tarjeta o pida otra.")
        case .keepCard:
            Entry("Keep the card if that is safe.", "Retenga la tarjeta si es seguro.")
        case .swipeAgain:
            Entry("Swipe again, slower and steady.", "Deslice de nuevo, más despacio y parejo.")
        case .turnCard:
            Entry(
                "Turn the card so that the stripe faces the reader, and swipe again.",
                "Gire la tarjeta con la banda hacia el lector y deslice de nuevo.")
        case .swipeInsteadOfTyping: Entry("Swipe the card.", "Deslice la tarjeta.")
        case .useChip: Entry("Use the card's chip.", "Use el chip de la tarjeta.")
        case .waitDoNotSwipe:
            Entry(
                "Do not swipe again. Wait: the till asks the gateway what became of it.",
                "No deslice de nuevo. Espere: la caja pregunta qué pasó con el pago.")
        case .correctEntry:
            Entry(
                "Nothing was charged. Correct what was entered.",
                "No se cobró nada. Corrija lo que se introdujo.")
        case .lookItUp:
            Entry(
                "Look the transaction up before you go on.",
                "Busque la transacción antes de seguir.")
        case .tryAgain:
            Entry("Nothing was charged. Try again.", "No se cobró nada. Inténtelo de nuevo.")
        case .callSupport:
            Entry("Nothing was charged. Call support.", "No se cobró nada. Llame a soporte.")
        }
    }
}
