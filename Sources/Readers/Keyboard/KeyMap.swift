/// The US key map, in which every reader types. Source: USB HID Usage Tables, page 07.
internal enum KeyMap {
    /// What Enter gives.
    static let enter: UInt8 = 0x0D

    /// The character of a usage code; `nil` for keys that type none.
    static func character(usage: UInt8, isShifted: Bool) -> UInt8? {
        switch usage {
        case 0x04...0x1D: (isShifted ? UInt8(ascii: "A") : UInt8(ascii: "a")) + usage - 0x04
        case 0x1E...0x27: isShifted ? symbol(usage) : digit(usage)
        case 0x28, 0x58: enter
        case 0x2C: UInt8(ascii: " ")
        case 0x2D...0x38: punctuation(usage, isShifted)
        case 0x54...0x57: keypadOperator(usage)
        case 0x59...0x61: UInt8(ascii: "1") + usage - 0x59
        case 0x62: UInt8(ascii: "0")
        case 0x63: UInt8(ascii: ".")
        default: nil
        }
    }

    private static func digit(_ usage: UInt8) -> UInt8 {
        usage == 0x27 ? UInt8(ascii: "0") : UInt8(ascii: "1") + usage - 0x1E
    }

    private static func symbol(_ usage: UInt8) -> UInt8 {
        switch usage {
        case 0x1E: UInt8(ascii: "!")
        case 0x1F: UInt8(ascii: "@")
        case 0x20: UInt8(ascii: "#")
        case 0x21: UInt8(ascii: "$")
        case 0x22: UInt8(ascii: "%")
        case 0x23: UInt8(ascii: "^")
        case 0x24: UInt8(ascii: "&")
        case 0x25: UInt8(ascii: "*")
        case 0x26: UInt8(ascii: "(")
        default: UInt8(ascii: ")")
        }
    }

    private static func punctuation(_ usage: UInt8, _ isShifted: Bool) -> UInt8? {
        switch (usage, isShifted) {
        case (0x2D, false): UInt8(ascii: "-")
        case (0x2D, true): UInt8(ascii: "_")
        case (0x2E, false): UInt8(ascii: "=")
        case (0x2E, true): UInt8(ascii: "+")
        case (0x2F, false): UInt8(ascii: "[")
        case (0x2F, true): UInt8(ascii: "{")
        case (0x30, false): UInt8(ascii: "]")
        case (0x30, true): UInt8(ascii: "}")
        case (0x31, false): UInt8(ascii: "\\")
        case (0x31, true): UInt8(ascii: "|")
        case (0x33, false): UInt8(ascii: ";")
        case (0x33, true): UInt8(ascii: ":")
        case (0x34, false): UInt8(ascii: "'")
        case (0x34, true): UInt8(ascii: "\"")
        case (0x35, false): UInt8(ascii: "`")
        case (0x35, true): UInt8(ascii: "~")
        case (0x36, false): UInt8(ascii: ",")
        case (0x36, true): UInt8(ascii: "<")
        case (0x37, false): UInt8(ascii: ".")
        case (0x37, true): UInt8(ascii: ">")
        case (0x38, false): UInt8(ascii: "/")
        case (0x38, true): UInt8(ascii: "?")
        default: nil
        }
    }

    private static func keypadOperator(_ usage: UInt8) -> UInt8 {
        switch usage {
        case 0x54: UInt8(ascii: "/")
        case 0x55: UInt8(ascii: "*")
        case 0x56: UInt8(ascii: "-")
        default: UInt8(ascii: "+")
        }
    }
}
