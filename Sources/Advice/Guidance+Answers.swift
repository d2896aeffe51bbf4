public import Values

extension Guidance {
    /// A card that our policy refuses.
    init(for refusal: PolicyRefusal) {
        switch refusal {
        case .luhn: self.init(.numberWrong, .swipeAgain)
        case .unknownBrand: self.init(.brandUnknown, .askForAnotherCard)
        case .expired: self.init(.expired, .askForAnotherCard)
        case .expiryMissing, .expiryInvalid: self.init(.expiryMissing, .swipeAgain)
        case .chipCard: self.init(.chipOnly, .useChip)
        case .restrictedServiceCode: self.init(.restricted, .askForAnotherCard)
        case .tracksDisagree: self.init(.tracksDiffer, .askForAnotherCard)
        case .duplicateSwipe: self.init(.usedJustNow, .swipeAgain)
        case .replayedBlock: self.init(.recordedSwipe, .callSupport)
        }
    }

    /// A request that did not leave whole.
    init(for failure: SendFailure) {
        switch failure {
        case .connectionRefused, .connectTimedOut, .unreachable:
            self.init(.gatewayUnreachable, .tryAgain)
        case .connectionLost, .sendTimedOut: self.init(.connectionBroke, .tryAgain)
        case .cancelled: self.init(.cancelled, .tryAgain)
        case .unknownHost, .requestTooLarge: self.init(.setUpWrong, .callSupport)
        case .tlsFailed, .certificateRefused: self.init(.gatewayNotTrusted, .callSupport)
        }
    }

    /// A decline. Source: PayHub API, "Response codes".
    public init(for code: ResponseCode) {
        switch code.text {
        case "01", "02": self.init(.issuerWantsCall, .callIssuer)
        case "04", "07", "41", "43": self.init(.issuerWantsCard, .keepCard)
        case "51", "61", "65": self.init(.notEnoughMoney, .askForAnotherCard)
        case "54": self.init(.expired, .askForAnotherCard)
        case "55", "75", "82", "83", "86": self.init(.codeWrong, .askForAnotherCard)
        case "19", "28", "91", "96": self.init(.issuerUnavailable, .tryAgain)
        case "81": self.init(.readerKeyUnknown, .callSupport)
        case "03", "06", "12", "13", "58", "59", "76", "77", "79", "80", "92", "94":
            self.init(.setUpWrong, .callSupport)
        default: self.init(.declined, .askForAnotherCard)
        }
    }
}
