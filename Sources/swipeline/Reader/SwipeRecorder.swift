internal import ReaderUSB
internal import Readers
internal import Recordings
internal import Secrets
internal import Timeline
internal import Values

/// Takes the reports of one swipe from the attached reader and keeps them until it is known whose
/// card it is.
internal struct SwipeRecorder: ~Copyable {
    /// A swipe and its reports, as they came.
    struct Recorded: ~Copyable {
        let swipe: Swipe
        let reports: SecretBytes
        let entries: [Entry]

        /// The swipe, out of the record; the reports as they came are wiped.
        consuming func takeSwipe() -> Swipe { swipe }
    }

    struct Entry {
        let count: Int
        let microseconds: UInt64
    }

    private let source: USBReader
    private let arena: SecretArena
    private let time = SystemTime()
    private var gatherer: SwipeGatherer
    private var report: SecretBytes
    private var begin: Moment?

    init(_ source: USBReader) throws(SecretError) {
        // Two blocks for the gatherer, one for a report, eight for the reports of a typed block.
        let arena = try SecretArena(blocks: 12)
        let gatherer = try SwipeGatherer(
            profile: source.profile, reportBytes: source.device.reports.inputReportBytes,
            arena: arena)
        let report = try arena.take(capacity: Limits.reportBytesMaximum)
        self.source = source
        self.arena = arena
        self.gatherer = gatherer
        self.report = report
    }

    /// Waits for a swipe.
    /// - Returns: `nil` when the source was stopped.
    mutating func next() throws -> Recorded? {
        var reports = try arena.take(capacity: 8 * SecretArena.blockBytes)
        var entries: [Entry] = []
        var progress = gatherer.progress
        while progress != .whole {
            report.wipe()
            let silence = time.now().adding(milliseconds: gatherer.patienceMilliseconds)
            switch source.read(into: &report, until: progress == .gathering ? silence : nil) {
            case .report(let moment):
                entries.append(try keep(at: moment, in: &reports))
                progress = report.withBytes { gatherer.take($0, at: moment) }
            case .timedOut: progress = gatherer.fellSilent()
            case .ended, .failed: return nil
            }
        }
        let swipe = Swipe(decoding: try gatherer.release())
        return Recorded(swipe: swipe, reports: reports, entries: entries)
    }

    private mutating func keep(
        at moment: Moment, in reports: inout SecretBytes
    ) throws -> Entry {
        let start = begin ?? moment
        begin = start
        try report.withBytes { (bytes: Span<UInt8>) throws(SecretError) in
            try reports.append(bytes)
        }
        return Entry(count: report.count, microseconds: moment.since(start) / 1000)
    }
}

extension HIDRecordingText {
    /// Writes the reports of a swipe as they came.
    mutating func write(
        _ reports: borrowing SecretBytes, _ entries: [SwipeRecorder.Entry]
    ) {
        var start = 0
        for entry in entries {
            reports.withBytes {
                report(
                    $0.extracting(start..<start + entry.count), atMicroseconds: entry.microseconds)
            }
            start += entry.count
        }
    }

    /// Writes the key reports that type a text, a press and a release a character.
    /// - Returns: false when a character has no key.
    mutating func write(typing text: borrowing SecretBytes, from start: UInt64) -> Bool {
        let gapMicroseconds: UInt64 = 2000
        return text.withBytes { text in
            var time = start
            for index in text.indices {
                guard let key = KeyStroke(typing: text[index]) else { return false }
                report(key.report.span, atMicroseconds: time)
                report(KeyStroke.released.span, atMicroseconds: time + gapMicroseconds)
                time += 2 * gapMicroseconds
            }
            return true
        }
    }
}
