/// The one big word that a cashier sees of a payment.
public enum PaymentWord: String, Equatable, Sendable, CaseIterable {
    /// Another payment is before it.
    case queued
    /// The connection is being opened.
    case preparing
    /// A card is waited for.
    case swipe
    /// The last swipe could not be used.
    case swipeAgain
    /// The same card and amount a moment ago: may it be charged again?
    case chargedTwice
    /// The card is being charged.
    case sending
    /// It is not known what became of it.
    case doNotSwipe
    /// The money is taken or reserved.
    case approved
    /// The card is in order.
    case verified
    /// A capture, void or refund is done.
    case done
    /// The issuer or the gateway says no.
    case declined
    /// The gateway does not take the request.
    case refused
    /// Nothing left this machine.
    case notSent
    /// Nothing was charged.
    case notCharged
    /// Not wanted any more; nothing was charged.
    case cancelled
    /// It is being taken back.
    case takingBack
    /// It was taken back.
    case takenBack

    /// The word, in capitals.
    public func text(in language: Language = .english) -> String {
        Texts.entry(self).text(in: language)
    }
}

extension Texts {
    /// The big words.
    static func entry(_ word: PaymentWord) -> Entry {
        switch word {
        case .queued: Entry("NEXT", "SIGUIENTE")
        case .preparing: Entry("ONE MOMENT", "UN MOMENTO")
        case .swipe: Entry("SWIPE NOW", "DESLICE AHORA")
        case .swipeAgain: Entry("SWIPE AGAIN", "DESLICE OTRA VEZ")
        case .chargedTwice: Entry("CHARGE AGAIN?", "¿COBRAR OTRA VEZ?")
        case .sending: Entry("SENDING", "ENVIANDO")
        case .doNotSwipe: Entry("DO NOT SWIPE AGAIN", "NO DESLICE OTRA VEZ")
        case .approved: Entry("APPROVED", "APROBADO")
        case .verified: Entry("CARD ACCEPTED", "TARJETA ACEPTADA")
        case .done: Entry("DONE", "HECHO")
        case .declined: Entry("DECLINED", "RECHAZADA")
        case .refused: Entry("REFUSED", "NO ADMITIDO")
        case .notSent: Entry("NOT SENT", "NO ENVIADO")
        case .notCharged: Entry("NOT CHARGED", "NO SE COBRÓ")
        case .cancelled: Entry("CANCELLED", "CANCELADO")
        case .takingBack: Entry("TAKING IT BACK", "SE ESTÁ ANULANDO")
        case .takenBack: Entry("TAKEN BACK", "ANULADO")
        }
    }
}
