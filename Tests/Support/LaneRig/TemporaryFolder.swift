internal import Foundation

/// A folder that goes with this object.
public final class TemporaryFolder {
    /// Its path.
    public let path: String

    /// A new folder.
    /// - Throws: what the file manager throws.
    public init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("rig-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
