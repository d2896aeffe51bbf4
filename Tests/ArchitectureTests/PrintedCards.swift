/// Finds card numbers in what the tests print. A published test card is one too: what lets its
/// number out lets out any.
enum PrintedCards {
    /// Names the lines with a card number and how it is written, and nothing of the number.
    static func violations(in output: String) -> [String] {
        lines(of: output).enumerated().flatMap { index, line in
            let line = Array(line.replacing(seed, with: "seed").utf8)
            return CardNumbers.forms(in: line).filter { $0.numbers.contains(where: isCard) }
                .map { "line \(index + 1): a card number in \($0.name)" }
        }
    }

    /// The lines as other programs count them: a return is no end of one.
    static func lines(of output: String) -> [String] {
        output.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// Some brands' first digits are too common for the project's own text, so that they count only
    /// in numbers that are known.
    private static func isCard(_ number: String) -> Bool {
        CardNumbers.isCard(number) || CardNumbers.published.contains(number)
    }

    /// A random test says its seed, any number of 64 bits: one in some dozens looks like a card's.
    private static var seed: Regex<Substring> { /seed[^0-9]{0,40}[0-9]+/ }
}
