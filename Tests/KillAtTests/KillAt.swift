import Foundation

/// `kill-at` over a process that opens a latch, raises its word to 7 without a system call, and
/// ends; in a folder of its own.
final class KillAt {
    private let folder = "\(NSTemporaryDirectory())kill-at-\(UUID().uuidString)"
    private static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    #if arch(x86_64)
    static let knowsThisMachine = true
    #else
    static let knowsThisMachine = false
    #endif

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What a run left.
    struct End: Equatable {
        /// What `kill-at` says, word by word.
        let report: [String]
        /// The folder's files with their sizes, and the latch word where there is one.
        let state: String

        var wasKilled: Bool { report.first == "killed" }

        /// A count of a run that was not killed.
        func count(_ name: String) -> Int? {
            report.compactMap { word in
                word.hasPrefix("\(name)=") ? Int(word.dropFirst(name.count + 1)) : nil
            }.first
        }
    }

    func run(_ options: String...) throws -> End {
        try? FileManager.default.removeItem(atPath: folder)
        let watched = "\(folder)/latch"
        try FileManager.default.createDirectory(
            atPath: watched, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = Self.programs.appending(path: "kill-at")
        process.arguments =
            options + [
                "--folder", watched, "\(folder)/report",
                Self.programs.appending(path: "journal-child").path, "mark", watched, "boot", "7",
            ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let report = try String(contentsOfFile: "\(folder)/report", encoding: .utf8)
        return End(
            report: report.split { $0 == " " || $0 == "\n" }.map(String.init),
            state: try Self.state(of: watched))
    }

    private static func state(of folder: String) throws -> String {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            let word = bytes.count > 64 ? " word \(bytes[bytes.startIndex + 64])" : ""
            return "\(name) \(bytes.count)\(word)"
        }.joined(separator: ", ")
    }
}
