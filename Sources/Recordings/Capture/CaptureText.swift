internal import Readers
internal import Secrets
internal import Values

/// Turns a capture into the text of a recording: the readers in it, and their packets put
/// together to reports.
internal enum CaptureText {
    static func isCapture(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= CaptureWalk.magic.count
            && CaptureWalk.magic.indices.allSatisfy { bytes[$0] == CaptureWalk.magic[$0] }
    }

    static func convert(
        _ capture: borrowing WipedBytes
    ) throws(RecordingFault) -> WipedBytes {
        var text = HIDRecordingText()
        do throws(CaptureFault) {
            try capture.withBytes { (bytes: Span<UInt8>) throws(CaptureFault) in
                try write(bytes, to: &text)
            }
        } catch {
            throw .capture(error)
        }
        return text.finish()
    }

    private static func write(
        _ bytes: Span<UInt8>, to text: inout HIDRecordingText
    ) throws(CaptureFault) {
        let readers = try CapturedDevices(bytes).readers
        guard !readers.isEmpty else { throw .noReader }
        for (index, reader) in readers.enumerated() {
            guard let reports = try? reader.device.device().reports else { continue }
            text.device(index)
            text.description(of: reader.device)
            var gatherer = PacketGatherer(reportBytes: reports.inputReportBytes)
            try gatherer.write(bytes, of: reader.key, to: &text)
        }
    }
}

/// Puts the packets of one device together. A transfer that came back shorter than its buffer
/// ends a report, and so does the last byte that the descriptor promises.
private struct PacketGatherer: ~Copyable {
    private let reportBytes: Int
    private var bytes = WipedBytes(capacity: Limits.reportBytesMaximum)
    private var buffers: [UInt64: Int] = [:]
    /// When the first packet came, and the latest that was written.
    private var start: UInt64?
    private var latest: UInt64 = 0

    init(reportBytes: Int) { self.reportBytes = reportBytes }

    mutating func write(
        _ capture: Span<UInt8>, of device: UInt32, to text: inout HIDRecordingText
    ) throws(CaptureFault) {
        var walk = CaptureWalk()
        while let range = try walk.next(capture) {
            guard let packet = try USBPacket(capture, range), packet.device == device,
                packet.kind == .interruptIn
            else { continue }
            try take(packet, capture, &text)
        }
        end(&text)
    }

    private mutating func take(
        _ packet: USBPacket, _ capture: Span<UInt8>, _ text: inout HIDRecordingText
    ) throws(CaptureFault) {
        if packet.isSubmission {
            guard buffers.count < CapturedDevices.transfersMaximum else {
                throw .tooManyTransfers
            }
            buffers[packet.transfer] = packet.bufferBytes
            return
        }
        let buffer = buffers.removeValue(forKey: packet.transfer)
        guard packet.status == 0, packet.data.count > 0 else { return }
        let begin = start ?? packet.microseconds
        start = begin
        latest = max(latest, packet.microseconds - min(begin, packet.microseconds))
        for index in packet.data.range where bytes.count < reportBytes {
            bytes.append(capture[index])
        }
        if packet.data.count < buffer ?? .max || bytes.count >= reportBytes { end(&text) }
    }

    private mutating func end(_ text: inout HIDRecordingText) {
        guard bytes.count > 0 else { return }
        bytes.withBytes { text.report($0, atMicroseconds: latest) }
        bytes = WipedBytes(capacity: Limits.reportBytesMaximum)
    }
}
