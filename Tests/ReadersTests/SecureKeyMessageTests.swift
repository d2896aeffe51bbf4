import Readers
import Seeded
import Testing
import Values

@Suite struct SecureKeyMessageTests {
    static let serial = "62994900000000000001"

    static func message(
        entry: String = "SWIPE", card: String? = nil, tail: String = "<Addr></Addr>"
    ) -> String {
        let attributes = card ?? cardAttributes()
        return "<DvcMsg Ver=\"1.1\"><Dvc App=\"SecureKey\" AppVer=\"1.0\" DvcType=\"M130-IDTECH\" "
            + "DvcSN=\"T0001\" Entry=\"\(entry)\"></Dvc><Card \(attributes)></Card>\(tail)"
            + "<Tran TranType=\"CREDIT\"></Tran></DvcMsg>"
    }

    static func cardAttributes(
        encode: String = "0", track1: String = "00112233445566778899AABBCCDDEEFF",
        track2: String = "0123456789ABCDEF", serial: String = serial, expiry: String = "3012"
    ) -> String {
        "CEncode=\"\(encode)\" ETrk1=\"\(track1)\" ETrk2=\"\(track2)\" CDataKSN=\"\(serial)\" "
            + "Exp=\"\(expiry)\" MskPAN=\"4111********1111\" CHolder=\"TEST/CARD\" EFormat=\"4\""
    }

    static func decoded(_ text: String) throws -> Decoded {
        try Decoded(Array(text.utf8), .keyboard)
    }

    @Test(arguments: ["", "\r", "\r\n"])
    func `a swipe is an encrypted block of the whole message`(_ ending: String) throws {
        let message = Self.message()
        let decoded = try Self.decoded(message + ending)
        let block = try #require(decoded.block)
        #expect(decoded.text(block.frame) == message)
        #expect(block.form == .typed)
        #expect(block.maskedPAN.description == "************1111")
        #expect(block.brand == .visa)
        #expect(decoded.text(block.keySerialNumber) == Self.serial)
        #expect(decoded.text(block.expiry) == "3012")
    }

    @Test(arguments: [
        ("3012", true), ("2912", true), ("1012", false), ("0816", false), ("3013", false),
        ("301", false), ("", false), ("30X2", false),
    ])
    func `an expiry goes out only when it can only be a year and a month`(
        _ expiry: String, isSent: Bool
    ) throws {
        let decoded = try Self.decoded(
            Self.message(card: Self.cardAttributes(expiry: expiry)))
        let block = try #require(decoded.block)
        #expect((block.expiry != nil) == isSent)
    }

    @Test func `manual entry is no swipe`() throws {
        let manual = Self.message(
            entry: "MANUAL", card: "CEncode=\"0\" ECData=\"00AA\" CDataKSN=\"\(Self.serial)\"")
        #expect(try Self.decoded(manual).content == .bad(.manualEntry))
    }

    static let refused: [(String, BadRead)] = [
        (message(card: cardAttributes(encode: "1")), .notAPaymentCard(.licence)),
        (message(card: cardAttributes(encode: "9")), .frame(.encodeTypeUnknown)),
        (message(card: cardAttributes(track1: "", track2: "")), .frame(.nothingEncrypted)),
        (message(card: cardAttributes(track2: "012")), .frame(.messageMalformed)),
        (message(card: cardAttributes(track1: "B4111^A/B^")), .frame(.messageMalformed)),
        (message(card: cardAttributes(serial: "00")), .frame(.messageMalformed)),
        (message(card: cardAttributes() + " Exp=\"3012\""), .frame(.messageMalformed)),
        (message(card: "ETrk1='00'"), .frame(.messageMalformed)),
        (message(card: "ETrk1=\"&#48;0\""), .frame(.messageMalformed)),
        (message(entry: "SWIPED"), .frame(.messageMalformed)),
        (message(tail: "<!-- x -->"), .frame(.messageMalformed)),
        (message(tail: "<![CDATA[x]]>"), .frame(.messageMalformed)),
        (message(tail: "<Other></Other>"), .frame(.messageMalformed)),
        (message(tail: "<Addr></Tran>"), .frame(.messageMalformed)),
        (message(tail: "<Addr/><Addr/>"), .frame(.messageMalformed)),
        (message(tail: "<Addr>text</Addr>"), .frame(.messageMalformed)),
        (message() + "x", .frame(.bytesLeftOver)),
        (message() + message(), .frame(.bytesLeftOver)),
        ("<DvcMsg Ver=\"1.1\"></DvcMsg>", .frame(.messageMalformed)),
        ("<DvcMsg><!DOCTYPE x></DvcMsg>", .frame(.messageMalformed)),
        ("<DvcMsg", .frame(.endMissing)), ("<DvcMsgs></DvcMsgs>", .frame(.messageMalformed)),
    ]

    @Test(arguments: refused)
    func `refuses whatever is no such message`(_ text: String, _ reason: BadRead) throws {
        #expect(try Self.decoded(text).content == .bad(reason))
    }

    @Test func `empty elements and line ends between them are borne`() throws {
        let short = Self.message(tail: "\r\n<Addr/>\r\n")
        #expect(try Self.decoded(short).block != nil)
    }

    @Test func `a message cut at any character is refused`() throws {
        let message = Self.message()
        for count in "<DvcMsg".count..<message.utf8.count {
            let content = try Self.decoded(String(message.prefix(count))).content
            guard case .bad(.frame) = content else {
                Issue.record("cut to \(count)")
                continue
            }
        }
    }

    @Test func `random changes never trap`() throws {
        var numbers = SeededNumbers(seed: UInt64.random(in: .min ... .max))
        let message = Array(Self.message().utf8)
        for _ in 0..<5000 {
            var changed = message
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                let offset = Int.random(in: 7..<changed.count, using: &numbers)
                changed[offset] = UInt8.random(in: 0...255, using: &numbers)
            }
            let decoded = try Decoded(changed, .keyboard)
            if let block = decoded.block { #expect(block.frame.end <= changed.count) }
        }
    }

    @Test func `Enter inside the message does not end it, behind it does`() throws {
        let text = Self.message(tail: "\r<Addr></Addr>\r") + "\r"
        let reports = Typist().reports(text)
        let typing = try Typing(reports)
        #expect(typing.text == text)
        #expect(typing.wholeAfter == reports.count - 1)
        guard case .encrypted? = typing.content else {
            Issue.record("no encrypted block")
            return
        }
    }
}
