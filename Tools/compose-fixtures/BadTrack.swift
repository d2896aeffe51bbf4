/// A reader's text with something wrong with it, made of published test cards, and what must
/// become of it.
internal struct BadTrack {
    /// What is wrong.
    enum Kind: String, CaseIterable {
        case startSentinelMissing
        case endSentinelMissing
        case sentinelsDoubled
        case sentinelsSwapped
        case checkCharacter
        case numberLength
        case numberWithBlanks
        case luhnWrong
        case separatorMissing
        case expiryWrong
        case readErrors
        case track3Only
        case noise
        case nulls
        case unicode
        case huge
        case backwards
        case twoSwipes
        case cutShort
        case halfAndNext
        case layoutShifted
        case capsLock
        case otherCard
    }

    /// What becomes of it under the default policy.
    enum Result: String {
        /// A sale could be made: a track reads well.
        case accepted
        /// It reads, and the policy refuses it.
        case refused
        /// No track reads.
        case unusable
        /// It is no payment card's.
        case otherCard
        /// Any of the last three.
        case notAccepted
        /// Any; if it is accepted, then with a whole number of one of the cards.
        case wholeOrNothing
    }

    let kind: Kind
    let bytes: [UInt8]
    let becomes: Result

    init(_ kind: Kind, _ text: String, _ becomes: Result) {
        self.init(kind, Array(text.utf8), becomes)
    }

    init(_ kind: Kind, _ bytes: [UInt8], _ becomes: Result) {
        self.kind = kind
        self.bytes = bytes
        self.becomes = becomes
    }

    /// Every text, the same on every call.
    static func all() -> [BadTrack] {
        cards.flatMap(ofOne) + lengths() + pieces() + endless() + noise() + others()
    }

    /// The published cards that the texts are made of, good until December 2030.
    static let cards = [
        "4012881888818888", "4266841082854082", "5466410004374507", "5454545454545454",
        "371449635398431", "6011000990156527", "4111111111111111", "4055011111111111",
        "5555555555554444", "378282246310005", "6205500000000000004", "30569309025904",
        "3530111333300000", "2223003122003222",
    ].map { TestCard(number: $0) }
}

extension TestCard {
    /// Both tracks between their sentinels.
    var both: String { "%\(track1)?;\(track2)?" }
}
