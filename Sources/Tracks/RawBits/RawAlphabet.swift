/// The two sets of characters that a track can be written in.
///
/// Source: ISO/IEC 7811-2: track 1 has six bits of data a character, tracks 2 and 3 have four; a
/// bit of odd parity follows. A track 3 of a licence has six as well (AAMVA).
public enum RawAlphabet: Equatable, Sendable, CaseIterable {
    /// 20 to 5F in ASCII: track 1.
    case sixBit
    /// 30 to 3F in ASCII: tracks 2 and 3.
    case fourBit

    /// The bits of data and the parity bit.
    public var bitsPerCharacter: Int { dataBits + 1 }

    internal var dataBits: Int {
        switch self {
        case .sixBit: 6
        case .fourBit: 4
        }
    }

    /// What 0 stands for in ASCII.
    internal var firstCharacter: UInt8 {
        switch self {
        case .sixBit: 0x20
        case .fourBit: 0x30
        }
    }

    /// The start sentinel's data: `%` or `;`. Its first bit is 1 in both sets.
    internal var startSentinel: UInt8 {
        switch self {
        case .sixBit: Character.startOfTrack1 - firstCharacter
        case .fourBit: Character.startOfTrack2 - firstCharacter
        }
    }

    /// The end sentinel's data: `?`.
    internal var endSentinel: UInt8 { Character.end - firstCharacter }
}
