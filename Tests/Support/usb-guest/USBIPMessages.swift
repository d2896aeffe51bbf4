/// What the kernel asks of an emulated device.
///
/// Source: Linux, Documentation/usb/usbip_protocol.rst. Every field is big endian, every header
/// has 48 bytes.
internal enum USBIPRequest {
    /// A transfer; with its bytes when it goes out.
    case submit(USBIPTransfer)
    /// Take the transfer of this sequence number back.
    case unlink(sequence: UInt32, taking: UInt32)

    static let headerBytes = 48

    /// Reads a header; `nil` for a command that is none.
    init?(header: [UInt8]) {
        func word(_ index: Int) -> UInt32 {
            header[(4 * index)..<(4 * index + 4)].reduce(0) { $0 << 8 | UInt32($1) }
        }
        guard header.count == Self.headerBytes else { return nil }
        switch word(0) {
        case 1:
            self = .submit(
                USBIPTransfer(
                    sequence: word(1), isIn: word(3) == 1, endpoint: UInt8(word(4) & 15),
                    length: Int(Int32(bitPattern: word(6))), setup: Array(header[40..<48])))
        case 2: self = .unlink(sequence: word(1), taking: word(5))
        default: return nil
        }
    }
}

/// A transfer that waits for its answer.
internal struct USBIPTransfer {
    let sequence: UInt32
    let isIn: Bool
    let endpoint: UInt8
    /// How many bytes go out, or how many may come in.
    let length: Int
    /// The setup packet of a control transfer.
    let setup: [UInt8]
    /// What has come in so far.
    var gathered: [UInt8] = []
}

/// What the emulated device answers.
internal enum USBIPAnswer {
    /// RET_SUBMIT, with the bytes that came in, or the number of those that went out.
    static func done(_ sequence: UInt32, status: Int32, count: Int, bytes: [UInt8] = []) -> [UInt8]
    {
        message([3, sequence, 0, 0, 0, UInt32(bitPattern: status), UInt32(count)]) + bytes
    }

    /// RET_UNLINK; the status is the negative errno of the transfer, 0 when it was over before.
    static func unlinked(_ sequence: UInt32, status: Int32) -> [UInt8] {
        message([4, sequence, 0, 0, 0, UInt32(bitPattern: status)])
    }

    private static func message(_ words: [UInt32]) -> [UInt8] {
        let bytes = words.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
        }
        return bytes + Array(repeating: 0, count: USBIPRequest.headerBytes - bytes.count)
    }
}
