extension RawTrack {
    /// The best reading so far, and what kept the others from being one.
    internal struct Search {
        private var best: RawTrack?
        private var fault = RawTrackFault.noStartSentinel

        /// Reads the bits as they stand, in the alphabet given or in both.
        mutating func tryOut(_ bits: borrowing RawBits, _ alphabet: RawAlphabet?) {
            if alphabet != .fourBit { tryOut(bits, in: .sixBit) }
            if alphabet != .sixBit { tryOut(bits, in: .fourBit) }
        }

        private mutating func tryOut(_ bits: borrowing RawBits, in alphabet: RawAlphabet) {
            do throws(RawTrackFault) {
                let found = try RawTrack(reading: bits, in: alphabet)
                if let best, best.errors <= found.errors { return }
                best = found
            } catch {
                if error.rank > fault.rank { fault = error }
            }
        }

        /// The best reading.
        func result() throws(RawTrackFault) -> RawTrack {
            guard let best else { throw fault }
            guard best.parityErrorCount * 4 <= best.characterCount else { throw .noise }
            return best
        }
    }

    private var errors: Int { parityErrorCount + (isLRCRight ? 0 : 1) }

    /// Reads from the first bit that is 1.
    private init(
        reading bits: borrowing RawBits, in alphabet: RawAlphabet
    ) throws(RawTrackFault) {
        self.alphabet = alphabet
        isReversed = bits.isReversed
        isInverted = bits.isInverted
        leadingZeroBits = bits.leadingZeros
        var position = leadingZeroBits
        guard let start = bits.character(at: position, alphabet),
            start.data == alphabet.startSentinel, start.isParityRight
        else { throw .noStartSentinel }
        var sum: UInt8 = 0
        while true {
            guard characterCount < Self.charactersMaximum - 1,
                let character = bits.character(at: position, alphabet)
            else { throw .noEndSentinel }
            position += alphabet.bitsPerCharacter
            sum ^= character.data
            count(character)
            if character.data == alphabet.endSentinel { break }
        }
        guard let check = bits.character(at: position, alphabet) else { throw .noLRC }
        lrc = check.data + alphabet.firstCharacter
        isLRCRight = check.data == sum && check.isParityRight
    }

    private mutating func count(_ character: RawCharacter) {
        if !character.isParityRight {
            parityErrorCount += 1
            firstParityError = firstParityError ?? characterCount
        }
        characterCount += 1
    }
}

extension RawTrackFault {
    /// How near to a track the bits came.
    fileprivate var rank: Int {
        switch self {
        case .noLRC: 2
        case .noEndSentinel: 1
        default: 0
        }
    }
}
