internal import Foundation
internal import Synchronization

/// Standard output and standard error, written so that neither a full disk nor a reader that has
/// gone away ends the program in the middle of a payment.
internal struct OutputStream {
    static let standardOutput = OutputStream(descriptor: STDOUT_FILENO)
    static let standardError = OutputStream(descriptor: STDERR_FILENO)

    /// What stands in for closed streams, as long as the program runs.
    private static let standIns = Mutex<[FileHandle]>([])

    private let descriptor: Int32

    /// Writes all of a text.
    /// - Returns: false when the stream cannot be written.
    func write(_ text: String) -> Bool {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            return true
        } catch { return false }
    }

    /// Writes what was asked for as a line.
    /// - Throws: ``Failure`` when nobody reads it any more.
    static func say(_ line: String) throws {
        guard standardOutput.write(line + "\n") else {
            throw Failure("standard output cannot be written", .internalFault)
        }
    }

    /// Writes what was asked for as a line of JSON.
    /// - Throws: ``Failure`` when nobody reads it any more.
    static func say(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try say(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Opens `/dev/null` in the place of standard streams that are closed, so that no socket of a
    /// payment gets their numbers, and leaves a broken pipe to whoever writes.
    static func secure() {
        signal(SIGPIPE, SIG_IGN)
        while let null = FileHandle(forUpdatingAtPath: "/dev/null"), null.fileDescriptor <= 2 {
            standIns.withLock { $0.append(null) }
        }
    }
}
