internal import Seeded

/// A card number that exists nowhere else: made from a seed at the time of the run, right by Luhn.
public struct Canary: Equatable, Sendable {
    /// Sixteen digits, 0 to 9.
    let digits: [UInt8]

    /// So many numbers, the same for the same seed.
    public static func make(_ count: Int, seed: UInt64) -> [Canary] {
        var generator = SeededNumbers(seed: seed)
        return (0..<count).map { _ in Canary(using: &generator) }
    }

    private init(using generator: inout SeededNumbers) {
        // Visa's first digit: every shop takes it.
        let front: [UInt8] = [4] + (0..<14).map { _ in UInt8.random(in: 0...9, using: &generator) }
        // Every second digit from the right counts twice; the check digit stands behind these.
        let sum = front.reversed().enumerated().reduce(0) { sum, next in
            let value = Int(next.element)
            guard next.offset % 2 == 0 else { return sum + value }
            return sum + (value > 4 ? value * 2 - 9 : value * 2)
        }
        digits = front + [UInt8((10 - sum % 10) % 10)]
    }

    private init(digits: [UInt8]) { self.digits = digits }

    /// The same number with a check digit that is one too high: it parses and is not sold with.
    var wrongByLuhn: Canary { Canary(digits: digits.dropLast() + [(digits[15] + 1) % 10]) }

    /// The digits as text, for the composer of recordings and nobody else.
    var text: String { digits.map(String.init).joined() }
}
