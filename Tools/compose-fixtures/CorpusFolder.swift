internal import Foundation

/// A folder of bad tracks or of a gateway's answers, a file each, to begin fuzzing with.
internal struct CorpusFolder {
    private let folder: URL

    init(path: String) { folder = URL(fileURLWithPath: path, isDirectory: true) }

    /// Composes every bad track and writes it as `KIND-NUMBER`.
    func writeTracks() throws {
        try write(Self.names().map { ($0.name, $0.track.bytes) })
    }

    /// Composes every answer and writes it as `answer-NUMBER-FRAMING`.
    func writeAnswers() throws {
        try write(AnswerSeed.all().map { ($0.name, $0.bytes) })
    }

    private func write(_ files: [(name: String, bytes: [UInt8])]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in files {
            do {
                try Data(bytes).write(to: folder.appendingPathComponent(name))
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
