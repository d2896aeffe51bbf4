internal import Foundation

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
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch {
            throw Failure("the emulator cannot be started: \(error)", .internalFault)
        }
        guard let line = Self.firstLine(of: output.fileHandleForReading),
            let ready = try? JSONDecoder().decode(Ready.self, from: line)
        else {
            process.waitUntilExit()
            throw Failure(
                "the emulator ended before it was ready (status \(process.terminationStatus)); "
                    + "run swipeline-emulator to see why", .internalFault)
        }
        directory = ready.directory
        self.process = process
        self.leash = leash
    }

    /// Ends the child and waits for its end.
    func stop() {
        try? leash.fileHandleForWriting.close()
        process.waitUntilExit()
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
