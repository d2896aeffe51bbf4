public import Values

/// The five ways in which a card goes to the gateway, as ranges of a secret's bytes. One source a
/// request, and clear and encrypted data never together.
///
/// Source: PayHub API, "Card data": tokenized_card, card_number, track1_data, track2_data,
/// encrypted_track_data.
public enum CardSource: Equatable, Sendable {
    /// Track 1, track 2 or both of one swipe, without sentinels.
    case tracks(track1: ByteRange?, track2: ByteRange?)
    /// The reader's whole block.
    case encryptedTrack(ByteRange, form: EncryptedTrackForm, swiper: Swiper)
    /// A keyed number with its CVV, if the cardholder gave it.
    case cardNumber(ByteRange, cvv: ByteRange?)
    /// A token of the gateway.
    case token(ByteRange)

    /// The reader of an encrypted block, in capitals.
    public struct Swiper: Equatable, Sendable {
        /// The brand, `IDTECH` by default.
        public let brand: String
        /// The model, `UNIMAGII` by default.
        public let model: String
        /// A reader.
        public init(brand: String = "IDTECH", model: String = "UNIMAGII") {
            self.brand = brand
            self.model = model
        }
    }
}

/// How an encrypted block is written into the request; the document leaves it open.
public enum EncryptedTrackForm: String, Equatable, Sendable, CaseIterable {
    /// Two lower-case hex digits a byte.
    case hexLower
    /// Two upper-case hex digits a byte.
    case hexUpper
    /// As it is: what a keyboard reader typed.
    case asTyped
}

/// A card as it goes out.
public struct CardData: Equatable, Sendable {
    /// Where the card comes from.
    public var source: CardSource
    /// Four digits YYMM, sent as 20YYMM.
    public var expiry: ByteRange?
    /// The name's parts on track 1, for a customer without one.
    public var holder: (first: ByteRange, last: ByteRange)?

    /// A card.
    public init(
        _ source: CardSource, expiry: ByteRange? = nil,
        holder: (first: ByteRange, last: ByteRange)? = nil
    ) {
        self.source = source
        self.expiry = expiry
        self.holder = holder
    }

    /// Equal in every field.
    public static func == (one: CardData, other: CardData) -> Bool {
        one.source == other.source && one.expiry == other.expiry
            && one.holder?.first == other.holder?.first
            && one.holder?.last == other.holder?.last
    }
}

/// What goes out beside a card and does not stand on it. One reference, so that a swipe copies
/// nothing of it.
internal final class CardExtras: Sendable {
    /// The address that an issuer compares.
    let billing: BillingAddress?
    /// What a program keeps with the card; taken with recurring bills only.
    let metaData: JSONTree?

    /// What there is; `nil` when there is nothing.
    init?(billing: BillingAddress?, metaData: JSONTree? = nil) {
        if billing == nil, metaData == nil { return nil }
        self.billing = billing
        self.metaData = metaData
    }
}
