internal import Recordings
internal import Secrets

/// Texts for the tests of this folder.
internal enum RecordingTexts {
    /// A device with input reports of 1024 bytes, usage page FF00.
    static let device = RecordedDevice(
        descriptor: [
            0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x75, 0x08, 0x96, 0x00, 0x04, 0x09, 0x31,
            0x81, 0x02, 0xC0,
        ],
        name: "reader", path: "usb-1/input0", ids: RecordedDevice.IDs(vendor: 0x0ACD, product: 1))

    /// The device's lines.
    static let head = """
        R: 17 06 00 ff 09 01 a1 01 75 08 96 00 04 09 31 81 02 c0
        N: reader
        P: usb-1/input0
        I: 3 0acd 0001

        """

    static func bytes(_ text: String) -> WipedBytes {
        var bytes = WipedBytes()
        bytes.append(text)
        return bytes
    }

    static func text(of bytes: borrowing WipedBytes) -> String {
        bytes.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}

/// What became of a text.
internal enum ReadText: Equatable {
    case events(Int)
    case fault(RecordingFault)

    init(_ text: String) {
        do throws(RecordingFault) {
            self = .events(try HIDRecording(RecordingTexts.bytes(text)).check())
        } catch {
            self = .fault(error)
        }
    }
}
