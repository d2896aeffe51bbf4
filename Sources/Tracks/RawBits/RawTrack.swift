public import Secrets

/// One track read from the bits of a magnetic head: what its bits were like, no character of it.
///
/// The characters themselves are appended to the caller's `SecretBytes`, sentinels included and
/// the LRC left out. A wrong parity or LRC is told and not thrown: the caller sees ``isSound``.
/// Source: ISO/IEC 7811-2: lowest bit first, odd parity a character, the LRC over both sentinels
/// and all between them, with an odd parity of its own.
public struct RawTrack: Equatable, Sendable {
    /// The set of characters it is written in.
    public let alphabet: RawAlphabet
    /// True when the card was drawn the other way.
    public let isReversed: Bool
    /// True when the bits come inverted: 1 where nothing is.
    public let isInverted: Bool
    /// The clocking zeros before the start sentinel, in the direction of reading.
    public let leadingZeroBits: Int
    /// The characters from start to end sentinel.
    public internal(set) var characterCount = 0
    /// Which characters have a wrong parity: how many of them.
    public internal(set) var parityErrorCount = 0
    /// The first character with a wrong parity, the start sentinel being 0.
    public internal(set) var firstParityError: Int?
    /// The character behind the end sentinel, at the index ``characterCount``.
    public internal(set) var lrc: UInt8 = 0
    /// True when it is what the others add up to, and its parity is right.
    public internal(set) var isLRCRight = false

    /// True when every parity and the LRC are right.
    public var isSound: Bool { parityErrorCount == 0 && isLRCRight }

    /// The most characters of a track, sentinels and LRC included: those of track 3.
    public static let charactersMaximum = 107

    /// Reads the first `bitCount` bits, the first of a byte being its highest, and appends the
    /// track's characters to `text`.
    ///
    /// Both directions, polarities and, unless it is given, both alphabets are tried; the one
    /// with the fewest errors is taken. A track begins with the first bit that is 1.
    /// - Throws: ``RawTrackFault``; nothing is appended then.
    public init(
        _ bytes: Span<UInt8>, bitCount: Int, alphabet: RawAlphabet? = nil,
        into text: inout SecretBytes
    ) throws(RawTrackFault) {
        guard bitCount >= 0, bitCount <= bytes.count * 8 else { throw .moreBitsThanBytes }
        var search = Search()
        for isInverted in [false, true] {
            for isReversed in [false, true] {
                let bits = RawBits(
                    bytes, count: bitCount, isReversed: isReversed, isInverted: isInverted)
                search.tryOut(bits, alphabet)
            }
        }
        self = try search.result()
        guard characterCount <= text.capacity - text.count else { throw .noRoom }
        let bits = RawBits(
            bytes, count: bitCount, isReversed: isReversed, isInverted: isInverted)
        text.fill { write(bits, to: &$0) }
    }

    private func write(_ bits: borrowing RawBits, to output: inout OutputSpan<UInt8>) {
        for index in 0..<characterCount {
            let position = leadingZeroBits + index * alphabet.bitsPerCharacter
            guard let character = bits.character(at: position, alphabet) else { return }
            output.append(character.data + alphabet.firstCharacter)
        }
    }
}

/// Why bits are no track.
public enum RawTrackFault: Error, Equatable, Hashable, Sendable, CaseIterable {
    /// The count is negative, or the bytes hold fewer bits.
    case moreBitsThanBytes
    /// No start sentinel stands behind the clocking zeros, whichever way the bits are read.
    case noStartSentinel
    /// No end sentinel follows within the characters of a track.
    case noEndSentinel
    /// The bits end before the LRC does.
    case noLRC
    /// More than one in four characters has a wrong parity: noise.
    case noise
    /// The caller's buffer is too small.
    case noRoom
}

extension RawTrackFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .moreBitsThanBytes: "fewer bits were given than counted: check the reader's count"
        case .noStartSentinel: "the bits begin no track: swipe again"
        case .noEndSentinel: "the bits do not end a track: swipe again, to the end"
        case .noLRC: "the bits end before the check character: swipe again, to the end"
        case .noise: "too many characters have a wrong parity: swipe again, steadily"
        case .noRoom: "the buffer is too small for the track: give 107 bytes"
        }
    }
}
