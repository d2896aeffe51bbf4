import Seeded
import Testing

@testable import PayHub

/// The strict reader: what RFC 8259 allows and nothing else, within bounds.
@Suite struct JSONTapeTests {
    @Test(arguments: [
        "{}", "[]", "null", "true", "false", "0", "-0", "1.5", "-12.75e+10", "1E5", "\"\"",
        #""\"\\\/\b\f\n\r\t\u0041""#, #""😀""#, "\"é€😀\"", " [ 1 , { \"a\" : [ ] } ] \n\t",
        #"{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}"#,
    ])
    func `takes what the standard allows`(text: String) throws {
        var tape = JSONTape()
        try tape.read(Array(text.utf8).span)
        #expect(!tape.nodes.isEmpty)
    }

    static let refused: [(String, JSONFault.Rule)] = [
        ("", .endedEarly), (" ", .endedEarly), ("{", .endedEarly), ("[1", .endedEarly),
        ("{\"a\"", .endedEarly), ("\"a", .endedEarly), ("tru", .endedEarly),
        ("[1,]", .unexpectedByte),
        ("{\"a\":1,}", .unexpectedByte), ("{a:1}", .unexpectedByte), ("{'a':1}", .unexpectedByte),
        ("{\"a\" 1}", .unexpectedByte), ("[1 2]", .unexpectedByte), ("nul!", .unexpectedByte),
        ("NaN", .unexpectedByte), ("Infinity", .unexpectedByte), ("+1", .unexpectedByte),
        (".5", .unexpectedByte), ("1.", .badNumber), ("-", .badNumber), ("1e", .badNumber),
        ("1e+", .badNumber), ("01", .trailingBytes), ("1 1", .trailingBytes),
        ("{}x", .trailingBytes),
        ("\"\n\"", .badString), ("\"\u{1}\"", .badString), ("\"\\x41\"", .badEscape),
        ("\"\\u12G4\"", .badEscape), ("\"\\uD800\"", .endedEarly),
        ("\"\\uD800 1234567\"", .badEscape), ("\"\\uDC00\"", .badEscape),
        ("{\"a\":1,\"a\":2}", .nameTwice), ("{\"a\":{},\"b\":1,\"a\":{}}", .nameTwice),
        ("{\"\\u0061\":1}", .escapedName), ("/* */1", .unexpectedByte),
        ("\u{FEFF}1", .unexpectedByte),
    ]

    @Test(arguments: refused)
    func `refuses what it forbids, by name`(text: String, rule: JSONFault.Rule) {
        #expect(fault(Array(text.utf8))?.rule == rule)
    }

    @Test(
        arguments: [
            [0x22, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xE0, 0x80, 0x80, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], [0x22, 0xFF, 0x22],
            [0x22, 0xC3, 0x22, 0x22],
        ] as [[UInt8]])
    func `refuses bytes that are no UTF-8`(bytes: [UInt8]) {
        #expect(fault(bytes)?.rule == .notUTF8)
    }

    @Test func `bounds depth and members`() throws {
        #expect(fault(Self.nested(32)) == nil)
        #expect(fault(Self.nested(33))?.rule == .tooDeep)
        let many = "[" + Array(repeating: "0", count: 2000).joined(separator: ",") + "]"
        #expect(fault(Array(many.utf8))?.rule == .tooManyMembers)
    }

    private static func nested(_ depth: Int) -> [UInt8] {
        Array(repeating: UInt8(ascii: "["), count: depth)
            + Array(repeating: UInt8(ascii: "]"), count: depth)
    }

    @Test func `a document cut at any byte is refused`() throws {
        let whole = Array(#"{"a":[1.5,"x\n",null,{"b":true}],"c":"é"}"#.utf8)
        var tape = JSONTape()
        try tape.read(whole.span)
        for count in 0..<whole.count {
            #expect(fault(Array(whole[..<count])) != nil, "cut at \(count)")
        }
    }

    @Test func `random bytes never trap, and what is taken is one value`() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededNumbers(seed: seed)
        let alphabet = Array("{}[]\",:0123456789.eE+-truefalsnu\\ \n\u{7F}é".utf8)
        for _ in 0..<50_000 {
            let bytes = (0..<Int(random.next() % 24)).map { _ in
                alphabet[Int(random.next() % UInt64(alphabet.count))]
            }
            var tape = JSONTape()
            do {
                try tape.read(bytes.span)
                #expect(Int(tape.nodes[0].next) == tape.nodes.count, "seed \(seed)")
            } catch {
                #expect(error.offset <= bytes.count, "seed \(seed)")
            }
        }
    }

    private func fault(_ bytes: [UInt8]) -> JSONFault? {
        var tape = JSONTape()
        do { try tape.read(bytes.span) } catch { return error }
        return nil
    }
}
