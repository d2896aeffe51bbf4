extension Attempt {
    /// The parent of a capture, void or refund of a transaction that this journal does not hold:
    /// no attempt has this number. What it is about is its ``target`` alone.
    public static let outside: UInt64 = 0

    /// True for a capture, void or refund of a transaction that this journal does not hold.
    public var isOutside: Bool { parent == Self.outside }
}
