internal import Testing

@testable internal import compose_fixtures

@Suite struct ComposerTests {
    static let vectors: [(serial: String, initialKey: String, dataKey: String)] = [
        (
            "FFFF9876543210E00001", "6AC292FAA1315B4D858AB3A3D7D5933A",
            "448D3F076D8304036A55A3D7E0055A78"
        ),
        (
            "62994901190000000002", "18126D59ECFEF71D4D982B52DC7F15BA",
            "1A994C3E09D9ACEF3EA9BD4381EFA334"
        ),
        (
            "6299490125000000001A", "F467BF4CA26953E7B816F336F152DCFF",
            "F5BF6BE855AB923ADE7E7740D846F9DE"
        ),
    ]

    /// Source: ANSI X9.24-1:2009, annex A.4, and keys published with ID TECH's test readers.
    @Test(arguments: vectors) func `derives the published keys`(
        vector: (serial: String, initialKey: String, dataKey: String)
    ) throws {
        let keys = try DUKPT(keySerialNumber: Self.bytes(vector.serial))
        #expect(keys.initialKey == Self.bytes(vector.initialKey))
        #expect(keys.dataKey == Self.bytes(vector.dataKey))
    }

    /// Source: MagTek 99875475, appendix C (the key of the example's eighth swipe).
    @Test func `derives the published key of a MagTek swipe`() throws {
        let keys = try DUKPT(keySerialNumber: Self.bytes("FFFF9876543210E00008"))
        #expect(keys.pinKey == Self.bytes("27F66D5244FF621EAA6F6120EDEB427F"))
    }

    /// Source: ANSI X9.24-1:2009, annex A.4 (data request of the first transaction).
    @Test func `encrypts under the data key as published`() throws {
        let keys = try DUKPT(keySerialNumber: Self.bytes("FFFF9876543210E00001"))
        let clear = Array("4012345678909D987".utf8) + [UInt8](repeating: 0, count: 7)
        #expect(
            try DUKPT.encrypt(keys.dataKey, clear)
                == Self.bytes("FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F"))
    }

    @Test func `frames an encrypted swipe with its length, LRC and checksum`() throws {
        let frame = try EncryptedFrame(
            .visa, keySerialNumber: Self.bytes("62994990110000000001"))
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

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
    }
}
