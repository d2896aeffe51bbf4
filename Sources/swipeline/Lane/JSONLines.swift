internal import Foundation

/// One JSON object a line on standard output, for programs.
internal enum JSONLines {
    /// - Throws: ``Failure`` when it cannot be written; the line is then told on standard error.
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = String(decoding: try encoder.encode(value), as: UTF8.self)
        guard OutputStream.standardOutput.write(line + "\n") else {
            Terminal.tell(line)
            throw Failure("standard output cannot be written", .internalFault)
        }
    }
}
