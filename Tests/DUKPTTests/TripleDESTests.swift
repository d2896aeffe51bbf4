import DUKPT
import Secrets
import Testing

/// Keys after ANSI X9.24-1:2009. Source of the rows: its annex A.4, and tests of jPOS for the
/// high counters; the key is the annex's.
@Suite struct TripleDESTests {
    struct Row: CustomTestStringConvertible {
        let number: String
        let transactionKey: String
        let dataKey: String

        init(_ number: String, _ transactionKey: String, _ dataKey: String) {
            self.number = number
            self.transactionKey = transactionKey
            self.dataKey = dataKey
        }

        var testDescription: String { number }
    }

    static let rows = [
        Row(
            "FFFF9876543210E00001", "042666B49184CFA368DE9628D0397BC9",
            "448D3F076D8304036A55A3D7E0055A78"),
        Row(
            "FFFF9876543210E00002", "C46551CEF9FD24B0AA9AD834130D3BC7",
            "F1BE73B36135C5C26CF937D50ABBE5AF"),
        Row(
            "FFFF9876543210E00004", "279C0F6AEED0BE652B2C733E1383AE91",
            "BCF2610997C3AC3C5F13AE965A1B773B"),
        Row(
            "FFFF9876543210E00005", "5F8DC6D2C845C125508DDC048093B83F",
            "F3054D8B7471284BDB4EE18AFC3B091B"),
        Row(
            "FFFF9876543210E00007", "0C8F780B7C8B49D0AE84A9EB2A6CE660",
            "E613858B288B6ACAA7AE454931B21C56"),
        Row(
            "FFFF9876543210E00008", "27F66D5244FF62E1AA6F6120EDEB4280",
            "C39B2778B058AC376FB18DC906F75CBA"),
        Row(
            "FFFF9876543210E0000A", "6CF2500A22507C7CC776CEADC1E33014",
            "BC9C848366B1F9997656DD8004C5C43B"),
        Row(
            "FFFF9876543210E0000B", "3E8260BA04B2D620C01482B3819A18B7",
            "0D790AC0C7E16699F235293F546D29CD"),
        Row(
            "FFFF9876543210E0000D", "E072EDF95340535FB6C581C58FBF2533",
            "ACAEAA2E23F9900552C2132890CE5390"),
        Row(
            "FFFF9876543210E0000E", "A80046087F5B8F245AAD95E18429084F",
            "F42D46659549ED0ADADF6AB332815A7B"),
        Row(
            "FFFF9876543210E00010", "59598DCBD9BD94C094165CE453585F57",
            "82D613B1742B19C55F653616A47DF1A0"),
        Row(
            "FFFF9876543210E00011", "2B5F01F4F0CC05EA639D523231BF1BA2",
            "5090137BD2EE830588765B84F7DA9F91"),
        Row(
            "FFFF9876543210E00013", "C3DF489FDF1153B4F03DE97C27DC4C2F",
            "44893E3434ABDD6A817CE2841825E1FD"),
        Row(
            "FFFF9876543210E00014", "658488507721B3F14737FA93F923CBD2",
            "E0D4C7B3EA32A8F108A83C1844ED6FD8"),
    ]

    private static func working(
        _ use: KeyUse, _ number: String, in arena: SecretArena
    ) throws -> SecretKey {
        try SecretKey.published(in: arena).workingKey(
            use, for: #require(KeySerialNumber(hex: number)), in: arena)
    }

    @Test(arguments: rows) func `derives the keys of the standard's example`(row: Row) throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: row.number))
        let base = try SecretKey.published(in: arena)
        #expect(
            try Hex.bytes(of: base.initialKey(for: number, in: arena).bytes)
                == Hex.bytes("6AC292FAA1315B4D858AB3A3D7D5933A"))
        #expect(
            try Hex.bytes(of: base.transactionKey(for: number, in: arena).bytes)
                == Hex.bytes(row.transactionKey))
        #expect(
            try Hex.bytes(of: base.workingKey(.dataRequest, for: number, in: arena).bytes)
                == Hex.bytes(row.dataKey))
    }

    static let readers = [
        (
            "62994901190000000002", "18126D59ECFEF71D4D982B52DC7F15BA",
            "1A994C3E09D9ACEF3EA9BD4381EFA334"
        ),
        (
            "6299490125000000001A", "F467BF4CA26953E7B816F336F152DCFF",
            "F5BF6BE855AB923ADE7E7740D846F9DE"
        ),
    ]

    /// Source: keys published with ID TECH's test readers.
    @Test(arguments: readers) func `derives the keys of test readers`(
        row: (number: String, initialKey: String, dataKey: String)
    ) throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: row.number))
        let base = try SecretKey.published(in: arena)
        #expect(
            try Hex.bytes(of: base.initialKey(for: number, in: arena).bytes)
                == Hex.bytes(row.initialKey))
        #expect(
            try Hex.bytes(of: base.workingKey(.dataRequest, for: number, in: arena).bytes)
                == Hex.bytes(row.dataKey))
    }

    static let pinBlocks = [
        ("FFFF9876543210EFF801", "3A86BF003F835C9D"),
        ("FFFF9876543210EFF802", "3DB977D05C36DF3F"),
        ("FFFF9876543210EFF804", "BA83243305712099"),
        ("FFFF9876543210EFF808", "B0DA04AC90A36D85"),
        ("FFFF9876543210EFF810", "2CF02BD9C309EEDA"),
        ("FFFF9876543210EFF820", "9D1E2F77AEEE81C6"),
        ("FFFF9876543210EFF840", "40870B0F8BA2011C"),
        ("FFFF9876543210EFF880", "22E340D6ABB40981"),
        ("FFFF9876543210EFF900", "1A4C10AFBA03A430"),
        ("FFFF9876543210EFFA00", "849763B43E5F9CFF"),
        ("FFFF9876543210EFFC00", "DEFC6F09F8927B71"),
        ("FFFF9876543210F00000", "73EC88AD0AC5830E"),
    ]

    @Test(arguments: pinBlocks) func `encrypts PIN blocks at high counters`(
        row: (number: String, block: String)
    ) throws {
        let arena = try SecretArena()
        let key = try Self.working(.pin, row.number, in: arena)
        var block = try arena.take(capacity: 8)
        try key.encrypt(Hex.bytes("041274EDCBA9876F").span, into: &block)
        #expect(Hex.bytes(of: block) == Hex.bytes(row.block))
    }

    static let messages = [
        (
            "FFFF9876543210E00001", "FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F",
            "1FCC89AF66222F27B903898BB2BC8589CDBFDE5EC6AFCC25"
        ),
        (
            "FFFF9876543210E00002", "A2B4E70F846E63D68775B7215EB4563DFD3037244C61CC13",
            "5B692A6B1FDD5E25B0DEFAFDE1672E402F8011360CFF3508"
        ),
        (
            "FFFF9876543210E00004", "1118F50947441BBDA3C8C70220021A12EC31CC473F7215F4",
            "418C7413576C0D1819E785D3807AF32334231FDEC23414DB"
        ),
        (
            "FFFF9876543210E00005", "9FD7BD1EC28845ACA93367A9DA9317BD555C6B33AE22D365",
            "7D4C109E49E83355A556AE949EED359F4404E7A2F0167C00"
        ),
    ]

    @Test(arguments: messages) func `encrypts requests and answers`(
        row: (number: String, request: String, response: String)
    ) throws {
        let arena = try SecretArena()
        let clear = Array(("4012345" + "678909D987").utf8) + [UInt8](repeating: 0, count: 7)
        for (use, expected) in [(KeyUse.dataRequest, row.request), (.dataResponse, row.response)] {
            let key = try Self.working(use, row.number, in: arena)
            var sealed = try arena.take(capacity: 24)
            var opened = try arena.take(capacity: 24)
            try key.encrypt(clear.span, into: &sealed)
            try key.decrypt(Hex.bytes(expected).span, into: &opened)
            #expect(Hex.bytes(of: sealed) == Hex.bytes(expected))
            #expect(Hex.bytes(of: opened) == clear)
        }
    }

    /// The variants are constants of the standard; the key's last bytes show each.
    @Test(arguments: [
        (KeyUse.pin, "042666B49184CF5C68DE9628D0397B36"),
        (.macRequest, "042666B4918430A368DE9628D03984C9"),
        (.macResponse, "042666B46E84CFA368DE96282F397BC9"),
    ]) func `mixes the variant of a use into the key`(row: (use: KeyUse, key: String)) throws {
        let arena = try SecretArena()
        let key = try Self.working(row.use, "FFFF9876543210E00001", in: arena)
        #expect(Hex.bytes(of: key.bytes) == Hex.bytes(row.key))
    }

    /// Readers skip counters of more than ten set bits; a host derives them. The expected keys
    /// were computed with the openssl program alone.
    @Test(arguments: [
        ("FFFF9876543210FFFFFF", "9D3A9BED76215A4F2137EA76BC0D6176"),
        ("FFFF9876543210EAAFFF", "75B8BD5025A685CCE32A4C8EA4682EC7"),
    ]) func `derives counters that a reader skips`(row: (number: String, key: String)) throws {
        let arena = try SecretArena()
        let number = try #require(KeySerialNumber(hex: row.number))
        #expect(number.counter.nonzeroBitCount > 10)
        #expect(
            try Hex.bytes(
                of: SecretKey.published(in: arena).transactionKey(for: number, in: arena).bytes)
                == Hex.bytes(row.key))
    }
}
