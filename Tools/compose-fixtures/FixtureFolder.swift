internal import Foundation

/// The folder with the fixtures.
internal struct FixtureFolder {
    private let folder: URL

    init(path: String) { folder = URL(fileURLWithPath: path, isDirectory: true) }

    /// Composes every fixture and writes both files of each.
    func write() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, data) in try Self.files() {
            do {
                try data.write(to: folder.appendingPathComponent(name))
            } catch {
                throw ComposeFault.notWritten(name)
            }
        }
    }

    /// The names of the files that are missing or differ from what is composed now.
    func staleFiles() throws -> [String] {
        try Self.files().compactMap { name, data in
            let found = try? Data(contentsOf: folder.appendingPathComponent(name))
            return found == data ? nil : name
        }
    }

    private static func files() throws -> [(name: String, data: Data)] {
        let fixtures = try FixtureCatalogue.all()
        let recordings = try fixtures.flatMap { fixture in
            [
                ("\(fixture.name).hid", fixture.recording),
                ("\(fixture.name).json", try fixture.expected()),
            ]
        }
        let captured = fixtures.filter { FixtureCatalogue.captured.contains($0.name) }
        return recordings
            + captured.map { ("\($0.name).pcapng", CaptureWriter($0).data) }
    }
}
