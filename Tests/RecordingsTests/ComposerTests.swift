internal import DUKPT
internal import Testing

@testable internal import compose_fixtures

@Suite struct ComposerTests {
    @Test func `frames an encrypted swipe with its length, LRC and checksum`() throws {
        let bytes: [UInt8] = [0x62, 0x99, 0x49, 0x90, 0x11, 0, 0, 0, 0, 1]
        let frame = try EncryptedFrame(.visa, keySerialNumber: #require(KeySerialNumber(bytes)))
        let data = frame.bytes.dropFirst(3).dropLast(3)
        #expect(frame.bytes[1] == UInt8(data.count) && frame.bytes[2] == 0)
        #expect(frame.bytes[frame.bytes.count - 3] == data.reduce(0, ^))
        #expect(frame.bytes[frame.bytes.count - 2] == data.reduce(0, &+))
        #expect(frame.bytes.first == 2 && frame.bytes.last == 3)
    }

    @Test func `says which character no key types`() {
        #expect(throws: ComposeFault.noKeyFor(UInt8(ascii: "~"))) {
            try KeyboardWriter.reports(typing: "%~?")
        }
    }
}
