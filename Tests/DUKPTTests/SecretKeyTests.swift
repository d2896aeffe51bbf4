import DUKPT
import Secrets
import Seeded
import Testing

@Suite struct SecretKeyTests {
    @Test(arguments: [1, 2, 3, UInt64.random(in: .min ... .max)])
    func `opens what it has sealed at any counter`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        for cipher in Cipher.allCases {
            let arena = try SecretArena()
            let base = (0..<cipher.keyBytes).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            let bytes = (0..<cipher.serialNumberBytes).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            let blocks = Int.random(in: 1...16, using: &random)
            let clear = (0..<blocks * cipher.blockBytes).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            let number = try #require(KeySerialNumber(bytes))
            let use = try #require(KeyUse.allCases.randomElement(using: &random))
            let key = try SecretKey(copying: base.span, for: cipher, in: arena)
                .workingKey(use, for: number, in: arena)
            var sealed = try arena.take(capacity: clear.count)
            var opened = try arena.take(capacity: clear.count)
            try key.encrypt(clear.span, into: &sealed)
            let ciphertext = Hex.bytes(of: sealed)
            try key.decrypt(ciphertext.span, into: &opened)
            #expect(Hex.bytes(of: opened) == clear, "seed \(seed), \(cipher)")
            #expect(Hex.bytes(of: sealed) != clear, "seed \(seed), \(cipher)")
        }
    }

    @Test func `gives all locked memory back`() throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: "FFFF9876543210FFFFFF"))
        for use in KeyUse.allCases {
            _ = try SecretKey.published(in: arena).workingKey(use, for: number, in: arena)
        }
        #expect(arena.freeBlocks == SecretArena.laneBlocks)
    }

    @Test(arguments: [
        (Cipher.tripleDES, 15), (.tripleDES, 24), (.aes128, 32), (.aes256, 16), (.aes256, 0),
    ]) func `refuses a key of another length`(row: (cipher: Cipher, count: Int)) throws {
        let arena = try SecretArena()
        let bytes = [UInt8](repeating: 7, count: row.count)
        #expect(throws: DUKPTError.keyLength(row.count, expected: row.cipher.keyBytes)) {
            _ = try SecretKey(copying: bytes.span, for: row.cipher, in: arena)
        }
    }

    @Test(arguments: [
        (Cipher.tripleDES, "123456789012345600000001"), (.aes128, "FFFF9876543210E00001"),
        (.aes256, "FFFF9876543210E00001"),
    ]) func `refuses a serial number of the other standard`(
        row: (cipher: Cipher, number: String)
    ) throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: row.number))
        let bytes = [UInt8](repeating: 7, count: row.cipher.keyBytes)
        #expect(throws: DUKPTError.serialNumberOfOtherStandard) {
            _ = try SecretKey(copying: bytes.span, for: row.cipher, in: arena)
                .workingKey(.pin, for: number, in: arena)
        }
    }

    @Test(arguments: [(Cipher.tripleDES, 7), (.tripleDES, 9), (.aes128, 8), (.aes256, 17)])
    func `refuses what is no whole number of blocks`(row: (cipher: Cipher, count: Int)) throws {
        let arena = try SecretArena()
        let bytes = [UInt8](repeating: 7, count: row.cipher.keyBytes)
        let key = try SecretKey(copying: bytes.span, for: row.cipher, in: arena)
        let blocks = [UInt8](repeating: 0, count: row.count)
        var output = try arena.take(capacity: 64)
        #expect(throws: DUKPTError.notWholeBlocks(row.count)) {
            try key.decrypt(blocks.span, into: &output)
        }
        #expect(output.count == 0)
    }

    @Test func `appends nothing where there is no room, and nothing for nothing`() throws {
        let arena = try SecretArena()
        let key = try SecretKey.published(in: arena)
        var output = try arena.take(capacity: SecretArena.blockBytes)
        let long = [UInt8](repeating: 0, count: SecretArena.blockBytes + 8)
        #expect(throws: DUKPTError.secrets(.noRoom)) {
            try key.encrypt(long.span, into: &output)
        }
        try key.encrypt([UInt8]().span, into: &output)
        #expect(output.count == 0)
    }

    @Test(arguments: [
        ("FFFF9876543210EFF801", UInt32(0xFF801), "FFFF9876543210E00000"),
        ("FFFF9876543210FFFFFF", 0x1F_FFFF, "FFFF9876543210E00000"),
        ("1234567890123456FFFE2000", 0xFFFE_2000, "123456789012345600000000"),
    ]) func `knows the counter and the device of a serial number`(
        row: (number: String, counter: UInt32, device: String)
    ) throws {
        let number = try #require(KeySerialNumber(hex: row.number))
        #expect(number.counter == row.counter)
        #expect(number.device == Hex.bytes(row.device))
    }

    @Test(arguments: [0, 8, 9, 11, 13]) func `knows no serial number of another length`(
        count: Int
    ) {
        let bytes = [UInt8](repeating: 0, count: count)
        #expect(KeySerialNumber(bytes) == nil)
    }

    @Test func `names the fault and the remedy of every error`() {
        let errors: [DUKPTError] = [
            .keyLength(15, expected: 16), .serialNumberOfOtherStandard, .notWholeBlocks(7),
            .cipherRefused, .secrets(.arenaFull),
        ]
        #expect(Set(errors.map(\.description)).count == errors.count)
        #expect(errors[0].description.contains("15") && errors[2].description.contains("7"))
    }
}
