public import Readers
internal import Secrets
public import Tracks
public import Values

extension Oracle {
    /// Checks a decoded swipe: its ranges, and that nothing of it could be printed by mistake.
    public static func check(_ swipe: borrowing Swipe) {
        let count = swipe.bytes.count
        switch swipe.content {
        case .plain(let tracks): check(tracks, count)
        case .encrypted(let block):
            inside(block.frame, count)
            inside(block.expiry, count)
            inside(block.keySerialNumber, count)
            if let expiry = block.expiry, expiry.count != 4 { fail("an expiry of another length") }
            tells("\(block.maskedPAN)")
        case .bad(let bad): tells("\(bad)")
        }
    }

    /// Checks the ranges of tracks, and that what is called a PAN is digits of a card's length.
    public static func check(_ tracks: CardTracks, _ count: Int) {
        if let track = tracks.track1.layout {
            inside(track.text, count)
            inside(track.pan, count)
            inside(track.name, count)
            inside(track.discretionary, count)
        }
        if let track = tracks.track2.layout {
            inside(track.text, count)
            inside(track.pan, count)
            inside(track.discretionary, count)
        }
        inside(tracks.track3.layout?.text, count)
        inside(tracks.expiry, count)
        inside(tracks.serviceCode, count)
        if let pan = tracks.pan, !(12...19).contains(pan.count) { fail("a PAN of another length") }
        tells("\(String(describing: tracks.track1.fault))")
        tells("\(String(describing: tracks.track2.fault))")
    }
}
