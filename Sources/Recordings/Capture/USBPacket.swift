internal import Values

/// One packet of usbmon: a transfer that was submitted, or one that came back.
///
/// Source: Linux, Documentation/usb/usbmon.rst, the 64-byte header.
internal struct USBPacket {
    /// The device, by its bus and address.
    let device: UInt32
    /// Which transfer.
    let transfer: UInt64
    let isSubmission: Bool
    let kind: Kind
    let status: Int32
    let microseconds: UInt64
    /// The length of the transfer's buffer in a submission.
    let bufferBytes: Int
    /// The request's first five bytes that matter: type, request, value.
    let setup: Setup?
    let data: ByteRange

    enum Kind {
        case interruptIn
        case control
        case other
    }

    struct Setup: Equatable {
        let type: UInt8
        let request: UInt8
        let value: UInt16

        /// GET_DESCRIPTOR for the device. Source: USB 2.0, section 9.4.3.
        static let deviceDescriptor = Setup(type: 0x80, request: 0x06, value: 0x0100)
        /// GET_DESCRIPTOR for the reports. Source: USB HID 1.11, section 7.1.1.
        static let reportDescriptor = Setup(type: 0x81, request: 0x06, value: 0x2200)
    }

    private static let headerBytes = 64

    /// Reads a packet; `nil` for an event that is neither submission nor return.
    init?(_ bytes: Span<UInt8>, _ range: ByteRange) throws(CaptureFault) {
        guard range.count >= Self.headerBytes else { throw .packetCut }
        let start = range.start
        switch bytes[start + 8] {
        case UInt8(ascii: "S"): isSubmission = true
        case UInt8(ascii: "C"): isSubmission = false
        default: return nil
        }
        transfer = bytes.little64(at: start)
        let isIn = bytes[start + 10] & 0x80 != 0
        switch bytes[start + 9] {
        case 1 where isIn: kind = .interruptIn
        case 2: kind = .control
        default: kind = .other
        }
        device = UInt32(bytes.little16(at: start + 12)) << 8 | UInt32(bytes[start + 11])
        // Seconds and microseconds as the kernel stamped them; a negative time has no use.
        let seconds = bytes.little64(at: start + 16)
        microseconds =
            min(seconds, 1 << 40) * 1_000_000 + UInt64(bytes.little32(at: start + 24) % 1_000_000)
        status = Int32(bitPattern: bytes.little32(at: start + 28))
        bufferBytes = Int(bytes.little32(at: start + 32))
        let count = Int(bytes.little32(at: start + 36))
        guard count <= range.count - Self.headerBytes else { throw .packetCut }
        setup =
            bytes[start + 14] == 0
            ? Setup(
                type: bytes[start + 40], request: bytes[start + 41],
                value: bytes.little16(at: start + 42)) : nil
        data = ByteRange(start: start + Self.headerBytes, count: count)
    }
}
