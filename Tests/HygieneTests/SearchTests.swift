import Foundation
import OwnThreads
import Testing

@testable import Hygiene

/// What finds numbers finds them, and nothing else.
@Suite(.blocks) struct SearchTests {
    private static let canaries = Canary.make(50, seed: 7)

    @Test func `the same seed makes the same numbers, and no two are equal`() {
        #expect(Canary.make(50, seed: 7) == Self.canaries)
        #expect(Set(Self.canaries.map(\.digits)).count == 50)
        #expect(Canary.make(50, seed: 8) != Self.canaries)
    }

    @Test func `a made number is right by Luhn, and its neighbour is not`() {
        for canary in Self.canaries {
            #expect(Self.luhn(canary.digits) == 0)
            #expect(Self.luhn(canary.wrongByLuhn.digits) != 0)
        }
    }

    @Test(arguments: CanaryForm.allCases)
    func `each form is found once among other bytes, at every offset`(form: CanaryForm) {
        let search = CanarySearch(Self.canaries)
        for offset in 0..<20 {
            let noise = [UInt8](repeating: UInt8(ascii: "7"), count: offset)
            let tally = search.tally(noise + form.written(Self.canaries[offset]) + noise)
            #expect(tally[form] == 1)
            #expect(tally.total == 1)
        }
    }

    @Test func `base64 is found as an encoder writes it`() {
        // "a" and "ab" before the digits, and more behind them.
        let search = CanarySearch([Self.canaries[0]])
        for before in ["", "a", "ab", "abc"] {
            let text = before + Self.canaries[0].text + "=3012"
            let encoded = Data(text.utf8).base64EncodedString()
            #expect(search.tally(Array(encoded.utf8)).total == 1, "behind \(before)")
        }
    }

    @Test func `a number without its first and last digits is found`() {
        let search = CanarySearch(Self.canaries)
        let text = CanaryForm.plain.written(Self.canaries[3])
        #expect(search.tally(Array(text[2..<14]))[.plain] == 1)
        #expect(search.tally(Array(text[3..<16])).total == 0)
    }

    @Test func `a text is found as it stands, beside the numbers`() {
        let token = "22fe3c69-db70-4a8c-9aed-9a33ebb1e9b4"
        let search = CanarySearch(Self.canaries, texts: [token])
        #expect(search.tally(Array("Bearer \(token)\r\n".utf8))[.plain] == 1)
        #expect(search.tally(Array(token.utf8.dropLast())).total == 0)
    }

    @Test func `packed digits are found when half a byte stands before them`() {
        let digits: [UInt8] = [0] + Self.canaries[5].digits + [0]
        let packed = stride(from: 0, to: 18, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        #expect(CanarySearch(Self.canaries).tally(packed)[.packed] == 1)
    }

    @Test func `what begins behind the limit is left to the next piece`() {
        let text = CanaryForm.plain.written(Self.canaries[0])
        let bytes = [UInt8](repeating: 0, count: 100) + text
        let search = CanarySearch(Self.canaries)
        #expect(search.tally(bytes.span, starts: 102).total == 0)
        #expect(search.tally(bytes.span, starts: 103).total == 1)
    }

    @Test func `what is shown of a number is not taken for it`() {
        let text = CanaryForm.plain.written(Self.canaries[0])
        let masked =
            text.prefix(6) + [UInt8](repeating: UInt8(ascii: "*"), count: 6) + text.suffix(4)
        #expect(CanarySearch(Self.canaries).tally(Array(masked)).total == 0)
    }

    private static func luhn(_ digits: [UInt8]) -> Int {
        digits.reversed().enumerated().reduce(0) { sum, next in
            let value = Int(next.element) * (next.offset % 2 + 1)
            return sum + value / 10 + value % 10
        } % 10
    }
}
