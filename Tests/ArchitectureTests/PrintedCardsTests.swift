import Foundation
import Quiet
import Testing

/// No test's output has card data.
@Suite struct PrintedCardsTests {
    private static let printed = ProcessInfo.processInfo.environment["SWIPELINE_PRINTED"]

    @Test(.enabled(if: printed != nil, "SWIPELINE_PRINTED is not set"))
    func `no line that was printed has a card number`() throws {
        let path = try #require(Self.printed)
        let output = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        print("printed: \(PrintedCards.lines(of: output).count) lines looked at")
        #expect(PrintedCards.violations(in: output) == [])
    }

    private static let forms: [(name: String, write: @Sendable (String) -> String)] = [
        ("digits", { "passing 1 argument pan → \"\($0)\" to" }),
        ("digits", { "track1: Optional(\"B\($0)^A/B^3012101\")" }),
        ("digits", { "\($0)D3012101" }),
        ("hexadecimal", { "raw → \"3b\($0.map { "3\($0)" }.joined())3d\"" }),
        ("hexadecimal", { "E: \($0.map { "3\($0)" }.joined(separator: " "))" }),
        (
            "decimal bytes",
            { "[0, 59, \(Array($0.utf8).map(String.init).joined(separator: ", "))]" }
        ),
    ]

    @Test(arguments: CardNumbers.published.sorted().map { CardText($0) })
    func `a number is found however it is written, and not repeated`(number: CardText) {
        for form in Self.forms {
            let output = "✔ Test\r\n\(form.write(number.clear))\n"
            #expect(
                PrintedCards.violations(in: output) == ["line 2: a card number in \(form.name)"])
        }
    }

    @Test(arguments: [
        "seed of random reports: NUMBER", "seed → NUMBER to", "\"seed NUMBER\"",
        "key → \"0NUMBERCAFE\"", "ksn → \"NUMBER0000\"", "ENUMBER", "a2NUMBER00",
        "passed after 0.001 seconds, 12:30:45",
    ])
    func `what only looks like a number is let be`(line: String) {
        let output = line.replacing("NUMBER", with: "4012881888818888")
        #expect(PrintedCards.violations(in: output) == [])
    }

    @Test func `a number behind a seed is found`() {
        let output = "seed → 5, pan → " + "4012881888818888"
        #expect(PrintedCards.violations(in: output).count == 1)
    }
}
