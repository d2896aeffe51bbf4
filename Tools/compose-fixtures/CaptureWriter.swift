internal import Foundation
internal import Recordings

/// Writes a fixture as a capture of usbmon: the device is asked for its descriptors, and sends
/// its reports in packets of 64 bytes.
///
/// Source: pcapng (draft-ietf-opsawg-pcapng); Linux, Documentation/usb/usbmon.rst, the 64-byte
/// header (link type 220).
internal struct CaptureWriter {
    private(set) var data = Data()
    private var transfer: UInt64 = 0xFFFF_8880_0000_0000

    private static let packetBytes = 64
    private static let bus: UInt16 = 1
    private static let address: UInt8 = 5
    /// When the capture began; an arbitrary second.
    private static let beginSeconds: UInt64 = 1_700_000_000

    /// One event of a transfer.
    private struct Event {
        var isSubmission: Bool
        var kind: UInt8
        var endpoint: UInt8
        var status: Int32 = 0
        var length: Int
        var setup: [UInt8]?
        var data: [UInt8] = []
    }

    init(_ fixture: Fixture) {
        append(
            block: 0x0A0D_0D0A,
            little(0x1A2B_3C4D) + [1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8))
        append(block: 1, [220, 0, 0, 0, 0, 0, 0, 0])
        let ids = fixture.device.ids
        let device: [UInt8] =
            [18, 1, 0, 2, 0, 0, 0, 8] + pair(ids.vendor) + pair(ids.product)
            + [0, 1, 1, 2, 0, 1]
        answer([0x80, 6, 0, 1, 0, 0, 18, 0], with: device)
        let descriptor = fixture.device.descriptor
        answer(
            [0x81, 6, 0, 0x22, 0, 0] + pair(UInt16(descriptor.count)), with: descriptor)
        for report in fixture.reports { send(report) }
    }

    private mutating func answer(_ setup: [UInt8], with bytes: [UInt8]) {
        let request = Event(
            isSubmission: true, kind: 2, endpoint: 0x80, status: -115, length: bytes.count,
            setup: setup)
        append(request, at: 0)
        append(
            Event(isSubmission: false, kind: 2, endpoint: 0x80, length: bytes.count, data: bytes),
            at: 0)
        transfer += 0x100
    }

    private mutating func send(_ report: Fixture.Report) {
        for start in stride(from: 0, to: report.bytes.count, by: Self.packetBytes) {
            let end = min(start + Self.packetBytes, report.bytes.count)
            append(
                Event(
                    isSubmission: true, kind: 1, endpoint: 0x81, status: -115,
                    length: Self.packetBytes), at: report.time)
            append(
                Event(
                    isSubmission: false, kind: 1, endpoint: 0x81, length: end - start,
                    data: Array(report.bytes[start..<end])), at: report.time)
            transfer += 0x100
        }
    }

    private mutating func append(_ event: Event, at microseconds: UInt64) {
        let seconds = Self.beginSeconds + microseconds / 1_000_000
        let rest = UInt32(microseconds % 1_000_000)
        var header: [UInt8] = little64(transfer)
        header += [UInt8(ascii: event.isSubmission ? "S" : "C"), event.kind, event.endpoint]
        header += [Self.address] + pair(Self.bus)
        header += [event.setup == nil ? 0x2D : 0, event.data.isEmpty ? 0x3C : 0]
        header += little64(seconds) + little(rest) + little(UInt32(bitPattern: event.status))
        header += little(UInt32(event.length)) + little(UInt32(event.data.count))
        header += (event.setup ?? [UInt8](repeating: 0, count: 8))
        header += [UInt8](repeating: 0, count: 16)
        let packet = header + event.data
        let stamp = seconds * 1_000_000 + UInt64(rest)
        let count = UInt32(packet.count)
        append(
            block: 6,
            little(0) + little(UInt32(stamp >> 32)) + little(UInt32(truncatingIfNeeded: stamp))
                + little(count) + little(count) + packet)
    }

    private mutating func append(block type: UInt32, _ body: [UInt8]) {
        let padding = [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        let length = little(UInt32(12 + body.count + padding.count))
        data.append(contentsOf: little(type) + length + body + padding + length)
    }

    private func pair(_ value: UInt16) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8)]
    }

    private func little(_ value: UInt32) -> [UInt8] {
        pair(UInt16(value & 0xFFFF)) + pair(UInt16(value >> 16))
    }

    private func little64(_ value: UInt64) -> [UInt8] {
        little(UInt32(truncatingIfNeeded: value)) + little(UInt32(value >> 32))
    }
}
