internal import Foundation
internal import Recordings
internal import Secrets
internal import Testing

@testable internal import compose_fixtures

@Suite struct CaptureTests {
    private static let whole: [UInt8] = {
        let path = "\(FixtureTests.folder)/clear-visa.pcapng"
        return (try? Data(contentsOf: URL(fileURLWithPath: path))).map(Array.init) ?? []
    }()

    /// What becomes of a capture; nothing when it is read.
    private static func fault(of bytes: [UInt8]) -> RecordingFault? {
        var wiped = WipedBytes()
        for byte in bytes { wiped.append(byte) }
        do throws(RecordingFault) {
            _ = try HIDRecording(wiped).check()
            return nil
        } catch { return error }
    }

    private static func changed(at offset: Int, to byte: UInt8) -> [UInt8] {
        var bytes = whole
        bytes[offset] = byte
        return bytes
    }

    @Test func `reads the whole`() {
        #expect(Self.whole.count > 1000)
        #expect(Self.fault(of: Self.whole) == nil)
    }

    @Test func `a capture that is cut anywhere is refused or is shorter, and never traps`() {
        for count in 4..<Self.whole.count {
            switch Self.fault(of: Array(Self.whole.prefix(count))) {
            case nil, .capture, .deviceIncomplete: break
            case let fault?: Issue.record("\(count): \(fault)")
            }
        }
    }

    @Test func `a capture with any byte changed is read or refused, and never traps`() {
        for offset in Self.whole.indices {
            for byte: UInt8 in [0, 0xFF] {
                switch Self.fault(of: Self.changed(at: offset, to: byte)) {
                case .unreadable, .tooLarge: Issue.record("at \(offset)")
                default: break
                }
            }
        }
    }

    static let faults: [(Int, UInt8, CaptureFault)] = [
        // The order mark, the interface's link type, a block's second length.
        (8, 0x1A, .byteOrder), (36, 9, .linkType), (24, 0xFF, .blockBroken),
    ]

    @Test(arguments: faults) func `what is wrong is named`(
        offset: Int, byte: UInt8, fault: CaptureFault
    ) {
        #expect(Self.fault(of: Self.changed(at: offset, to: byte)) == .capture(fault))
    }

    @Test func `a capture without a reader says so`() {
        let empty = Array(Self.whole.prefix(28 + 20))
        #expect(Self.fault(of: empty) == .capture(.noReader))
    }
}
