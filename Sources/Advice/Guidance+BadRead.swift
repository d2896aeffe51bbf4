internal import Values

extension Guidance {
    /// A swipe that cannot be used.
    init(for bad: BadRead) {
        switch bad {
        case .noUsableTrack(let track1, let track2): self.init(track1, track2)
        case .notAPaymentCard(let card): self.init(Reason(card), .askForAnotherCard)
        case .frame(let fault): self.init(for: fault)
        case .incomplete: self.init(.swipeStopped, .swipeAgain)
        case .tooLong: self.init(.tooMuchAtOnce, .swipeAgain)
        case .manualEntry: self.init(.typedOnReader, .swipeInsteadOfTyping)
        // Another swipe would be typed through the same layout.
        case .garbledByLayout: self.init(.garbledByLayout, .callSupport)
        }
    }

    private init(_ track1: TrackFault?, _ track2: TrackFault?) {
        switch (track1, track2) {
        case (nil, nil): self.init(.stripeNotFound, .turnCard)
        case (.readError, .readError): self.init(.stripeNotRead, .swipeAgain)
        case (nil, .readError): self.init(.track2NotRead, .swipeAgain)
        case (.readError, nil): self.init(.track1NotRead, .swipeAgain)
        default: self.init(.stripeGarbled, .swipeAgain)
        }
    }

    private init(for fault: FrameFault) {
        switch fault {
        case .lrcWrong, .checksumWrong, .lengthMismatch, .endMissing, .tooShort, .startMissing,
            .messageMalformed:
            self.init(.damagedOnTheWay, .swipeAgain)
        case .keysExhausted, .keyMissing, .authenticationRequired:
            self.init(.readerWithoutKey, .callSupport)
        case .bytesLeftOver, .fieldsRunOver, .nothingEncrypted, .trackStatusContradictsFields,
            .statusInvalid, .encodeTypeUnknown, .reportTooShort:
            self.init(.readerUnknownFormat, .callSupport)
        }
    }
}

extension Reason {
    fileprivate init(_ card: NonPaymentCard) {
        self =
            switch card {
            case .licence: .licence
            case .fleet: .fleetCard
            case .gift: .giftCard
            case .loyalty: .loyaltyCard
            case .other: .noPaymentCard
            }
    }
}
