import Foundation

/// A text file of the project, by its path from the project's folder.
struct ProjectFile: Sendable {
    let path: String
    let text: String

    /// The lines, numbered from 1 by whoever names one.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var isSwift: Bool { path.hasSuffix(".swift") }
}

/// The project's own text files: no build products, no git, nothing binary.
enum Project {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let files: [ProjectFile] = read(below: folder).sorted { $0.path < $1.path }

    static func files(below prefix: String) -> [ProjectFile] {
        files.filter { $0.path.hasPrefix(prefix) }
    }

    /// The names of the module folders.
    static var moduleFolders: [String] {
        Set(files(below: "Sources/").compactMap { $0.path.split(separator: "/").dropFirst().first })
            .map(String.init).sorted()
    }

    private static let skipped: Set<String> = [".git", ".build", ".swiftpm", ".demo"]

    private static func read(below folder: URL) -> [ProjectFile] {
        guard
            let walk = FileManager.default.enumerator(
                at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        var found: [ProjectFile] = []
        while let url = walk.nextObject() as? URL {
            // A build's scratch folder keeps its state in a file of this name.
            let state = url.appending(path: "workspace-state.json").path
            if skipped.contains(url.lastPathComponent)
                || FileManager.default.fileExists(atPath: state)
            {
                walk.skipDescendants()
                continue
            }
            guard (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true,
                let data = try? Data(contentsOf: url), !data.contains(0),
                let text = String(data: data, encoding: .utf8)
            else { continue }
            let path = url.standardizedFileURL.path.dropFirst(
                folder.standardizedFileURL.path.count)
            found.append(ProjectFile(path: String(path.drop { $0 == "/" }), text: text))
        }
        return found
    }
}
