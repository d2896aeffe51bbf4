internal import Values

/// The walk over the card data; whatever is left over at its end is a fault.
extension IDTechFrame {
    /// Status and lengths, the same in both formats.
    @_lifetime(cursor: copy cursor)
    mutating func readHeader(_ cursor: inout IDTechFieldCursor) throws(FrameFault) {
        trackStatus = try cursor.byte()
        guard trackStatus & 0x80 == 0 else { throw .statusInvalid }
        trackLengths = PerTrack(
            Int(try cursor.byte()), Int(try cursor.byte()), Int(try cursor.byte()))
        // The other way round is no contradiction: UniMag II always says that track 3 is decoded.
        let isDecoded = PerTrack(bits: trackStatus, from: 0)
        guard isDecoded.track1 || trackLengths.track1 == 0,
            isDecoded.track2 || trackLengths.track2 == 0,
            isDecoded.track3 || trackLengths.track3 == 0
        else { throw .trackStatusContradictsFields }
    }

    /// Enhanced format: what is there, two bytes of flags tell.
    @_lifetime(cursor: copy cursor)
    mutating func readEnhanced(_ cursor: inout IDTechFieldCursor) throws(FrameFault) {
        let shown = try cursor.byte()
        let hidden = try cursor.byte()
        field8 = shown
        field9 = hidden
        usesAES = shown & 0x10 != 0
        let block = usesAES ? 16 : 8
        let hashBytes = try readOptionalBytes(&cursor)
        maskedTracks = try cursor.texts(trackLengths, sent: PerTrack(bits: shown, from: 0))
        encryptedTracks = try cursor.binaries(
            trackLengths.map { Self.padded($0, to: block) }, sent: PerTrack(bits: hidden, from: 0))
        if hidden & 0x40 != 0 { sessionID = try cursor.binary(block) }
        hashes = try cursor.binaries(
            PerTrack(hashBytes, hashBytes, hashBytes), sent: PerTrack(bits: hidden, from: 3))
        if shown & 0x80 != 0 { serialNumber = try cursor.binary(10) }
        // UniMag II sends the KSN whenever something is encrypted, whatever the flag says.
        if hidden & 0x80 != 0 || (hidden & 0x07 != 0 && cursor.left == 10 * form.width) {
            keySerialNumber = try cursor.binary(10)
        }
    }

    /// The optional bytes that status bit 6 announces: how many, then the bytes. Known is bit 0
    /// of the first, SHA-256 for SHA-1; anything else changes the layout in ways that are not
    /// documented, so the frame is refused. Source: ID TECH SREDKey 2 manual, page 31.
    /// - Returns: how many bytes a hash has.
    @_lifetime(cursor: copy cursor)
    private func readOptionalBytes(_ cursor: inout IDTechFieldCursor) throws(FrameFault) -> Int {
        guard trackStatus & 0x40 != 0 else { return 20 }
        let count = try cursor.byte()
        var hashBytes = 20
        for index in 0..<count {
            let flags = try cursor.byte()
            guard flags == 0 || (index == 0 && flags == 1) else { throw .statusInvalid }
            if flags == 1 { hashBytes = 32 }
        }
        return hashBytes
    }

    /// Original format: the tracks as text, then, when they are masked, tracks 1 and 2 encrypted
    /// in one piece, a hash of each, and the KSN.
    @_lifetime(cursor: copy cursor)
    mutating func readOriginal(_ cursor: inout IDTechFieldCursor) throws(FrameFault) {
        guard trackStatus & 0x40 == 0 else { throw .statusInvalid }
        let isSent = trackLengths.map { $0 > 0 }
        maskedTracks = try cursor.texts(trackLengths, sent: isSent)
        guard cursor.left > 0 else { return }
        let together = trackLengths.track1 + trackLengths.track2
        guard together > 0 else { throw .bytesLeftOver }
        let sent = PerTrack(isSent.track1, isSent.track2, false)
        let behind = (sent.track1 ? 20 : 0) + (sent.track2 ? 20 : 0) + 10
        let sealed = cursor.left / form.width - behind
        usesAES = sealed != Self.padded(together, to: 8) && sealed == Self.padded(together, to: 16)
        encryptedTogether = try cursor.binary(Self.padded(together, to: usesAES ? 16 : 8))
        hashes = try cursor.binaries(PerTrack(20, 20, 20), sent: sent)
        keySerialNumber = try cursor.binary(10)
    }

    private static func padded(_ count: Int, to block: Int) -> Int {
        (count + block - 1) / block * block
    }
}
