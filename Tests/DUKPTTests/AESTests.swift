import DUKPT
import Secrets
import Testing

/// Keys after ANSI X9.24-3:2017. Source of the rows: the standard's supplement of test vectors.
@Suite struct AESTests {
    static let base128 = "FEDCBA9876543210F1F1F1F1F1F1F1F1"
    static let base256 = base128 + base128

    static let rows128 = [
        ("123456789012345600000001", "4F21B565BAD9835E112B6465635EAE44"),
        ("123456789012345600000003", "031504E530365CF81264238540518318"),
        ("123456789012345600000004", "0EEFC7ADA628BA68878DA9165A8A1887"),
        ("123456789012345600000006", "D30F7D9351DA58448A2F5E92B4EE3B7D"),
        ("123456789012345600000007", "A8253CEED9AC042C54F75D35C8352278"),
        ("12345678901234560001FFFE", "E21E8C8D347F8561A2BE752DAA85A111"),
        ("123456789012345600020000", "F7AE9025468A25D37B7249CFFED224C8"),
        ("1234567890123456FFFE2000", "48E585B694EB0B18D5C35443E163C0BA"),
        ("1234567890123456FFFE4000", "396C2C7CA1EA701C03B86B7D41F0C562"),
        ("1234567890123456FFFE8000", "0387625F189B58AE03EF0E8CCA41105E"),
    ]
    static let rows256 = [
        (
            "123456789012345600000001",
            "54AC2B32B145EA4A554CB8BC44B17467063A799856B1CCC2A138D36E8DBF78B3"
        ),
        (
            "123456789012345600000003",
            "8EEEF7C464AE415BB1D73FAED21993CD669F7999092A579EC6DD3CC680C65171"
        ),
        (
            "123456789012345600000004",
            "C18CBED570B3B89ECADA7CEC9C224CD5A86ECF3DE377D3EFAB720F8C4D76B9D0"
        ),
        (
            "123456789012345600000006",
            "B8BB61AE3E2D5CD8C699E0C578FB2C7B89B0C0CF02DBAB60864D8049C986C844"
        ),
        (
            "123456789012345600000007",
            "88D0ACA287B3066F5DE0C93396337D4C2DA8D92C1F720A576D62CEB4C979E01E"
        ),
    ]

    private static func check(
        _ base: String, _ cipher: Cipher, _ row: (number: String, key: String), initial: String
    ) throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: row.number))
        let base = try Hex.key(base, for: cipher, in: arena)
        #expect(
            try Hex.bytes(of: base.initialKey(for: number, in: arena).bytes) == Hex.bytes(initial))
        #expect(
            try Hex.bytes(of: base.transactionKey(for: number, in: arena).bytes)
                == Hex.bytes(row.key))
    }

    @Test(arguments: rows128) func `derives keys of 128 bits`(
        row: (number: String, key: String)
    ) throws {
        try Self.check(
            Self.base128, .aes128, row, initial: "1273671EA26AC29AFA4D1084127652A1")
    }

    @Test(arguments: rows256) func `derives keys of 256 bits`(
        row: (number: String, key: String)
    ) throws {
        try Self.check(
            Self.base256, .aes256, row,
            initial: "CE9CE0C101D1138F97FB6CAD4DF045A7083D4EAE2D35A31789D01CCF0949550F")
    }

    static let workingKeys: [(String, [KeyUse: String])] = [
        (
            "123456789012345600000001",
            [
                .pin: "AF8CB133A78F8DC2D1359F18527593FB",
                .macRequest: "A2DC23DE6FDE0824A2BC321E08E4B8B7",
                .dataRequest: "A35C412EFD41FDB98B69797C02DCD08F",
            ]
        ),
        (
            "123456789012345600000003",
            [
                .pin: "7D69F01F3B45449F62C7816ECE723268",
                .macRequest: "A5DF7D9D800CA769766F0C77CA4E6E6C",
                .dataRequest: "EF17F6AB45B4820C93A3DCB21BC491AD",
            ]
        ),
        (
            "123456789012345600000004",
            [
                .pin: "91A0588318EC2673214271F70137896E",
                .macRequest: "E6E4679647D8A9057C1FC15537CB4C4E",
                .dataRequest: "B3BD44C08BB6BA27C3BB4711D7D70387",
            ]
        ),
        (
            "123456789012345600000006",
            [
                .pin: "02DCC6CD1201A3A2CA7099559C862123",
                .macRequest: "7B60F72A5639C0EE7EB2100FA80BB793",
                .dataRequest: "C9B8A7C4E486180B2229115164F0B293",
            ]
        ),
        (
            "123456789012345600000007",
            [
                .pin: "6ECF912F3B18CA11A7A27BB60705FD09",
                .macRequest: "BAA08CA263C69525BC6B1BA8F4275D69",
                .dataRequest: "0FA8F1F0A2DD7B1005A862D77CDED698",
            ]
        ),
    ]

    @Test(arguments: workingKeys) func `derives a working key for each use`(
        row: (number: String, keys: [KeyUse: String])
    ) throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: row.number))
        let base = try Hex.key(Self.base128, for: .aes128, in: arena)
        for (use, key) in row.keys {
            #expect(
                try Hex.bytes(of: base.workingKey(use, for: number, in: arena).bytes)
                    == Hex.bytes(key))
        }
    }

    @Test func `gives each use a key of its own`() throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: "123456789012345600000001"))
        let base = try Hex.key(Self.base128, for: .aes128, in: arena)
        var keys: Set<[UInt8]> = []
        for use in KeyUse.allCases {
            let key = try base.workingKey(use, for: number, in: arena)
            keys.insert(Hex.bytes(of: key.bytes))
        }
        #expect(keys.count == KeyUse.allCases.count)
    }
}
