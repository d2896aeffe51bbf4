import Advice
import Testing
import Values

/// Every failure has a short reason and a next step, in every language.
@Suite struct GuidanceTests {
    @Test(arguments: Language.allCases)
    func `no text is missing, and none stands twice`(language: Language) {
        let steps = Advice.allCases.map { $0.text(in: language) }
        let reasons = Reason.allCases.map { $0.text(in: language) }
        for text in steps + reasons {
            #expect(text.hasSuffix("."), "\(text)")
            #expect((8...90).contains(text.count), "\(text)")
        }
        #expect(Set(steps + reasons).count == steps.count + reasons.count)
    }

    @Test func `the languages differ in every text`() {
        for advice in Advice.allCases {
            #expect(advice.text(in: .english) != advice.text(in: .spanish))
        }
        for reason in Reason.allCases {
            #expect(reason.text(in: .english) != reason.text(in: .spanish))
        }
    }

    @Test(arguments: [
        (
            BadRead.noUsableTrack(track1: .readError, track2: .readError), Reason.stripeNotRead,
            Advice.swipeAgain
        ),
        (.noUsableTrack(track1: nil, track2: nil), .stripeNotFound, .turnCard),
        (.noUsableTrack(track1: nil, track2: .readError), .track2NotRead, .swipeAgain),
        (.noUsableTrack(track1: .readError, track2: nil), .track1NotRead, .swipeAgain),
        (
            .noUsableTrack(track1: .malformed(.tooLong, offset: 9), track2: nil), .stripeGarbled,
            .swipeAgain
        ),
        (.notAPaymentCard(.licence), .licence, .askForAnotherCard),
        (.notAPaymentCard(.gift), .giftCard, .askForAnotherCard),
        (.frame(.checksumWrong), .damagedOnTheWay, .swipeAgain),
        (.frame(.keysExhausted), .readerWithoutKey, .callSupport),
        (.frame(.statusInvalid), .readerUnknownFormat, .callSupport),
        (.incomplete, .swipeStopped, .swipeAgain), (.tooLong, .tooMuchAtOnce, .swipeAgain),
        (.garbledByLayout, .garbledByLayout, .callSupport),
        (.manualEntry, .typedOnReader, .swipeInsteadOfTyping),
    ])
    func `a bad read says why and what next`(bad: BadRead, reason: Reason, advice: Advice) {
        let guidance = Guidance(for: .badRead(bad))
        #expect(guidance.reason == reason)
        #expect(guidance.advice == advice)
        #expect(guidance.text() == reason.text() + " " + advice.text())
    }

    @Test func `every fault of a frame and every non-payment card has its guidance`() {
        for fault in FrameFault.allCases {
            #expect(Guidance(for: .badRead(.frame(fault))).reason != nil)
        }
        let kinds = NonPaymentCard.allCases.map {
            Guidance(for: .badRead(.notAPaymentCard($0))).reason
        }
        #expect(Set(kinds).count == NonPaymentCard.allCases.count)
        for refusal in PolicyRefusal.allCases {
            #expect(Guidance(for: .refused(refusal)).reason != nil)
        }
        for failure in SendFailure.allCases {
            #expect(Guidance(for: .notSent(failure)).advice != .waitDoNotSwipe)
        }
        for doubt in DoubtReason.allCases {
            #expect(Guidance(for: .inDoubt(Doubt(doubt))).advice == .waitDoNotSwipe)
        }
    }

    @Test(arguments: [
        ("05", Reason.declined, Advice.askForAnotherCard), ("01", .issuerWantsCall, .callIssuer),
        ("43", .issuerWantsCard, .keepCard), ("51", .notEnoughMoney, .askForAnotherCard),
        ("81", .readerKeyUnknown, .callSupport), ("91", .issuerUnavailable, .tryAgain),
        ("N7", .declined, .askForAnotherCard),
    ])
    func `a decline says what to do`(code: String, reason: Reason, advice: Advice) throws {
        let decline = Decline(responseCode: try #require(ResponseCode(code)))
        let guidance = Guidance(for: .declined(decline))
        #expect(guidance.reason == reason)
        #expect(guidance.advice == advice)
    }

    @Test func `an approval needs no reason, and mentions the chip that was not used`() throws {
        let code = try #require(ResponseCode("00"))
        let approved = Outcome.approved(
            Approval(transactionID: "1", responseCode: code, approvalCode: nil))
        #expect(Guidance(for: approved).advice == .approved)
        #expect(Guidance(for: approved).reason == nil)
        #expect(Guidance(for: approved, warnings: .chipCard).advice == .approvedUseChipNextTime)
    }
}
