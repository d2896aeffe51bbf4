internal import CUSBTestbed
internal import Glibc

/// What a pretended reader is.
internal struct ReaderForm: Sendable {
    var port: UInt8 = 5
    var vendor: UInt16 = 0x0ACD
    var product: UInt16 = 0x0500
    var packetBytes = 64
    var reportBytes = 509
    var serial: String?
    var isKeyboard = false
    var extraClass: Int?
    var isUnconfigured = false
    var hasKernelDriver = false
    var hasNoAutoDetach = false
    /// In place of one that fits the report's size.
    var reportDescriptor: [UInt8]?

    /// A vendor page with one input report, or a boot keyboard. Source: USB HID 1.11, appendix E.6.
    var descriptor: [UInt8] {
        if let reportDescriptor { return reportDescriptor }
        if isKeyboard {
            return [
                0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15,
                0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
                0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19,
                0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
            ]
        }
        return [
            0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,
            0x96, UInt8(reportBytes & 0xFF), UInt8(reportBytes >> 8), 0x09, 0x31, 0x82, 0x02,
            0x01, 0xC0,
        ]
    }

    static let keyboard = ReaderForm(
        product: 0x2030, packetBytes: 8, reportBytes: 8, isKeyboard: true,
        hasKernelDriver: true)
}

/// A reader on the pretended bus.
@safe internal final class PretendedReader: @unchecked Sendable {
    let form: ReaderForm
    private let pointer: OpaquePointer

    /// Plugs it in.
    init(_ form: ReaderForm = ReaderForm()) {
        self.form = form
        let descriptor = form.descriptor
        unsafe pointer = descriptor.withUnsafeBufferPointer { bytes in
            unsafe Self.plug(form, bytes)
        }
    }

    private static func plug(
        _ form: ReaderForm, _ descriptor: UnsafeBufferPointer<UInt8>
    ) -> OpaquePointer {
        let serial = unsafe form.serial.map { unsafe strdup($0) } ?? nil
        defer { unsafe free(serial) }
        var plain = unsafe swt_form(
            port: form.port, vendor: form.vendor, product: form.product,
            packet_bytes: UInt16(form.packetBytes), report_descriptor: descriptor.baseAddress,
            report_descriptor_bytes: UInt16(descriptor.count), serial: serial,
            is_boot_keyboard: form.isKeyboard, extra_class: Int32(form.extraClass ?? -1),
            is_unconfigured: form.isUnconfigured, has_kernel_driver: form.hasKernelDriver,
            has_no_auto_detach: form.hasNoAutoDetach)
        return unsafe swt_plug(&plain)
    }

    /// Sends a report in packets; the last is short unless the report fills it.
    func send(report: [UInt8]) {
        for start in stride(from: 0, to: report.count, by: form.packetBytes) {
            send(packet: Array(report[start..<min(start + form.packetBytes, report.count)]))
        }
    }

    func send(packet: [UInt8]) { unsafe swt_send(pointer, packet, packet.count, 1) }
    /// Has packets of one length ready, one behind the other: between them there is no pause of a
    /// busy machine's, which would end a typed swipe.
    func send(packets: [[UInt8]]) {
        guard let count = packets.first?.count else { return }
        unsafe swt_send(pointer, Array(packets.joined()), count, packets.count)
    }
    /// Ends the next transfer with this errno.
    func fail(_ error: Int32) { unsafe swt_fail(pointer, -error) }
    func suspend(with error: Int32) { unsafe swt_sleep(pointer, -error) }
    func resume() { unsafe swt_wake(pointer) }
    func announce() { unsafe swt_announce(pointer) }
    func configure() { unsafe swt_configure(pointer) }
    func refuseClaims(_ count: Int32, error: Int32) {
        unsafe swt_refuse_claims(pointer, count, error)
    }
    func unplug() { unsafe swt_unplug(pointer) }
    /// Frees what is left of it; nobody may use it any more.
    func forget() { unsafe swt_forget(pointer) }

    var hasKernelDriver: Bool { unsafe swt_has_kernel_driver(pointer) }

    func value(_ count: swt_count) -> Int { Int(unsafe swt_value(pointer, count)) }
    /// Waits until the count is there; false only when it never comes.
    func waits(for count: swt_count, _ value: Int = 1) -> Bool {
        unsafe swt_wait(pointer, count, Int32(value))
    }
}

/// The pretended bus of this process.
internal enum PretendedBus {
    /// True under umockdev-wrapper.
    static let isAvailable = swt_is_available()

    static func with<Result>(_ body: () throws -> Result) rethrows -> Result {
        swt_begin()
        defer { swt_end() }
        return try body()
    }
}
