internal import Foundation
public import Settings
internal import Synchronization

/// The settings of the service: what `swipeline.json` says and what a supervisor has changed, which
/// is kept in a file of its own: it holds after a restart, and the first file stays as it is.
public final class SettingsDesk: Sendable {
    /// What `swipeline.json`, environment and flags say.
    let configured: ServiceSettings
    private let path: String
    private let state: Mutex<ServiceChange>

    /// Settings with the changes of this file, if it is there.
    /// - Throws: ``ServiceFault/changesRefused(path:)``
    public init(_ configured: ServiceSettings, changes path: String) throws(ServiceFault) {
        self.configured = configured
        self.path = path
        state = Mutex(try Self.read(path, configured))
    }

    private static func read(
        _ path: String, _ configured: ServiceSettings
    ) throws(ServiceFault) -> ServiceChange {
        guard FileManager.default.fileExists(atPath: path) else { return ServiceChange() }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0,
            let data = FileManager.default.contents(atPath: path),
            let change = try? JSONDecoder().decode(ServiceChange.self, from: data),
            configured.changed(by: change).isValid
        else { throw .changesRefused(path: path) }
        return change
    }

    /// What was changed.
    var change: ServiceChange { state.withLock { $0 } }

    /// The settings as they are now.
    public var settings: ServiceSettings { configured.changed(by: change) }

    /// Changes something: on the disk first, so that what was told holds after a power cut too.
    /// - Throws: what the system says; then nothing has changed.
    func make(_ edit: (inout ServiceChange) -> Void) throws {
        try state.withLock { kept in
            var change = kept
            edit(&change)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            try Calls.place([UInt8](try encoder.encode(change)), at: path)
            kept = change
        }
    }
}
