public import Secrets

/// Writes a recording in the exact form of hid-recorder: lower-case hex, no comments.
public struct HIDRecordingText: ~Copyable, Sendable {
    private var bytes = WipedBytes()

    /// Nothing written.
    public init() {}

    /// Writes that what follows is of the device `index`; needed only with several devices.
    public mutating func device(_ index: Int) { bytes.append("D: \(index)\n") }

    /// Writes a device's description.
    public mutating func description(of device: RecordedDevice) {
        bytes.append("R: \(device.descriptor.count)")
        for byte in device.descriptor { append(hex: byte) }
        bytes.append("\nN: \(device.name)\n")
        if let path = device.path { bytes.append("P: \(path)\n") }
        let ids = device.ids
        bytes.append("I: \(String(ids.bus, radix: 16))")
        bytes.append(" \(Self.fourDigits(ids.vendor)) \(Self.fourDigits(ids.product))\n")
    }

    /// Writes one input report and when it came, in microseconds after the first.
    public mutating func report(_ report: Span<UInt8>, atMicroseconds time: UInt64) {
        let seconds = Self.sixDigits(time / 1_000_000)
        bytes.append("E: \(seconds).\(Self.sixDigits(time % 1_000_000)) \(report.count)")
        for index in report.indices { append(hex: report[index]) }
        bytes.append("\n")
    }

    /// The recording's bytes.
    public consuming func finish() -> WipedBytes { bytes }

    private mutating func append(hex byte: UInt8) {
        bytes.append(UInt8(ascii: " "))
        for digit in [byte >> 4, byte & 15] {
            bytes.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        }
    }

    private static func fourDigits(_ value: UInt16) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 4 - text.utf8.count) + text
    }

    private static func sixDigits(_ value: UInt64) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, 6 - text.utf8.count)) + text
    }
}
