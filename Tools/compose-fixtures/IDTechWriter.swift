internal import Recordings

/// Writes the one report in which an ID TECH reader sends a swipe.
///
/// Source: ID TECH VersaKey and SecureMag manuals (HID report of 509 bytes: status, lengths,
/// encode type, total length, 500 bytes of output; usage page FF00). The manuals do not say in
/// which order the two bytes of the total stand: low first, as in all of ID TECH's frames.
internal enum IDTechWriter {
    static let reportBytes = 509

    /// MiniMag II, which sends clear tracks.
    static let clearDevice = device("synthetic MiniMag II", product: 0x0500)
    /// UniMag II, which encrypts them.
    static let encryptingDevice = device("synthetic UniMag II", product: 0x2010)

    private static func device(_ name: String, product: UInt16) -> RecordedDevice {
        RecordedDevice(
            descriptor: [
                0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75,
                0x08, 0x09, 0x20, 0x09, 0x21, 0x09, 0x22, 0x09, 0x28, 0x09, 0x29, 0x09, 0x2A,
                0x09, 0x38, 0x95, 0x07, 0x81, 0x02, 0x09, 0x30, 0x95, 0x02, 0x82, 0x02, 0x01,
                0x09, 0x31, 0x96, 0xF4, 0x01, 0x82, 0x02, 0x01, 0x09, 0x20, 0x95, 0x08, 0xB2,
                0x02, 0x01, 0xC0,
            ],
            name: name, ids: RecordedDevice.IDs(vendor: 0x0ACD, product: product))
    }

    /// How a track was read.
    enum Track {
        /// Nothing on the card.
        case absent
        /// The reader could not decode it.
        case failed
        /// The text between the sentinels.
        case read(String)
    }

    /// A report with clear tracks, each followed by a carriage return.
    static func clear(track1: Track, track2: Track) -> [UInt8] {
        let tracks = [text(track1, sentinel: "%"), text(track2, sentinel: ";")]
        let output = tracks.joined().utf8
        let statuses = [track1, track2].map { track -> UInt8 in
            if case .failed = track { 1 } else { 0 }
        }
        // The length of a track counts its sentinels, not the carriage return.
        let lengths = tracks.map { UInt8(max(0, $0.utf8.count - 1)) }
        return report(statuses, lengths, Array(output))
    }

    /// A report that carries an encrypted frame, behind the header of a clear report or alone.
    static func encrypted(_ frame: EncryptedFrame, behindHeader: Bool) -> [UInt8] {
        guard behindHeader else { return padded(frame.bytes) }
        return report([0, 0], frame.trackLengths, frame.bytes)
    }

    private static func text(_ track: Track, sentinel: String) -> String {
        if case .read(let text) = track { "\(sentinel)\(text)?\r" } else { "" }
    }

    private static func report(
        _ statuses: [UInt8], _ lengths: [UInt8], _ output: [UInt8]
    ) -> [UInt8] {
        let total = [UInt8(output.count & 0xFF), UInt8(output.count >> 8)]
        return padded(statuses + [0] + lengths + [0] + [0] + total + output)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count <= reportBytes, "one report holds the swipe")
        return bytes + [UInt8](repeating: 0, count: reportBytes - bytes.count)
    }
}
