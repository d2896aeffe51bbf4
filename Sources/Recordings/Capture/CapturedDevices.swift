internal import Readers
internal import Values

/// Finds the devices of a capture and their descriptors.
internal struct CapturedDevices {
    struct Device {
        let key: UInt32
        var ids: RecordedDevice.IDs?
        var descriptor: [UInt8]?
        /// The longest data that an interrupt transfer brought.
        var longest = 0
    }

    private(set) var devices: [Device] = []
    private var requests: [UInt64: USBPacket.Setup] = [:]

    /// Readers of one capture that are read; each is one more walk over it.
    private static let readersMaximum = 8
    /// Transfers that are open at once.
    static let transfersMaximum = 4096

    init(_ bytes: Span<UInt8>) throws(CaptureFault) {
        var walk = CaptureWalk()
        while let range = try walk.next(bytes) {
            guard let packet = try USBPacket(bytes, range) else { continue }
            try take(packet, bytes)
        }
    }

    /// The readers among them, described as a recording describes its devices.
    var readers: [(key: UInt32, device: RecordedDevice)] {
        let known = devices.filter { device in
            device.longest > 0
                && ReaderCatalogue.rows.contains {
                    $0.vendorID == device.ids?.vendor && $0.productID == device.ids?.product
                }
        }
        let candidates = known.isEmpty ? devices.filter { $0.longest > 0 } : known
        return candidates.prefix(Self.readersMaximum).compactMap { device in
            guard let ids = device.ids, let descriptor = device.descriptor ?? Self.guess(device)
            else { return nil }
            return (
                device.key,
                RecordedDevice(descriptor: descriptor, name: "captured reader", ids: ids)
            )
        }
    }

    private mutating func take(_ packet: USBPacket, _ bytes: Span<UInt8>) throws(CaptureFault) {
        if packet.isSubmission {
            guard packet.kind == .control, let setup = packet.setup else { return }
            guard requests.count < Self.transfersMaximum else { throw .tooManyTransfers }
            requests[packet.transfer] = setup
            return
        }
        guard packet.status == 0, packet.data.count > 0 else {
            requests[packet.transfer] = nil
            return
        }
        switch packet.kind {
        case .control: try takeAnswer(packet, bytes)
        case .interruptIn:
            let slot = try slot(of: packet.device)
            devices[slot].longest = max(devices[slot].longest, packet.data.count)
        case .other: break
        }
    }

    private mutating func takeAnswer(
        _ packet: USBPacket, _ bytes: Span<UInt8>
    ) throws(CaptureFault) {
        let setup = requests.removeValue(forKey: packet.transfer)
        let slot = try slot(of: packet.device)
        switch setup {
        case .deviceDescriptor? where packet.data.count >= 12:
            devices[slot].ids = RecordedDevice.IDs(
                vendor: bytes.little16(at: packet.data.start + 8),
                product: bytes.little16(at: packet.data.start + 10))
        case .reportDescriptor?
        where packet.data.count <= Limits.reportDescriptorBytesMaximum:
            devices[slot].descriptor = packet.data.range.map { bytes[$0] }
        default: break
        }
    }

    /// Where the device stands in the list.
    private mutating func slot(of key: UInt32) throws(CaptureFault) -> Int {
        if let slot = devices.firstIndex(where: { $0.key == key }) { return slot }
        // A bus has 127 addresses.
        guard devices.count < 127 else { throw .tooManyDevices }
        devices.append(Device(key: key))
        return devices.count - 1
    }

    /// A descriptor for a known reader whose own was not captured: one report on a vendor's page,
    /// as long as the catalogue has it.
    private static func guess(_ device: Device) -> [UInt8]? {
        let row = ReaderCatalogue.rows.first {
            $0.vendorID == device.ids?.vendor && $0.productID == device.ids?.product
                && $0.identity.mode == .hid
        }
        guard let row else { return nil }
        let count = row.reportBytes.first { $0 >= device.longest } ?? device.longest
        guard count <= Limits.reportBytesMaximum else { return nil }
        return [
            0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08, 0x96, UInt8(count & 0xFF),
            UInt8(count >> 8), 0x09, 0x31, 0x82, 0x02, 0x01, 0xC0,
        ]
    }
}
