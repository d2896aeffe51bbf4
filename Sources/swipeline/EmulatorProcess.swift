internal import Foundation
internal import Synchronization

/// The emulator as a child process: started, awaited, and ended with us whatever happens, since it
/// ends when its standard input closes.
internal final class EmulatorProcess {
    /// Where it wrote `swipeline.json`, its certificate authority and its token.
    let directory: String
    private let process: Process
    private let leash: Pipe

    /// What the child prints when it is ready.
    private struct Ready: Decodable {
        let directory: String
    }

    /// Starts the emulator on a free port and waits until it is ready.
    /// - Throws: ``Failure``
    init(arguments: [String] = []) throws {
        let leash = Pipe()
        let output = Pipe()
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = ["--port", "0", "--until-eof"] + arguments
        process.standardInput = leash
        process.standardOutput = output
        let errors = LastLine()
        process.standardError = errors.pipe
        do { try process.run() } catch {
            throw Failure("the emulator cannot be started: \(error)", .internalFault)
        }
        guard let line = Self.firstLine(of: output.fileHandleForReading),
            let ready = try? JSONDecoder().decode(Ready.self, from: line)
        else {
            process.waitUntilExit()
            throw Failure("the emulator did not start: \(errors.text)", .usage)
        }
        directory = ready.directory
        self.process = process
        self.leash = leash
    }

    /// Ends the child and waits for its end.
    func stop() {
        try? leash.fileHandleForWriting.close()
        process.waitUntilExit()
        // A child that was killed could not tidy up its folder.
        if process.terminationReason == .uncaughtSignal {
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    /// `SWIPELINE_EMULATOR`, or `swipeline-emulator` beside this executable.
    static func executable() throws -> URL {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = own.deletingLastPathComponent().appendingPathComponent("swipeline-emulator")
        let named = ProcessInfo.processInfo.environment["SWIPELINE_EMULATOR"]
        let url = named.map { URL(fileURLWithPath: $0) } ?? beside
        guard FileManager.default.isExecutableFile(atPath: url.path) else {
            throw Failure(
                "there is no emulator at \(url.path): build it with "
                    + "`swift build --product swipeline-emulator`, or name it in "
                    + "SWIPELINE_EMULATOR", .usage)
        }
        return url
    }

    private static func firstLine(of handle: FileHandle) -> Data? {
        var line = Data()
        while let byte = try? handle.read(upToCount: 1), byte.count == 1 {
            if byte[byte.startIndex] == 0x0A { return line }
            line.append(byte)
        }
        return nil
    }
}

/// The last line that a child has written to its standard error.
private final class LastLine: Sendable {
    let pipe = Pipe()
    private let lines = Mutex<Data>(Data())

    init() {
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.lines.withLock { lines in
                lines.append(data)
                lines = Data(lines.suffix(4096))
            }
        }
    }

    var text: String {
        // What the child wrote before its end may still be in the pipe.
        let rest = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
        let all = lines.withLock { String(decoding: $0 + rest, as: UTF8.self) }
        return all.split(separator: "\n").last.map(String.init) ?? "it said nothing"
    }
}
