extension Texts {
    /// The reasons.
    static func entry(_ reason: Reason) -> Entry {
        switch reason {
        case .stripeNotRead, .stripeNotFound, .track1NotRead, .track2NotRead, .stripeGarbled,
            .swipeStopped, .tooMuchAtOnce, .typedOnReader, .garbledByLayout, .damagedOnTheWay,
            .readerUnknownFormat, .readerWithoutKey, .readerKeyUnknown:
            swipe(reason)
        case .licence, .fleetCard, .giftCard, .loyaltyCard, .noPaymentCard, .numberWrong,
            .brandUnknown, .expired, .expiryMissing, .chipOnly, .restricted, .tracksDiffer,
            .usedJustNow, .recordedSwipe:
            card(reason)
        case .cardDetailsWrong, .cardNotAccepted, .addressWrong, .customerDetailsWrong,
            .amountWrong, .orderDetailsWrong, .scheduleWrong, .doneAlready, .notPossible,
            .notFound, .notAllowed:
            refusal(reason)
        default: answer(reason)
        }
    }

    private static func swipe(_ reason: Reason) -> Entry {
        switch reason {
        case .stripeNotRead: Entry("The stripe was not read.", "No se leyó la banda.")
        case .stripeNotFound: Entry("No stripe was seen.", "No se vio ninguna banda.")
        case .track1NotRead: Entry("Track 1 was not read.", "No se leyó la pista 1.")
        case .track2NotRead: Entry("Track 2 was not read.", "No se leyó la pista 2.")
        case .stripeGarbled:
            Entry("The stripe was read with errors.", "La banda se leyó con errores.")
        case .swipeStopped:
            Entry("The swipe stopped half way.", "El deslizamiento se detuvo a la mitad.")
        case .tooMuchAtOnce:
            Entry("The reader sent too much at once.", "El lector envió demasiado a la vez.")
        case .typedOnReader:
            Entry(
                "A number was typed on the reader.", "Se tecleó un número en el lector.")
        case .garbledByLayout:
            Entry(
                "The keyboard layout garbled the swipe.",
                "La distribución del teclado alteró la lectura.")
        case .damagedOnTheWay:
            Entry(
                "The swipe was damaged on its way from the reader.",
                "La lectura llegó dañada desde el lector.")
        case .readerUnknownFormat:
            Entry(
                "The reader sends a form that is not known.",
                "El lector envía un formato desconocido.")
        case .readerWithoutKey:
            Entry("The reader has no key left.", "El lector no tiene clave.")
        default:
            Entry(
                "This reader encrypts with a key that the gateway does not have.",
                "Este lector cifra con una clave que la pasarela no tiene.")
        }
    }

    private static func card(_ reason: Reason) -> Entry {
        switch reason {
        case .licence:
            Entry("This is a driver licence.", "Es una licencia de conducir.")
        case .fleetCard: Entry("This is a fuel card.", "Es una tarjeta de combustible.")
        case .giftCard: Entry("This is a gift card.", "Es una tarjeta de regalo.")
        case .loyaltyCard: Entry("This is a loyalty card.", "Es una tarjeta de fidelidad.")
        case .noPaymentCard:
            Entry("This is no payment card.", "No es una tarjeta de pago.")
        case .numberWrong:
            Entry("The card's number does not add up.", "El número de la tarjeta no cuadra.")
        case .brandUnknown:
            Entry("The card's brand is not known.", "La marca de la tarjeta es desconocida.")
        case .expired: Entry("The card has expired.", "La tarjeta está vencida.")
        case .expiryMissing:
            Entry("The expiry date was not read.", "No se leyó la fecha de vencimiento.")
        case .chipOnly: Entry("This card has a chip.", "Esta tarjeta tiene chip.")
        case .restricted:
            Entry("The card is not for purchases.", "La tarjeta no sirve para compras.")
        case .usedJustNow:
            Entry(
                "This card was used for this amount just now.",
                "Esta tarjeta se acaba de usar por este importe.")
        case .recordedSwipe:
            Entry(
                "This swipe was sent before.", "Esta lectura ya se envió antes.")
        default:
            Entry(
                "The two tracks name different cards.",
                "Las dos pistas nombran tarjetas distintas.")
        }
    }

    private static func refusal(_ reason: Reason) -> Entry {
        switch reason {
        case .cardDetailsWrong:
            Entry(
                "The gateway refused the card's details.",
                "La pasarela rechazó los datos de la tarjeta.")
        case .cardNotAccepted:
            Entry(
                "This kind of card is not accepted.", "No se acepta este tipo de tarjeta.")
        case .addressWrong:
            Entry(
                "The card's billing address was refused.",
                "La dirección de facturación fue rechazada.")
        case .customerDetailsWrong:
            Entry(
                "The customer's details were refused.",
                "Los datos del cliente fueron rechazados.")
        case .amountWrong: Entry("The amount was refused.", "El importe fue rechazado.")
        case .orderDetailsWrong:
            Entry(
                "The order's details were refused.", "Los datos del pedido fueron rechazados.")
        case .scheduleWrong:
            Entry("The schedule was refused.", "El calendario de cobros fue rechazado.")
        case .doneAlready: Entry("This was done already.", "Esto ya se hizo.")
        case .notPossible:
            Entry("Its state does not allow that.", "Su estado no lo permite.")
        case .notFound:
            Entry("The gateway has no such entry.", "La pasarela no tiene esa entrada.")
        default: Entry("This account may not do that.", "Esta cuenta no puede hacerlo.")
        }
    }

    private static func answer(_ reason: Reason) -> Entry {
        switch reason {
        case .declined: Entry("Declined.", "Rechazada.")
        case .issuerWantsCall:
            Entry("The issuer asks for a call.", "El emisor pide una llamada.")
        case .issuerWantsCard:
            Entry("The issuer wants this card back.", "El emisor quiere retener esta tarjeta.")
        case .notEnoughMoney:
            Entry("The card's limit does not allow it.", "El límite de la tarjeta no lo permite.")
        case .codeWrong: Entry("The code was wrong.", "El código era incorrecto.")
        case .issuerUnavailable:
            Entry("The issuer does not answer.", "El emisor no responde.")
        case .setUpWrong:
            Entry("Something is set up wrongly.", "Algo está mal configurado.")
        case .gatewayRefused:
            Entry("The gateway refused the request.", "La pasarela rechazó la solicitud.")
        case .gatewayUnreachable:
            Entry("The gateway cannot be reached.", "No hay conexión con la pasarela.")
        case .gatewayNotTrusted:
            Entry(
                "The gateway's identity could not be proved.",
                "No se pudo comprobar la identidad de la pasarela.")
        case .connectionBroke: Entry("The connection broke.", "Se cortó la conexión.")
        case .cancelled: Entry("Cancelled.", "Cancelado.")
        default:
            Entry(
                "It is not known yet what became of it.", "Aún no se sabe qué pasó.")
        }
    }
}
