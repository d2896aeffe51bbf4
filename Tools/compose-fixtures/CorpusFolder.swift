internal import Foundation

/// A folder of bad tracks, a file each, to begin fuzzing with.
internal struct CorpusFolder {
    private let folder: URL

    init(path: String) { folder = URL(fileURLWithPath: path, isDirectory: true) }

    /// Composes every text and writes it as `KIND-NUMBER`.
    func write() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, track) in Self.names() {
            do {
                try Data(track.bytes).write(to: folder.appendingPathComponent(name))
            } catch {
                throw ComposeFault.notWritten(name)
            }
        }
    }

    /// Every text with its file's name.
    static func names() -> [(name: String, track: BadTrack)] {
        var counts: [BadTrack.Kind: Int] = [:]
        return BadTrack.all().map { track in
            counts[track.kind, default: 0] += 1
            let number = String(1000 + (counts[track.kind] ?? 0)).dropFirst()
            return ("\(track.kind.rawValue)-\(number)", track)
        }
    }
}
