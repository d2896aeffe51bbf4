public import Values

extension MaskedPAN {
    /// Masks the clear digits of a card number. Fails closed: whatever is not 12 to 19 digits
    /// becomes ``MaskedPAN/hidden``.
    public init(masking digits: Span<UInt8>) {
        self = .hidden
        guard (12...19).contains(digits.count) else { return }
        for index in digits.indices
        where !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digits[index]) { return }
        self.init(length: digits.count, lastFour: Self.tail(digits))
    }

    /// Reads a number that the reader has masked (`4266********9999`): only the last four digits
    /// and the length are kept. Fails closed like ``init(masking:)``.
    public init(alreadyMasked characters: Span<UInt8>) {
        self = .hidden
        guard (12...19).contains(characters.count) else { return }
        self.init(length: characters.count, lastFour: Self.tail(characters))
    }

    private static func tail(_ bytes: Span<UInt8>) -> (UInt8, UInt8, UInt8, UInt8) {
        let end = bytes.count
        return (bytes[end - 4], bytes[end - 3], bytes[end - 2], bytes[end - 1])
    }
}
