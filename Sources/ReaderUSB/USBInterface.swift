internal import Readers
internal import Values

/// One setting of one interface, as the configuration descriptor has it.
internal struct USBInterface: Equatable, Sendable {
    var number: UInt8
    var setting: UInt8 = 0
    var classCode: UInt8
    var subclass: UInt8 = 0
    var protocolCode: UInt8 = 0
    var endpoints: [USBEndpoint] = []
    /// The length of its report descriptor, as its HID descriptor has it.
    var reportDescriptorBytes: Int?

    var isHID: Bool { classCode == 0x03 }
}

/// One endpoint.
internal struct USBEndpoint: Equatable, Sendable {
    var address: UInt8
    var attributes: UInt8
    /// wMaxPacketSize.
    var packetBytes: Int

    /// True for interrupt transfers from the device.
    var isInterruptIn: Bool { address & 0x80 != 0 && attributes & 3 == 3 }
}

/// Where a reader's reports come from.
internal struct ReaderInterface: Equatable, Sendable {
    let number: UInt8
    let endpoint: UInt8
    let packetBytes: Int
    let reportDescriptorBytes: Int

    /// Picks the one HID interface to read from.
    ///
    /// Source: USB 2.0, section 9.6; USB HID 1.11, section 4 and appendix B (boot interfaces);
    /// USB class codes 02, 0A, E0, EF (network), 08 (storage).
    init(in interfaces: [USBInterface]) throws(USBRefusal) {
        let numbers = Set(interfaces.filter(\.isHID).map(\.number))
        let isComposite = numbers.count > 1
        for interface in interfaces {
            switch interface.classCode {
            case 0x08: throw .alsoStorage
            case 0x02, 0x0A, 0xE0, 0xEF: throw .alsoNetwork
            case 0x03 where isComposite: throw .alsoKeyboard
            default: break
            }
        }
        guard let reader = interfaces.first(where: { $0.isHID && $0.setting == 0 }),
            let endpoint = reader.endpoints.first(where: \.isInterruptIn),
            (1...Limits.reportBytesMaximum).contains(endpoint.packetBytes)
        else { throw .noReaderInterface }
        let bytes = reader.reportDescriptorBytes ?? Limits.reportDescriptorBytesMaximum
        guard (1...Limits.reportDescriptorBytesMaximum).contains(bytes) else {
            throw .descriptor(.tooLong)
        }
        number = reader.number
        self.endpoint = endpoint.address
        packetBytes = endpoint.packetBytes
        reportDescriptorBytes = bytes
    }
}

extension USBInterface {
    /// The length that the HID descriptor (type 21) among the class descriptors gives for the
    /// report descriptor (type 22). Source: USB HID 1.11, section 6.2.1.
    static func reportDescriptorBytes(in extra: Span<UInt8>) -> Int? {
        var position = 0
        while position + 1 < extra.count {
            let length = Int(extra[position])
            guard length >= 2, position + length <= extra.count else { return nil }
            if extra[position + 1] == 0x21, length >= 9, extra[position + 6] == 0x22 {
                return Int(extra[position + 7]) | Int(extra[position + 8]) << 8
            }
            position += length
        }
        return nil
    }
}
