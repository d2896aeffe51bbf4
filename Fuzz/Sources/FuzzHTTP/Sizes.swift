/// How an answer is cut: byte by byte, whole, or into pieces of random sizes.
struct Sizes {
    private var state: UInt32
    private let size: Int?

    /// Cut as the input's first byte says.
    init(choice: UInt8) {
        size = choice & 6 == 0 ? 1 : nil
        state = UInt32(choice) &* 2_654_435_761 | 1
    }

    /// Not cut.
    init(whole count: Int) {
        size = count
        state = 1
    }

    /// The next piece's length, 1 to `left`.
    mutating func next(of left: Int) -> Int {
        if let size { return min(size, left) }
        state ^= state << 13
        state ^= state >> 17
        state ^= state << 5
        // Mostly short pieces, some long.
        let limit = state & 7 == 0 ? 512 : 24
        return min(left, 1 + Int(state >> 8) % limit)
    }
}
