internal import FuzzSupport
internal import Secrets
internal import Tracks

/// The input as a magnetic bit stream; the first byte says how many of the last bits are left out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRawBits(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bits = max(0, (count - 1) * 8 - Int(data[0] & 15))
    Oracle.withSecret(data + 1, count - 1, capacity: 4096) { stream in
        guard var text = try? Oracle.arena.take(capacity: 4096) else {
            Oracle.fail("the arena is full")
        }
        do {
            let track = try stream.withBytes { (bytes: Span<UInt8>) throws(RawTrackFault) in
                try RawTrack(bytes, bitCount: min(bits, bytes.count * 8), into: &text)
            }
            if text.count > RawTrack.charactersMaximum { Oracle.fail("a track that is too long") }
            if let error = track.firstParityError, error > track.characterCount {
                Oracle.fail("a parity error behind the track")
            }
            Oracle.check(CardTracks.read(&text), text.count)
        } catch { Oracle.tells("\(error)") }
    }
    return 0
}
