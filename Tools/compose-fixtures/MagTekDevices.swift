internal import Recordings

/// MagTek's readers as their descriptors tell them.
///
/// Source: MagTek 99875191 and 99875475, usage tables (page FF00). The manuals print no
/// descriptor: these are composed of the usages and lengths.
internal enum MagTekDevices {
    static let sureSwipe = RecordedDevice(
        descriptor: descriptor(
            header + areas([0x30, 0x31, 0x32], bytes: 110), featureBytes: 24),
        name: "synthetic SureSwipe", ids: ids(0x0002))
    static let magneSafe = RecordedDevice(
        descriptor: descriptor(older + newer, featureBytes: 60),
        name: "synthetic MagneSafe V5", ids: ids(0x0011))
    static let olderMagneSafe = RecordedDevice(
        descriptor: descriptor(older, featureBytes: 60),
        name: "synthetic MagneSafe V5 of older firmware", ids: ids(0x0011))
    static let keyboard = RecordedDevice(
        descriptor: KeyboardWriter.device.descriptor, name: "synthetic MagTek keyboard reader",
        ids: ids(0x0001))

    /// Usages that share one input item, and how many bytes each has.
    private typealias Field = (usages: [UInt8], bytes: UInt8)

    /// Statuses, lengths, encode type.
    private static let header: [Field] = [([0x20, 0x21, 0x22, 0x28, 0x29, 0x2A, 0x38], 1)]
    /// Up to the absolute lengths.
    private static let older: [Field] =
        header + areas([0x30, 0x31, 0x32], bytes: 112)
        + [
            ([0x39], 1), ([0x23], 4), ([0x2B], 1), ([0x33], 128), ([0x40], 16), ([0x42], 2),
            ([0x46], 10), ([0x47, 0x48, 0x49], 1),
        ] + areas([0x4A, 0x4B, 0x4C], bytes: 112)
        + [([0x50], 8), ([0x51, 0x52, 0x53, 0x54], 1)]
    /// Counter, version, hashed track 2.
    private static let newer: [Field] = [([0x55], 3), ([0x56], 8), ([0x57], 20)]

    private static func ids(_ product: UInt16) -> RecordedDevice.IDs {
        RecordedDevice.IDs(vendor: 0x0801, product: product)
    }

    private static func areas(_ usages: [UInt8], bytes: UInt8) -> [Field] {
        usages.map { ([$0], bytes) }
    }

    private static func descriptor(_ fields: [Field], featureBytes: UInt8) -> [UInt8] {
        let start: [UInt8] = [
            0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,
        ]
        let inputs = fields.flatMap { field -> [UInt8] in
            let usages = field.usages.flatMap { usage -> [UInt8] in [0x09, usage] }
            return usages + [0x95, field.bytes * UInt8(field.usages.count), 0x82, 0x02, 0x01]
        }
        return start + inputs + [0x09, 0x20, 0x95, featureBytes, 0xB2, 0x02, 0x01, 0xC0]
    }
}
