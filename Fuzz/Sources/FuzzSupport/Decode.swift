public import Readers
internal import Secrets
internal import Timeline
internal import Values

extension Oracle {
    /// Decodes the input as a whole swipe of a family, and checks the result.
    public static func decode(
        _ data: UnsafePointer<UInt8>, _ count: Int, as family: ReaderFamily
    ) {
        do {
            var bytes = try arena.take(capacity: Limits.swipeBytesMaximum)
            try bytes.append(Span(_unsafeStart: data, count: min(count, bytes.capacity)))
            let gathered = GatheredSwipe(
                profile: profile(family), lastReportAt: Moment(nanoseconds: 0), ending: .whole,
                bytes: bytes)
            check(Swipe(decoding: gathered))
        } catch { fail("the arena is full: a secret was not given back") }
    }

    /// Feeds reports of a size to a gatherer, as a device would, and decodes every swipe.
    public static func gather(
        _ data: UnsafePointer<UInt8>, _ count: Int, reportBytes: Int, as family: ReaderFamily
    ) {
        do {
            var gatherer = try SwipeGatherer(
                profile: profile(family), reportBytes: reportBytes, arena: arena)
            var start = 0
            var milliseconds = 0
            while start < count {
                let length = min(reportBytes, count - start)
                let report = Span(_unsafeStart: data + start, count: length)
                let moment = Moment(nanoseconds: UInt64(milliseconds) * 1_000_000)
                var progress = gatherer.take(report, at: moment)
                // A stream of short reports can bring several frames at once.
                while progress == .whole {
                    check(Swipe(decoding: try gatherer.release()))
                    progress = gatherer.progress
                }
                start += length
                milliseconds += 2
            }
            if gatherer.fellSilent() == .whole {
                check(Swipe(decoding: try gatherer.release()))
            }
        } catch { fail("the arena is full: a secret was not given back") }
    }

    private static func profile(_ family: ReaderFamily) -> ReaderProfile {
        family == .keyboard
            ? ReaderCatalogue.genericKeyboard
            : ReaderCatalogue.rows.first { $0.family == family } ?? ReaderCatalogue.genericKeyboard
    }
}
