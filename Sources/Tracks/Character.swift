/// The characters that have a meaning on a track. Source: ISO/IEC 7811-2, ISO/IEC 7813.
internal enum Character {
    static let startOfTrack1 = UInt8(ascii: "%")
    static let startOfTrack2 = UInt8(ascii: ";")
    static let startOfTrack3 = UInt8(ascii: "+")
    static let end = UInt8(ascii: "?")
    static let separator1 = UInt8(ascii: "^")
    static let separator2 = UInt8(ascii: "=")
    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A
    static let errorMark = UInt8(ascii: "E")

    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    @inline(__always) static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == carriageReturn || byte == lineFeed
    }
    /// The 6-bit alphabet of track 1.
    @inline(__always) static func isOnTrack1(_ byte: UInt8) -> Bool { byte &- 0x20 < 0x40 }
    /// The 4-bit alphabet of tracks 2 and 3.
    @inline(__always) static func isOnTrack2(_ byte: UInt8) -> Bool { byte &- 0x30 < 0x10 }
}
