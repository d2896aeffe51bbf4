internal import Foundation

/// A program of this build or of the system, run in the guest as a person would run it.
internal final class Program: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let changed = NSCondition()
    private var text = ""
    private var openStreams = 2
    private let name: String

    /// Starts the executable as a person.
    init(_ path: String, _ arguments: [String], as person: Person = .root) throws {
        name = ([URL(fileURLWithPath: path).lastPathComponent] + arguments).joined(separator: " ")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = person.command + [path] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/tmp")
        process.standardInput = input
        for output in [\Process.standardOutput, \Process.standardError] {
            let pipe = Pipe()
            process[keyPath: output] = pipe
            Thread.detachNewThread { [self] in collect(pipe.fileHandleForReading) }
        }
        try process.run()
    }

    deinit { kill() }

    /// Standard output and standard error so far.
    var output: String { changed.withLock { text } }

    /// Waits until what it has said is as wanted.
    func wait(_ what: String, _ isSaid: (String) -> Bool) throws {
        try changed.withLock {
            let limit = Date(timeIntervalSinceNow: Patience.seconds)
            while !isSaid(text) {
                guard openStreams > 0, changed.wait(until: limit) else {
                    throw GuestFault("\(name): waited in vain for \(what): \(shown)")
                }
            }
        }
    }

    /// Waits for its end.
    /// - Returns: its exit status.
    func end() throws -> Int32 {
        try changed.withLock {
            let limit = Date(timeIntervalSinceNow: Patience.seconds)
            while openStreams > 0 {
                guard changed.wait(until: limit) else {
                    throw GuestFault("\(name) does not end: \(shown)")
                }
            }
        }
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Asks it to end as Ctrl-C does, and waits.
    func interrupt() throws -> Int32 {
        process.interrupt()
        return try end()
    }

    /// Closes its standard input.
    func closeInput() { try? input.fileHandleForWriting.close() }

    func kill() {
        closeInput()
        if process.isRunning { process.terminate() }
    }

    private var shown: String { text.split(separator: "\n").suffix(8).joined(separator: " | ") }

    private func collect(_ handle: FileHandle) {
        while case let data = handle.availableData, !data.isEmpty {
            changed.withLock {
                text += String(decoding: data, as: UTF8.self)
                changed.broadcast()
            }
        }
        changed.withLock {
            openStreams -= 1
            changed.broadcast()
        }
    }
}

/// Who runs a program in the guest.
internal enum Person {
    /// The system's administrator.
    case root
    /// An ordinary user, in the group of the udev rule.
    case clerk
    /// An ordinary user who is not.
    case stranger

    /// What comes before a command so that this person runs it.
    var command: [String] {
        switch self {
        case .root: []
        case .clerk: ["setpriv", "--reuid=clerk", "--regid=clerk", "--init-groups", "--"]
        case .stranger: ["setpriv", "--reuid=stranger", "--regid=stranger", "--init-groups", "--"]
        }
    }

    /// Makes the two ordinary users.
    static func settleIn() throws {
        for name in ["clerk", "stranger"] {
            try Program.succeed("/usr/sbin/useradd", ["--user-group", "--create-home", name])
        }
    }
}

extension Program {
    /// How a program ended, and all that it said.
    struct Ending {
        let status: Int32
        let output: String

        /// Fails unless it ended so and said all of this.
        func require(_ status: Int32, _ texts: String...) throws {
            let missing = texts.filter { !output.contains($0) }
            try usb_guest.require(
                self.status == status && missing.isEmpty,
                "status \(self.status), wanted \(status); not said: \(missing); said: \(output)")
        }
    }

    /// Runs a program to its end, whatever that is.
    static func run(
        _ path: String, _ arguments: [String], as person: Person = .root
    ) throws -> Ending {
        let program = try Program(path, arguments, as: person)
        program.closeInput()
        return Ending(status: try program.end(), output: program.output)
    }

    /// Runs a program to its end, which must be a good one.
    /// - Returns: what it said.
    @discardableResult
    static func succeed(
        _ path: String, _ arguments: [String], as person: Person = .root
    ) throws -> String {
        let ending = try run(path, arguments, as: person)
        try ending.require(0)
        return ending.output
    }
}
