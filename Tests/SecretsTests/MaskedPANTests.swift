import OwnThreads
import Quiet
import Secrets
import Seeded
import Testing
import Values

/// Masking fails closed: what is no card number shows nothing.
@Suite(.blocks) struct MaskedPANTests {
    private static func masking(_ bytes: [UInt8]) -> MaskedPAN { MaskedPAN(masking: bytes.span) }
    private static func keeping(_ text: String) -> MaskedPAN {
        let bytes = Array(text.utf8)
        return MaskedPAN(alreadyMasked: bytes.span)
    }

    @Test(
        arguments: [
            ("4111111111111111", "************1111", "1111"),
            ("378282246310005", "***********0005", "0005"),
            ("6205500000000000004", "***************0004", "0004"),
        ] as [(CardText, String, String)])
    func `shows the length and the last four`(pan: CardText, text: String, lastFour: String) {
        let masked = Self.masking(Array(pan.clear.utf8))
        #expect(masked.description == text)
        #expect(masked.lastFour == lastFour)
    }

    @Test(arguments: [
        "", "4", "41111111111", "41111111111111111111", "411111111111111A", "4111 1111 1111 1111",
        "4111111111111111?", "٤١١١١١١١١١١١١١١١", "************1111",
    ])
    func `hides whatever is not 12 to 19 digits`(text: CardText) {
        let masked = Self.masking(Array(text.clear.utf8))
        #expect(masked == .hidden)
        #expect(masked.description == "****")
    }

    @Test(arguments: [
        ("4266********9999", "************9999"), ("****1111", "****"),
        ("4266********999*", "****"),
        ("", "****"), ("4266****************9999", "****"),
    ])
    func `keeps of a masked number its tail alone`(text: String, shown: String) {
        #expect(Self.keeping(text).description == shown)
    }

    @Test(arguments: [UInt64(1), 20_261_121, .random(in: 0...(.max))])
    func `never shows more than four digits of anything`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        for _ in 0..<2000 {
            let digitsOnly = Bool.random(using: &random)
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: digitsOnly ? 0x30...0x39 : 0...255, using: &random)
            }
            let masked = Self.masking(bytes)
            let isNumber =
                (12...19).contains(bytes.count) && bytes.allSatisfy { (0x30...0x39).contains($0) }
            let isRight =
                isNumber
                ? masked.description
                    == String(repeating: "*", count: bytes.count - 4)
                    + String(decoding: bytes.suffix(4), as: UTF8.self)
                : masked == .hidden && masked.lastFour == nil
            #expect(isRight, "seed \(seed)")
        }
    }
}
