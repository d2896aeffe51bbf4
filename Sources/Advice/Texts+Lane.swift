public import Values

extension LaneAlarm {
    /// The alarm in words: what is wrong, and with which payment.
    public func text(in language: Language = .english) -> String {
        Texts.entry(self).text(in: language)
    }
}

extension LaneStop {
    /// The stop in words: why, and what to do.
    public func text(in language: Language = .english) -> String {
        Texts.entry(self).text(in: language)
    }

    /// The same for a terminal or a log, with what is wrong beneath.
    public var line: String { detail.map { "\(text()) (\($0))" } ?? text() }
}

extension Texts {
    /// The alarms.
    static func entry(_ alarm: LaneAlarm) -> Entry { Entry(english(alarm), spanish(alarm)) }

    private static func english(_ alarm: LaneAlarm) -> String {
        switch alarm {
        case .neverMade(let reference):
            "The gateway holds payment \(reference), which this till never made."
        case .otherTransaction(let reference, let held):
            "The gateway holds payment \(reference) under another number, \(held)."
        case .takenBackYetCharged(let reference):
            "Payment \(reference) was taken back, and the gateway shows it as charged."
        case .approvedYetVoided(let reference):
            "Payment \(reference) is approved here, and the gateway shows it as voided."
        case .approvedYetDeclined(let reference):
            "Payment \(reference) is approved here, and the gateway shows it as declined."
        case .secondCopy(let reference, let id):
            "The gateway holds payment \(reference) twice. The till takes the second one back, "
                + "number \(id)."
        case .lateCharge(let reference, let id):
            "Payment \(reference) showed up late at the gateway. The till takes it back, number "
                + "\(id)."
        case .stillOpen(let reference):
            "Nobody knows yet what became of payment \(reference)."
        case .mismatch(let reference):
            "The gateway shows another amount or merchant for payment \(reference)."
        case .reportEmpty:
            "The gateway's report shows no payment of this till."
        case .listedNotReported(let reference):
            "Payment \(reference) is in the gateway's list and not in its report."
        case .inNeitherBook(let reference):
            "Payment \(reference) is approved here, and the gateway has it neither in its report "
                + "nor in its list."
        case .notReported(let reference):
            "Payment \(reference) is approved here, and the gateway does not show it."
        case .takeBackRefused(let reference, let id):
            "The gateway refuses to take back number \(id) of payment \(reference). It must be "
                + "taken back."
        case .refundKept(let reference, let id):
            "Refund \(id) of payment \(reference) is settled and stays: the customer has the money."
        case .journalUnreadable(let reference):
            "The journal cannot be read at payment \(reference)."
        }
    }

    private static func spanish(_ alarm: LaneAlarm) -> String {
        switch alarm {
        case .neverMade(let reference):
            "La pasarela tiene el pago \(reference), que esta caja nunca hizo."
        case .otherTransaction(let reference, let held):
            "La pasarela tiene el pago \(reference) con otro número, \(held)."
        case .takenBackYetCharged(let reference):
            "El pago \(reference) se anuló, pero en la pasarela consta como cobrado."
        case .approvedYetVoided(let reference):
            "El pago \(reference) está aprobado aquí, pero en la pasarela consta como anulado."
        case .approvedYetDeclined(let reference):
            "El pago \(reference) está aprobado aquí, pero en la pasarela consta como rechazado."
        case .secondCopy(let reference, let id):
            "La pasarela tiene el pago \(reference) dos veces. La caja anula el segundo, número "
                + "\(id)."
        case .lateCharge(let reference, let id):
            "El pago \(reference) apareció tarde en la pasarela. La caja lo anula, número \(id)."
        case .stillOpen(let reference):
            "Aún no se sabe qué pasó con el pago \(reference)."
        case .mismatch(let reference):
            "La pasarela muestra otro importe u otro comercio en el pago \(reference)."
        case .reportEmpty:
            "El informe de la pasarela no muestra ningún pago de esta caja."
        case .listedNotReported(let reference):
            "El pago \(reference) está en la lista de la pasarela, pero no en su informe."
        case .inNeitherBook(let reference):
            "El pago \(reference) está aprobado aquí, pero la pasarela no lo tiene ni en su "
                + "informe ni en su lista."
        case .notReported(let reference):
            "El pago \(reference) está aprobado aquí, pero la pasarela no lo muestra."
        case .takeBackRefused(let reference, let id):
            "La pasarela se niega a anular el número \(id) del pago \(reference). Hay que anularlo."
        case .refundKept(let reference, let id):
            "La devolución \(id) del pago \(reference) está liquidada y no se anula: el cliente "
                + "tiene el dinero."
        case .journalUnreadable(let reference):
            "No se puede leer el diario en el pago \(reference)."
        }
    }

    /// The stops.
    static func entry(_ stop: LaneStop) -> Entry {
        switch stop {
        case .journal:
            Entry(
                "The till cannot write its journal and takes no more payments. Call support.",
                "La caja no puede escribir su diario y no acepta más pagos. Llame a soporte.")
        case .mismatch(let reference):
            Entry(
                "The gateway shows another amount or merchant for payment \(reference). Call "
                    + "support before the next payment.",
                "La pasarela muestra otro importe u otro comercio en el pago \(reference). Llame "
                    + "a soporte antes del próximo pago.")
        }
    }
}
