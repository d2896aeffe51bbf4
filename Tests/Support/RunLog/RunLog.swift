internal import Foundation
internal import Synchronization

/// What a long run has tried so far and what came of it, a line each in a file, so that the run
/// goes on where it was ended.
public final class RunLog: Sendable {
    /// Why a log cannot be gone on with.
    public enum Fault: Error, CustomStringConvertible {
        /// It cannot be read or written.
        case unusable(String)
        /// It is of other programs than those that run now.
        case otherPrograms(String)

        /// What is wrong, and what helps.
        public var description: String {
            switch self {
            case .unusable(let path): "\(path) cannot be read and written; name another log"
            case .otherPrograms(let path):
                "\(path) is of another build; run with that build's programs, or name another log"
            }
        }
    }

    private struct State {
        var known: [String: String] = [:]
        var file: FileHandle?
    }

    private let state: Mutex<State>

    /// A log in a file, or with `nil` one that is kept nowhere.
    /// - Parameters:
    ///   - path: the file, which is made if it is not there.
    ///   - programs: what names the build that is tried; a log of another one is refused.
    /// - Throws: ``Fault``
    public init(_ path: String?, programs: @autoclosure () throws -> String = "") throws {
        guard let path else {
            state = Mutex(State())
            return
        }
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw Fault.unusable(path) }
        let data = try file.readToEnd() ?? Data()
        let (known, length) = Self.entries(data)
        let name = try programs()
        if let former = known[Self.programsKey], former != name {
            throw Fault.otherPrograms(path)
        }
        // A line that the end of the run cut off is tried again.
        try file.truncate(atOffset: UInt64(length))
        try file.seekToEnd()
        state = Mutex(State(known: known, file: file))
        if known[Self.programsKey] == nil { note(Self.programsKey, name) }
    }

    private static let programsKey = "programs"

    private static func entries(_ data: Data) -> (known: [String: String], length: Int) {
        let length = data.lastIndex(of: 10).map { $0 + 1 } ?? 0
        let lines = String(decoding: data.prefix(length), as: UTF8.self).split(separator: "\n")
        let pairs = lines.compactMap { line -> (String, String)? in
            guard let tab = line.firstIndex(of: "\t") else { return nil }
            return (String(line[..<tab]), String(line[line.index(after: tab)...]))
        }
        return (Dictionary(pairs) { _, last in last }, length)
    }

    /// What came of a thing that was tried before; `nil` when it was not.
    public func outcome(of name: String) -> String? { state.withLock { $0.known[name] } }

    /// Keeps what came of a thing. Neither text has a tab or ends a line.
    public func note(_ name: String, _ outcome: String) {
        state.withLock { state in
            state.known[name] = outcome
            state.file?.write(Data("\(name)\t\(outcome)\n".utf8))
        }
    }
}
