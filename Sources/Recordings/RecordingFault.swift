internal import Glibc
public import Readers

/// Why a recording cannot be used. It names lines by number and never quotes one: a line can
/// hold a card.
public enum RecordingFault: Error, Equatable, Sendable {
    /// The file cannot be opened or read; `errno` says why.
    case unreadable(errno: Int32)
    /// It is no ordinary file.
    case notAFile
    /// The file is over `Limits.recordingBytesMaximum`.
    case tooLarge
    /// No line describes a device.
    case noDevice
    /// The device's `R:` or `I:` line is not there.
    case deviceIncomplete(index: Int)
    /// The recording has no device of this index.
    case deviceMissing(index: Int)
    /// The device's report descriptor cannot be read.
    case descriptor(HIDDescriptorFault)
    /// It is a capture of USB packets that cannot be used.
    case capture(CaptureFault)
    /// A line breaks the format; its number, from 1.
    case line(Int, LineFault)
}

/// What is wrong with a line of a recording.
public enum LineFault: String, Error, Equatable, Sendable, CaseIterable {
    /// It begins with none of `#`, `D:`, `R:`, `N:`, `P:`, `I:`, `E:`.
    case unknownKind
    /// Something other than a number stands where one is due, or the number is too large.
    case numberExpected
    /// The length is 0 or over the limit.
    case lengthOutOfRange
    /// The time is not seconds, a point and six digits.
    case timeExpected
    /// The time is before that of the report before it.
    case timeRunsBack
    /// Something other than two hexadecimal digits stands where a byte is due.
    case hexExpected
    /// The line ends before as many bytes as its length says.
    case cutShort
    /// More follows than the line's length says.
    case bytesLeftOver
    /// More devices than a recording may have.
    case tooManyDevices
    /// A name or path of over 255 bytes.
    case textTooLong
    /// The same device has such a line already.
    case repeated
}

extension RecordingFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .unreadable(ENOENT): "there is no such recording; check its path"
        case .unreadable(EACCES): "this user may not read the recording; check its rights"
        case .unreadable(let code): "the recording cannot be read (errno \(code)); check its path"
        case .notAFile: "the recording is no ordinary file; give the path of a file"
        case .tooLarge: "the recording is over 16 MiB; cut it into shorter ones"
        case .noDevice: "the recording describes no device; record it with hid-recorder"
        case .deviceIncomplete(let index):
            "device \(index) of the recording lacks its R: or I: line; record it again"
        case .deviceMissing(let index):
            "the recording has no device \(index); its D: lines name those it has"
        case .descriptor:
            "the report descriptor in the recording cannot be read; record it again"
        case .capture(let fault): "the capture: \(fault)"
        case .line(let number, let fault): "line \(number) of the recording: \(fault)"
        }
    }
}

extension LineFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .unknownKind: "it must begin with #, D:, R:, N:, P:, I: or E:"
        case .numberExpected: "a number is missing or too large"
        case .lengthOutOfRange: "the length must be 1 to 1024 (a descriptor's, 1 to 4096)"
        case .timeExpected: "the time must be seconds, a point and six digits"
        case .timeRunsBack: "the time is before that of the report before it"
        case .hexExpected: "each byte must be two hexadecimal digits after a blank"
        case .cutShort: "it ends before its last byte; record the swipe again"
        case .bytesLeftOver: "more follows than its length says"
        case .tooManyDevices: "a recording has at most 64 devices"
        case .textTooLong: "the text is over 255 bytes"
        case .repeated: "the device has such a line already; separate devices by D: lines"
        }
    }
}
