internal import Glibc
internal import Secrets
internal import Values

/// Reads a file into bytes that are wiped, without a copy elsewhere.
internal enum RecordingFile {
    private static let stepBytes = 65_536

    /// The corresponding C functions are `open`, `fstat` and `read`.
    static func read(_ path: String) throws(RecordingFault) -> WipedBytes {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .unreadable(errno: errno) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw .unreadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        var bytes = WipedBytes(capacity: stepBytes)
        while true {
            let got = bytes.fill(room: stepBytes) { Self.read(file, into: &$0) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .unreadable(errno: errno) }
            guard got > 0 else { return bytes }
            guard bytes.count <= Limits.recordingBytesMaximum else { throw .tooLarge }
        }
    }

    private static func read(_ file: Int32, into output: inout OutputSpan<UInt8>) -> Int {
        unsafe output.withUnsafeMutableBufferPointer { room, count in
            let got = unsafe Glibc.read(file, room.baseAddress, room.count)
            count = max(0, got)
            return got
        }
    }
}
