internal import Seeded

/// The chance of one life: the same from the same seed, and of each seed another.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var numbers: SeededNumbers

    /// A generator that starts here.
    public init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed &* 0xD120_0000_0000_1F35 &+ seed)
    }

    /// The next number.
    public mutating func next() -> UInt64 { numbers.next() }

    /// True so many times in a thousand.
    mutating func happens(_ perMille: Int) -> Bool { Int(next() % 1000) < perMille }

    /// A number of a closed range.
    mutating func pick(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }
}
