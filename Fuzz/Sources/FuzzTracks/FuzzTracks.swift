internal import FuzzSupport
internal import Secrets
internal import Tracks
internal import Values

/// Reads the input as a reader's text. What reads well is written anew between sentinels and read
/// again: the same fields must come out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTracks(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    Oracle.withSecret(data, count, capacity: 4096) { bytes in
        let tracks = CardTracks.read(&bytes)
        Oracle.check(tracks, bytes.count)
        _ = bytes.withBytes {
            CardPolicy().judge(tracks, $0, today: CivilDate(year: 2026, month: 11, day: 21))
        }
        guard tracks.isUsable else { return }
        guard var again = try? Oracle.arena.take(capacity: 4096) else {
            Oracle.fail("the arena is full")
        }
        write(tracks, of: bytes, into: &again)
        let reread = CardTracks.read(&again)
        if !isSame(tracks.track1.layout, reread.track1.layout) { Oracle.fail("track 1 changed") }
        if !isSame(tracks.track2.layout, reread.track2.layout) { Oracle.fail("track 2 changed") }
    }
    return 0
}

private func write(
    _ tracks: CardTracks, of bytes: borrowing SecretBytes, into again: inout SecretBytes
) {
    for (start, text) in [
        (UInt8(ascii: "%"), tracks.track1.layout?.text),
        (UInt8(ascii: ";"), tracks.track2.layout?.text),
    ] {
        guard let text else { continue }
        try? again.append(start)
        bytes.withBytes(in: text) { try? again.append($0) }
        try? again.append(UInt8(ascii: "?"))
    }
}

private func isSame(_ one: Track1?, _ other: Track1?) -> Bool {
    one?.pan.count == other?.pan.count && one?.name.count == other?.name.count
        && one?.expiry?.count == other?.expiry?.count
        && one?.discretionary.count == other?.discretionary.count
}

private func isSame(_ one: Track2?, _ other: Track2?) -> Bool {
    one?.pan.count == other?.pan.count && one?.expiry?.count == other?.expiry?.count
        && one?.discretionary.count == other?.discretionary.count
}
