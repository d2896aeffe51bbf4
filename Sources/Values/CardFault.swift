/// One of the three tracks of a card.
public enum TrackNumber: Int, Equatable, Hashable, Sendable, CaseIterable {
    case one = 1
    case two = 2
    case three = 3
}

/// What keeps a track from being read. Never carries a character of it.
public enum TrackFault: Error, Equatable, Hashable, Sendable {
    /// The reader says so (`E` between the sentinels, or its status bits).
    case readError
    /// The rule that the text breaks, and the offset in bytes from the track's first character.
    case malformed(TrackRule, offset: Int)
}

/// The rules that a track can break.
///
/// Source: ISO/IEC 7813; the limits of track 3 from ISO/IEC 4909.
public enum TrackRule: String, Equatable, Hashable, Sendable, CaseIterable {
    case empty
    case tooLong
    case illegalCharacter
    /// Something that begins no track stands where one should begin.
    case startSentinelExpected
    /// A fourth track: a second card behind the first.
    case moreThanThreeTracks
    /// Track 1 does not begin with a letter.
    case formatCodeExpected
    /// Format code A: reserved for the issuer.
    case formatReservedToIssuer
    /// Format codes C to M: reserved to ANSI X3B10.
    case formatReservedToANSI
    /// Format codes N to Z: for issuers' own use.
    case formatOfIssuer
    case digitExpectedInPAN
    case panTooShort
    case panTooLong
    case separatorExpected
    case nameTooShort
    case nameTooLong
    case expiryNotFourDigits
    case serviceCodeNotThreeDigits
}

/// Why a whole swipe cannot be used.
public enum BadRead: Equatable, Hashable, Sendable {
    /// No track of a payment card could be read; the fault of each, `nil` when absent.
    case noUsableTrack(track1: TrackFault?, track2: TrackFault?)
    /// The card is no payment card.
    case notAPaymentCard(NonPaymentCard)
    /// The report or frame breaks its format.
    case frame(FrameFault)
    /// The swipe ended before its end was seen.
    case incomplete
    /// More came than a swipe can hold.
    case tooLong
    /// Manual entry on the reader's keys, which is no swipe.
    case manualEntry
    /// The text of a swipe that was typed through a keyboard layout other than the US one. What
    /// the card says cannot be told from it, and is not guessed.
    case garbledByLayout
}

/// What a card is that is none to pay with.
public enum NonPaymentCard: String, Equatable, Hashable, Sendable, CaseIterable {
    /// A driver licence or identity card of a state or province (AAMVA).
    case licence
    /// A fuel or fleet card, which asks for a mileage and a driver that a sale does not send.
    case fleet
    /// A shop's gift card, whose balance another network holds.
    case gift
    /// A loyalty card.
    case loyalty
    /// Any other: of a library, an employer, an insurance, a hotel.
    case other
}

/// What is wrong with a reader's report or encrypted frame.
public enum FrameFault: String, Error, Equatable, Hashable, Sendable, CaseIterable {
    case tooShort
    case lengthMismatch
    case startMissing
    case endMissing
    case lrcWrong
    case checksumWrong
    case bytesLeftOver
    case fieldsRunOver
    case nothingEncrypted
    case trackStatusContradictsFields
    case statusInvalid
    case encodeTypeUnknown
    case reportTooShort
    /// A typed message that is not of its reader's shape.
    case messageMalformed
    /// The reader has used up its keys, or the number of swipes that it may encrypt.
    case keysExhausted
    /// The reader is to encrypt and has no key.
    case keyMissing
    /// The reader reads cards only after a host has proved itself to it.
    case authenticationRequired
}

/// Why our policy refuses a card that reads well.
public enum PolicyRefusal: String, Equatable, Hashable, Sendable, CaseIterable {
    case luhn
    case unknownBrand
    case expired
    case expiryMissing
    case expiryInvalid
    case chipCard
    case restrictedServiceCode
    case tracksDisagree
    /// The same card for the same amount a moment ago: the cashier is asked.
    case duplicateSwipe
    /// An encrypted block whose key serial number did not rise: a recording of an earlier swipe.
    case replayedBlock
}

/// What the policy says without refusing.
public struct PolicyWarnings: OptionSet, Equatable, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// The warnings of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The PAN fails the Luhn check.
    public static let luhn = PolicyWarnings(rawValue: 1)
    /// The BIN belongs to no brand that we know.
    public static let unknownBrand = PolicyWarnings(rawValue: 2)
    /// The card is past its month, or its expiry is missing or no month.
    public static let expiry = PolicyWarnings(rawValue: 4)
    /// The service code says that the card has a chip.
    public static let chipCard = PolicyWarnings(rawValue: 8)
    /// The service code restricts the card (cash only, ATM, test).
    public static let serviceCode = PolicyWarnings(rawValue: 16)
    /// Track 1 and 2 name different cards.
    public static let tracksDisagree = PolicyWarnings(rawValue: 32)
}
