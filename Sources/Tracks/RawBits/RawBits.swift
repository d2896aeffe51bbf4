/// The bits of one track as a head read them, seen in either direction and polarity.
internal struct RawBits: ~Escapable {
    private let bytes: Span<UInt8>
    let count: Int
    let isReversed: Bool
    let isInverted: Bool

    /// The first `count` bits, the first of a byte being its highest; the bytes must hold them.
    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, count: Int, isReversed: Bool, isInverted: Bool) {
        self.bytes = bytes
        self.count = count
        self.isReversed = isReversed
        self.isInverted = isInverted
    }

    /// 0 or 1.
    func bit(_ position: Int) -> UInt8 {
        let index = isReversed ? count - 1 - position : position
        let bit = bytes[index >> 3] >> UInt8(7 - index & 7) & 1
        return isInverted ? bit ^ 1 : bit
    }

    /// How many zeros stand before the first one.
    var leadingZeros: Int {
        var zeros = 0
        while zeros < count, bit(zeros) == 0 { zeros += 1 }
        return zeros
    }

    /// The character at a position, or `nil` when the bits end in it.
    func character(at position: Int, _ alphabet: RawAlphabet) -> RawCharacter? {
        guard alphabet.bitsPerCharacter <= count - position else { return nil }
        var data: UInt8 = 0
        var ones: UInt8 = bit(position + alphabet.dataBits)
        for offset in 0..<alphabet.dataBits {
            let one = bit(position + offset)
            data |= one << UInt8(offset)
            ones ^= one
        }
        return RawCharacter(data: data, isParityRight: ones == 1)
    }
}

/// One character: its data, and whether it has an odd number of ones with its parity bit.
internal struct RawCharacter {
    let data: UInt8
    let isParityRight: Bool
}
