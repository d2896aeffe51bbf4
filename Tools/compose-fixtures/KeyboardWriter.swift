internal import Recordings

/// Types like a keyboard reader: a boot report for each key, and one that releases it.
///
/// Source: USB HID 1.11, appendix B.1 (report) and E.6 (descriptor); key codes from the USB HID
/// Usage Tables, page 07; shift is the left one.
internal enum KeyboardWriter {
    /// Between two reports, in microseconds.
    static let gapMicroseconds: UInt64 = 2000

    static let device = RecordedDevice(
        descriptor: [
            0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00,
            0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01,
            0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01,
            0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07,
            0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
        ],
        name: "synthetic keyboard reader",
        ids: RecordedDevice.IDs(vendor: 0xC216, product: 0x0180))

    /// The reports that type `text`, beginning at a time.
    static func reports(
        typing text: String, from start: UInt64 = 0
    ) throws(ComposeFault) -> [Fixture.Report] {
        var reports: [Fixture.Report] = []
        for byte in text.utf8 {
            guard let key = key(for: byte) else { throw .noKeyFor(byte) }
            for pressed in [[key.shift, 0, key.usage], [0, 0, 0]] {
                let time = start + UInt64(reports.count) * gapMicroseconds
                reports.append(Fixture.Report(time: time, bytes: pressed + [0, 0, 0, 0, 0]))
            }
        }
        return reports
    }

    private static let leftShift: UInt8 = 0x02

    private static func key(for byte: UInt8) -> (shift: UInt8, usage: UInt8)? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): (leftShift, 0x04 + byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): (0, 0x04 + byte - UInt8(ascii: "a"))
        case UInt8(ascii: "1")...UInt8(ascii: "9"): (0, 0x1E + byte - UInt8(ascii: "1"))
        case UInt8(ascii: "0"): (0, 0x27)
        case UInt8(ascii: "\r"): (0, 0x28)
        case UInt8(ascii: " "): (0, 0x2C)
        case UInt8(ascii: "$"): (leftShift, 0x21)
        case UInt8(ascii: "%"): (leftShift, 0x22)
        case UInt8(ascii: "^"): (leftShift, 0x23)
        case UInt8(ascii: "*"): (leftShift, 0x25)
        case UInt8(ascii: "-"): (0, 0x2D)
        case UInt8(ascii: "="): (0, 0x2E)
        case UInt8(ascii: "+"): (leftShift, 0x2E)
        case UInt8(ascii: "|"): (leftShift, 0x31)
        case UInt8(ascii: ";"): (0, 0x33)
        case UInt8(ascii: "\""): (leftShift, 0x34)
        case UInt8(ascii: "<"): (leftShift, 0x36)
        case UInt8(ascii: "."): (0, 0x37)
        case UInt8(ascii: ">"): (leftShift, 0x37)
        case UInt8(ascii: "/"): (0, 0x38)
        case UInt8(ascii: "?"): (leftShift, 0x38)
        default: nil
        }
    }
}
