internal import Foundation

/// Runs programs under strace.
struct Tracing {
    let workshop: Workshop
    /// Where the traced program runs and may leave files.
    let place: String
    private let log: String

    init(_ workshop: Workshop) throws {
        self.workshop = workshop
        place = try workshop.place()
        log = workshop.path("trace-\(UUID().uuidString)")
    }

    /// Starts a program of this build.
    func start(
        _ name: String, _ arguments: [[UInt8]], environment: [[UInt8]] = [],
        hasTerminal: Bool = false
    ) throws -> Child {
        let own = [
            "-f", "-yy", "-v", "-xx", "-s", "10000000", "-o", log, "-e",
            "trace=\(TraceLog.calls)", workshop.program(name),
        ]
        let variables = ["HOME=\(place)", "TMPDIR=\(place)", "PATH=/usr/bin:/bin"]
        return try Child(
            Child.Plan(
                program: "/usr/bin/strace", arguments: own.map { Array($0.utf8) } + arguments,
                environment: variables.map { Array($0.utf8) } + environment, folder: place,
                hasTerminal: hasTerminal))
    }

    /// Starts a program, and waits for its end.
    func run(_ name: String, _ arguments: [String]) throws {
        try start(name, arguments.map { Array($0.utf8) }).wait()
    }

    /// What the program has written, and the log, which goes.
    func finish() throws -> TraceLog {
        defer { try? FileManager.default.removeItem(atPath: log) }
        return try TraceLog(contentsOf: log)
    }
}

extension Findings {
    /// Searches the files below a folder; a core is one of its own kind.
    mutating func addFiles(below folder: String, _ search: CanarySearch) {
        let walk = FileManager.default.enumerator(atPath: folder)
        while let name = walk?.nextObject() as? String {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                continue
            }
            let isCore = URL(fileURLWithPath: name).lastPathComponent.hasPrefix("core")
            add(
                search.tally(data), bytes: data.count, in: isCore ? .core : .file)
        }
    }
}
