public import Foundation

/// A folder that goes when this object goes.
public final class Scratch {
    /// Where it is.
    public let url: URL

    /// A new, empty one.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Writes a file into it.
    public func write(_ text: String, as name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// A file that only its owner can read.
    public func secret(_ text: String) throws -> String {
        let path = try write(text, as: UUID().uuidString)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    /// Copies a file into it.
    public func copy(_ path: String, as name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try FileManager.default.copyItem(atPath: path, toPath: file.path)
        return file.path
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
