import Tracks

/// Writes a track's characters as bits. Source: ISO/IEC 7811-2.
struct BitComposer: Sendable, CustomStringConvertible {
    private var bits: [UInt8]

    /// Bits as they are.
    init(bits: [UInt8]) { self.bits = bits }

    /// Clocking zeros, the text's characters, their LRC, and zeros again.
    init(_ text: String, _ alphabet: RawAlphabet, zeros: Int = 25) {
        let first: UInt8 = alphabet == .sixBit ? 0x20 : 0x30
        let values = text.utf8.map { $0 - first }
        bits = Array(repeating: 0, count: zeros)
        for value in values + [values.reduce(0, ^)] {
            let data = (0..<(alphabet.bitsPerCharacter - 1)).map { value >> UInt8($0) & 1 }
            bits += data + [data.reduce(1, ^)]
        }
        bits += Array(repeating: 0, count: zeros)
    }

    var count: Int { bits.count }

    /// The bits of a card are not for a test's output.
    var description: String { "\(count) bits" }

    /// The first bit of a byte is its highest.
    var packed: [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) {
                $0 | $1.element << UInt8(7 - $1.offset)
            }
        }
    }

    mutating func reverse() { bits.reverse() }
    mutating func invert() { bits = bits.map { $0 ^ 1 } }
    mutating func flip(_ position: Int) { bits[position] ^= 1 }

    /// Without the last bits.
    func without(last count: Int) -> BitComposer { BitComposer(bits: bits.dropLast(count)) }
}
