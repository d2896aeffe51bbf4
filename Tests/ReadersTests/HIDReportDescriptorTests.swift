import Readers
import Seeded
import Testing
import Values

@Suite struct HIDReportDescriptorTests {
    @Test func `reads a boot keyboard`() throws {
        let found = try HIDReportDescriptor(parsing: Descriptors.keyboard)
        #expect(found.isKeyboard)
        #expect(found.inputReportBytes == 8)
        #expect(!found.hasReportIDs)
    }

    @Test func `reads the length of ID TECH's report`() throws {
        let found = try HIDReportDescriptor(parsing: Descriptors.idTech)
        #expect(found.usagePage == 0xFF00)
        #expect(found.usage == 0x01)
        #expect(found.inputReportBytes == 509)
        #expect(!found.isKeyboard)
    }

    /// A vendor's application collection with this inside.
    static func application(_ items: [UInt8]) -> [UInt8] {
        [0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08] + items + [0xC0]
    }

    @Test func `the longest of several reports counts, with its id`() throws {
        let items: [UInt8] = [0x85, 1, 0x95, 4, 0x81, 2, 0x85, 2, 0x95, 64, 0x81, 2]
        let found = try HIDReportDescriptor(parsing: Self.application(items))
        #expect(found.hasReportIDs)
        #expect(found.inputReportBytes == 65)
    }

    @Test func `pushed values come back`() throws {
        let items: [UInt8] = [0x95, 4, 0xA4, 0x95, 9, 0xB4, 0x81, 2]
        let found = try HIDReportDescriptor(parsing: Self.application(items))
        #expect(found.inputReportBytes == 4)
    }

    struct Refused: Sendable {
        let bytes: [UInt8]
        let fault: HIDDescriptorFault

        init(_ bytes: [UInt8], _ fault: HIDDescriptorFault) {
            self.bytes = bytes
            self.fault = fault
        }
    }

    static let tooLong = [UInt8](repeating: 0, count: Limits.reportDescriptorBytesMaximum + 1)
    static let refused: [Refused] = [
        Refused([], .noApplication),
        Refused(tooLong, .tooLong),
        Refused([0x06, 0x00], .cutShort(offset: 0)),
        Refused([0xFE, 0, 0], .longItem(offset: 0)),
        Refused([0xB4], .stackFault(offset: 0)),
        Refused([UInt8](repeating: 0xA4, count: 9), .stackFault(offset: 8)),
        Refused(application([]), .noInputReport),
        Refused(application([0x96, 0x01, 0x04, 0x81, 2]), .reportTooLong),
        Refused(application([0x97, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 2]), .reportTooLong),
    ]

    @Test(arguments: refused)
    func `refuses what is no descriptor of a reader`(
        _ refused: Refused
    ) {
        #expect(throws: refused.fault) { _ = try HIDReportDescriptor(parsing: refused.bytes) }
    }

    @Test(arguments: [Descriptors.keyboard, Descriptors.idTech])
    func `a descriptor cut anywhere never traps`(_ bytes: [UInt8]) {
        var read = 0
        for count in 0..<bytes.count
        where (try? HIDReportDescriptor(parsing: Array(bytes[..<count]))) != nil { read += 1 }
        #expect(read < bytes.count)
    }

    @Test func `random descriptors never trap`() {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of random descriptors: \(seed)")
        var numbers = SeededNumbers(seed: seed)
        var refused = 0
        for _ in 0..<100_000 {
            let count = Int.random(in: 0...40, using: &numbers)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            if (try? HIDReportDescriptor(parsing: bytes)) == nil { refused += 1 }
        }
        #expect(refused > 0)
    }
}
