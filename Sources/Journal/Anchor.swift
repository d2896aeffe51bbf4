/// What the second file knows: how many changes there are, and the mac of the last.
internal struct Anchor: Equatable, Sendable {
    var lane: Int
    var journal: UInt32
    /// The number of the last change that was anchored.
    var number: UInt64
    /// Its mac, or the chain's origin when there is no change yet.
    var mac: ChainMAC

    /// How many bytes it has, written by one call into one sector.
    static let count = 96
    private static let mark = Array("SWJANCH1".utf8)

    /// The file's bytes, sealed with the chain's key.
    func sealed(with key: ChainKey) -> [UInt8] {
        let body =
            Self.mark + Self.bytes(UInt64(lane)) + Self.bytes(UInt64(journal))
            + Self.bytes(number) + mac.bytes
        let seal = key.link(after: mac, number: number, body: body.span)
        return body + seal.bytes
    }

    /// Reads the file's bytes; `nil` when they are not as they were sealed.
    static func read(_ bytes: [UInt8], with key: ChainKey) -> Anchor? {
        guard bytes.count == count, bytes.prefix(8).elementsEqual(mark),
            let mac = ChainMAC(Array(bytes[32..<64]).span), let lane = Int(exactly: word(bytes, 8)),
            let journal = UInt32(exactly: word(bytes, 16))
        else { return nil }
        let anchor = Anchor(lane: lane, journal: journal, number: word(bytes, 24), mac: mac)
        return anchor.sealed(with: key) == bytes ? anchor : nil
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func word(_ bytes: [UInt8], _ start: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
    }
}

/// The anchor's file: two records, a sector each, written in turn. A write that a power cut or a
/// failing disk tore leaves the other.
internal struct AnchorRecords {
    /// The newest that is whole.
    let newest: Anchor
    /// In which record it stands, 0 or 1.
    let place: Int
    /// True when the other is not as it was sealed.
    let isTorn: Bool

    static let sector = 512
    static let count = 2 * sector

    /// The file's bytes at the beginning: the same in both.
    static func bytes(_ anchor: Anchor, key: ChainKey) -> [UInt8] {
        let record = anchor.sealed(with: key)
        let sector = record + [UInt8](repeating: 0, count: sector - record.count)
        return sector + sector
    }

    /// Reads the file's bytes, `nil` when neither record is whole.
    init?(_ bytes: [UInt8], key: ChainKey) {
        guard bytes.count == Self.count else { return nil }
        let records =
            [0, 1].map { place in
                let sector = bytes[(place * Self.sector)..<((place + 1) * Self.sector)]
                guard sector.dropFirst(Anchor.count).allSatisfy({ $0 == 0 }) else { return nil }
                return Anchor.read(Array(sector.prefix(Anchor.count)), with: key)
            } as [Anchor?]
        guard let newest = records.compactMap({ $0 }).max(by: { $0.number < $1.number }) else {
            return nil
        }
        self.newest = newest
        place = records.firstIndex(of: newest) ?? 0
        isTorn = records.contains(nil)
    }
}
