public import Secrets
internal import Values

/// Recorded swipes in the text form of hid-recorder: a device's description and its input
/// reports with their times.
///
/// The reports may hold cards. The file's bytes stay in one place, are decoded on demand into
/// the reader's buffer, and are wiped when the recording goes. Source: hid-tools 0.12.
public final class HIDRecording: Sendable {
    /// The devices in the order of their description, at least one.
    public let devices: [RecordedDevice]
    internal let bytes: WipedBytes

    /// Reads the descriptions, or makes them of a capture of usbmon (pcapng), which is known by its
    /// first bytes. The reports are read when they are asked for, so a recording that
    /// breaks off can be replayed up to where it breaks; ``check()`` looks at all of it.
    /// - Throws: ``RecordingFault``
    public init(_ bytes: consuming WipedBytes) throws(RecordingFault) {
        guard bytes.count <= Limits.recordingBytesMaximum else { throw .tooLarge }
        var bytes = bytes
        if bytes.withBytes({ CaptureText.isCapture($0) }) {
            bytes = try CaptureText.convert(bytes)
        }
        devices = try bytes.withBytes { (bytes: Span<UInt8>) throws(RecordingFault) in
            try DeviceDescriptions.read(bytes)
        }
        self.bytes = bytes
    }

    /// Reads the recording in a file.
    /// - Throws: ``RecordingFault``
    public convenience init(contentsOf path: String) throws(RecordingFault) {
        try self.init(RecordingFile.read(path))
    }

    /// Reads every report of every device and forgets it: what breaks is found before a replay.
    /// - Returns: how many reports there are.
    /// - Throws: ``RecordingFault``
    public func check() throws(RecordingFault) -> Int {
        var count = 0
        for device in devices {
            var walk = EventWalk(device: device.index)
            while let event = try walk.next(self) {
                try decode(event) { _ in }
                count += 1
            }
        }
        return count
    }

    /// Gives the bytes of an event one by one.
    internal func decode(
        _ event: RecordedEvent, _ take: (UInt8) -> Void
    ) throws(RecordingFault) {
        do throws(LineFault) {
            try bytes.withBytes { (bytes: Span<UInt8>) throws(LineFault) in
                var reader = LineReader(bytes, event.hex)
                for _ in 0..<event.length { take(try reader.byte()) }
                try reader.finish()
            }
        } catch {
            throw .line(event.line, error)
        }
    }
}

/// One `E:` line: where its bytes stand, none of them.
internal struct RecordedEvent: Sendable {
    let line: Int
    let microseconds: UInt64
    /// How many bytes the report has.
    let length: Int
    /// The text of the bytes.
    let hex: ByteRange
}

/// Walks over the events of one device.
internal struct EventWalk: Sendable {
    private let device: Int
    private var lines = LineWalk()
    private var current = 0
    private var latest: UInt64 = 0

    init(device: Int) { self.device = device }

    /// The next event, `nil` after the last.
    mutating func next(_ recording: HIDRecording) throws(RecordingFault) -> RecordedEvent? {
        var walk = self
        let event = try recording.bytes.withBytes { (bytes: Span<UInt8>) throws(RecordingFault) in
            do throws(LineFault) {
                return try walk.next(bytes)
            } catch {
                throw .line(walk.lines.number, error)
            }
        }
        self = walk
        return event
    }

    private mutating func next(_ bytes: Span<UInt8>) throws(LineFault) -> RecordedEvent? {
        while let line = lines.next(bytes) {
            var reader = LineReader(bytes, line)
            switch try reader.kind() {
            case .device: current = try reader.decimal()
            case .event where current == device:
                let microseconds = try reader.time()
                guard microseconds >= latest else { throw .timeRunsBack }
                latest = microseconds
                let length = try reader.decimal()
                guard (1...Limits.reportBytesMaximum).contains(length) else {
                    throw .lengthOutOfRange
                }
                return RecordedEvent(
                    line: lines.number, microseconds: microseconds, length: length,
                    hex: ByteRange(reader.position, upTo: line.end))
            default: break
            }
        }
        return nil
    }
}
