internal import FuzzSupport
internal import Readers
internal import Recordings
internal import Secrets
internal import Timeline
internal import Values

/// The input as a `.hid` file, replayed at full speed to its end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecording(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var bytes = WipedBytes()
    bytes.fill(room: count) { output in
        for index in 0..<count { output.append(data[index]) }
    }
    do {
        let recording = try HIDRecording(bytes)
        let source = try ReplaySource(recording, pace: .fullSpeed, time: ManualTime())
        var report = try Oracle.arena.take(capacity: Limits.reportBytesMaximum)
        while case .report = source.read(into: &report, until: nil) {
            if report.count > Limits.reportBytesMaximum { Oracle.fail("a report over the limit") }
            report.wipe()
        }
    } catch { Oracle.tells("\(error)") }
    return 0
}
