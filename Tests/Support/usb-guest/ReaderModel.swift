internal import Foundation

/// A reader to emulate: what its descriptors say. Ids, name and report descriptor come from a
/// recording; the rest is made up.
internal struct ReaderModel {
    /// The fields of a recording that describe the device.
    let vendorID: UInt16
    var productID: UInt16
    let name: String
    let reportDescriptor: [UInt8]
    /// The reports of the recording, in their order.
    var reports: [[UInt8]]

    /// The serial number in its string descriptor.
    var serial = "0001"
    /// wMaxPacketSize of the interrupt endpoint.
    var packetBytes = 64
    /// A second HID interface that types, as no reader for payments has.
    var alsoTypes = false

    /// True for a reader in keyboard mode.
    var isKeyboard: Bool { reportDescriptor.starts(with: [0x05, 0x01, 0x09, 0x06]) }

    /// A model after a recording in the text form of hid-recorder.
    init(recording: URL) throws {
        let lines = try String(contentsOf: recording, encoding: .utf8).split(separator: "\n")
        func words(_ key: String) -> [[Substring]] {
            lines.filter { $0.hasPrefix(key) }.map { $0.split(separator: " ") }
        }
        func bytes(_ words: some Sequence<Substring>) -> [UInt8] {
            words.compactMap { UInt8($0, radix: 16) }
        }
        guard let descriptor = words("R: ").first, let ids = words("I: ").first, ids.count == 4,
            let vendor = UInt16(ids[2], radix: 16), let product = UInt16(ids[3], radix: 16)
        else { throw GuestFault("\(recording.lastPathComponent) describes no device") }
        vendorID = vendor
        productID = product
        name = lines.first { $0.hasPrefix("N: ") }.map { String($0.dropFirst(3)) } ?? ""
        reportDescriptor = bytes(descriptor.dropFirst(2))
        reports = words("E: ").map { bytes($0.dropFirst(3)) }
        if isKeyboard { packetBytes = 8 }
    }

    /// The answer to a control request that asks for something; `nil` stalls it.
    ///
    /// Source: USB 2.0, chapter 9; USB HID 1.11, section 7.
    func answer(to setup: [UInt8]) -> [UInt8]? {
        let isGetDescriptor = setup[0] & 0x60 == 0 && setup[1] == 6
        if setup[0] & 0x60 == 0, setup[1] == 0 { return [0, 0] }
        guard isGetDescriptor else { return nil }
        switch setup[3] {
        case 1: return deviceDescriptor
        case 2: return configurationDescriptor
        case 3: return string(Int(setup[2]))
        case 0x22: return setup[4] == 0 ? reportDescriptor : Self.keyboardReports
        default: return nil
        }
    }

    private var deviceDescriptor: [UInt8] {
        [18, 1, 0, 2, 0, 0, 0, packetBytes < 64 ? 8 : 64]
            + low(vendorID) + low(productID) + [0, 1, 1, 2, 3, 1]
    }

    private var configurationDescriptor: [UInt8] {
        var interfaces = interface(0, types: isKeyboard, reportDescriptor, packetBytes)
        if alsoTypes { interfaces += interface(1, types: true, Self.keyboardReports, 8) }
        let length = UInt16(9 + interfaces.count)
        return [9, 2] + low(length) + [alsoTypes ? 2 : 1, 1, 0, 0x80, 50] + interfaces
    }

    private func interface(
        _ number: UInt8, types: Bool, _ reports: [UInt8], _ packetBytes: Int
    ) -> [UInt8] {
        let kind: UInt8 = types ? 1 : 0
        return [9, 4, number, 0, 1, 3, kind, kind, 0]
            + [9, 0x21, 0x11, 1, 0, 1, 0x22] + low(UInt16(reports.count))
            + [7, 5, 0x81 + number, 3] + low(UInt16(packetBytes)) + [types ? 4 : 1]
    }

    private func string(_ index: Int) -> [UInt8]? {
        guard index > 0 else { return [4, 3, 9, 4] }
        guard index <= 3 else { return nil }
        let units = Array(["Emulated", name, serial][index - 1].utf16)
        return [UInt8(2 + 2 * units.count), 3] + units.flatMap(low)
    }

    private func low(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    /// A boot keyboard's report descriptor. Source: USB HID 1.11, appendix E.6.
    private static let keyboardReports: [UInt8] = [
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25,
        0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06,
        0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
    ]
}

extension ReaderModel {
    /// A swipe with a number that nobody has published.
    struct Unpublished {
        let model: ReaderModel
        let number: String
        /// The number as a recording writes it.
        var hexadecimal: String {
            number.utf8.map { String($0, radix: 16) }.joined(separator: " ")
        }
    }

    /// The same swipe with another number of the same length, put together here so that it stands
    /// in no file.
    func withUnpublishedNumber() throws -> Unpublished {
        let published = Array("4012881888818888".utf8)
        let stem = "401200" + String(repeating: "7", count: 9)
        let last = (0...9).map { stem + "\($0)" }.first(where: Self.isLuhnValid)
        guard let number = last, let report = reports.first else {
            throw GuestFault("there is no report to change")
        }
        var changed = report
        for start in report.indices where report[start...].starts(with: published) {
            changed.replaceSubrange(start..<(start + published.count), with: number.utf8)
        }
        guard changed != report else { throw GuestFault("the report has another number") }
        var model = self
        model.reports = [changed]
        return Unpublished(model: model, number: number)
    }

    /// Source: ISO/IEC 7812-1, annex B.
    private static func isLuhnValid(_ digits: String) -> Bool {
        let sum = digits.utf8.reversed().enumerated().reduce(0) { sum, next in
            let value = Int(next.element) - 0x30
            guard next.offset % 2 == 1 else { return sum + value }
            return sum + (value > 4 ? value * 2 - 9 : value * 2)
        }
        return sum % 10 == 0
    }
}

/// Why a check failed.
internal struct GuestFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
