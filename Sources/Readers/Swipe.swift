public import Secrets
public import Timeline
public import Tracks
public import Values

/// One swipe: what it is, and the bytes that the ranges of its content point into.
///
/// It cannot be copied; when it goes, its bytes are wiped.
public struct Swipe: ~Copyable, Sendable {
    /// Who read it.
    public let reader: ReaderIdentity
    /// What it is.
    public let content: SwipeContent
    /// When its last report came.
    public let lastReportAt: Moment
    /// The bytes, as the content's ranges count them.
    public let bytes: SecretBytes

    /// Decodes what a reader gathered, by its family's layout. Runs on the submission thread.
    public init(decoding gathered: consuming GatheredSwipe) {
        lastReportAt = gathered.lastReportAt
        let profile = gathered.profile
        let ending = gathered.ending
        var bytes = gathered.takeBytes()
        content =
            switch ending {
            case .whole: Self.decode(&bytes, profile)
            case .cutShort: .bad(.incomplete)
            case .tooLong: .bad(.tooLong)
            }
        // A keyboard that no row names may still be a maker's that encrypts, and the gateway must
        // be told whose block it is.
        if case .encrypted = content, profile.identity == ReaderCatalogue.genericKeyboard.identity {
            reader = bytes.withBytes { KeyboardText.maker(of: $0) }
        } else {
            reader = profile.identity
        }
        self.bytes = bytes
    }

    private static func decode(
        _ bytes: inout SecretBytes, _ profile: ReaderProfile
    ) -> SwipeContent {
        var content =
            switch profile.family {
            case .keyboard:
                KeyboardText.decode(&bytes, mayBeMasked: profile.mayTypeMaskedTracks)
            case .idTech: SwipeContent(decoding: &bytes, by: IDTechReport.content)
            case .magTek: SwipeContent(decoding: &bytes, by: MagTekInput.content)
            }
        bytes.withBytes { content.refuseOtherCards($0) }
        return content
    }
}

/// What a swipe turned out to be.
public enum SwipeContent: Equatable, Sendable {
    /// Clear tracks, at least one of which can be used.
    case plain(CardTracks)
    /// The reader's encrypted block, whole.
    case encrypted(EncryptedBlock)
    /// Nothing to sell with, and why.
    case bad(BadRead)

    /// Clear tracks if track 1 or 2 can be used, else a bad read that names the card or the faults.
    public init(_ tracks: CardTracks) {
        if tracks.hasMoreThanThree {
            // Two cards behind one another: which of them is to pay cannot be told.
            self = .bad(.tooLong)
        } else if tracks.isUsable {
            self = .plain(tracks)
        } else if let card = tracks.nonPaymentCard {
            self = .bad(.notAPaymentCard(card))
        } else {
            self = .bad(
                .noUsableTrack(track1: tracks.track1.fault, track2: tracks.track2.fault))
        }
    }

    /// Becomes a bad read where the number on a track that reads well is no payment card's.
    mutating func refuseOtherCards(_ bytes: Span<UInt8>) {
        guard case .plain(let tracks) = self,
            let card = NonPaymentCard(numbersOf: tracks, bytes)
        else { return }
        self = .bad(.notAPaymentCard(card))
    }

    /// What a family's decoder finds; a letter separator on track 2 is put right in the bytes.
    internal init(
        decoding bytes: inout SecretBytes,
        by decoder: (Span<UInt8>) throws(FrameFault) -> SwipeContent
    ) {
        self = bytes.withBytes { (span: Span<UInt8>) -> SwipeContent in
            do throws(FrameFault) { return try decoder(span) } catch { return .bad(.frame(error)) }
        }
        if case .plain(let tracks) = self { tracks.mendSeparator(in: &bytes) }
    }
}

extension SwipeContent {
    /// Where the card number stands in the clear.
    public var pan: ByteRange? {
        if case .plain(let tracks) = self { tracks.pan } else { nil }
    }
}

/// An encrypted block: where it stands, and what its masked part shows.
public struct EncryptedBlock: Equatable, Sendable {
    /// The whole block as the reader gave it, byte for byte.
    public let frame: ByteRange
    /// Binary, or typed by a keyboard.
    public let form: Form
    /// The card number as far as the reader shows it.
    public let maskedPAN: MaskedPAN
    /// The brand by the clear first digits; `nil` when they are masked or unknown.
    public let brand: CardBrand?
    /// The four digits of the expiry when the reader leaves them clear.
    public let expiry: ByteRange?
    /// The key serial number, binary or in hex digits as the form says.
    public var keySerialNumber: ByteRange?
    /// Whether the reader says that the card has a chip; `nil` when it does not tell.
    public var hasChip: Bool?

    /// How the block is written.
    public enum Form: Equatable, Sendable {
        /// The bytes of a report or frame.
        case binary
        /// Typed characters: hex digits and masked tracks.
        case typed
    }

    /// A block.
    public init(
        frame: ByteRange, form: Form, maskedPAN: MaskedPAN, brand: CardBrand? = nil,
        expiry: ByteRange? = nil
    ) {
        self.frame = frame
        self.form = form
        self.maskedPAN = maskedPAN
        self.brand = brand
        self.expiry = expiry
    }
}
