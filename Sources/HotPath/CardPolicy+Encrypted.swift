internal import Readers
internal import Tracks
internal import Values

extension CardPolicy {
    /// Judges what the masked part of an encrypted block shows. A number that is masked cannot
    /// fail the Luhn check, and an expiry that is masked cannot be past.
    func judge(_ block: EncryptedBlock, _ bytes: Span<UInt8>, today: CivilDate) -> PolicyVerdict {
        var verdict = PolicyVerdict()
        if block.brand == nil, block.maskedPAN != .hidden {
            verdict.apply(brand, .unknownBrand, .unknownBrand)
        }
        if let range = block.expiry, let expiry = CardExpiry(bytes.extracting(range.range)) {
            if !expiry.isValid {
                verdict.apply(self.expiry, .expiryInvalid, .expiry)
            } else if expiry.isPast(on: today) {
                verdict.apply(self.expiry, .expired, .expiry)
            }
        }
        if block.hasChip == true { verdict.apply(chipCard, .chipCard, .chipCard) }
        return verdict
    }
}
