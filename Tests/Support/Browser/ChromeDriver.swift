internal import Foundation

/// Debian's chromedriver as a child, on a free port.
internal final class ChromeDriver: Sendable {
    /// Where it listens.
    let address: String
    private let process: Process

    /// Starts it and waits until it says on which port.
    init() throws(BrowserFault) {
        // It takes a port that is free for IPv4, and ends when another program has it for IPv6.
        for _ in 0..<10 {
            let output = Pipe()
            let process = try Self.start(output)
            if let port = Self.port(in: output.fileHandleForReading) {
                // What else it says is read, so that it never waits for us.
                output.fileHandleForReading.readabilityHandler = { handle in
                    if handle.availableData.isEmpty { handle.readabilityHandler = nil }
                }
                self.process = process
                address = "http://127.0.0.1:\(port)"
                return
            }
            kill(process.processIdentifier, SIGKILL)
        }
        throw .noDriver("it said no port")
    }

    private static func start(_ output: Pipe) throws(BrowserFault) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/chromedriver")
        process.arguments = ["--port=0"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { throw .noDriver("\(error)") }
        return process
    }

    /// "ChromeDriver was started successfully on port 35417."
    private static func port(in handle: FileHandle) -> Int? {
        var text = ""
        while true {
            let more = handle.availableData
            guard !more.isEmpty else { return nil }
            text += String(decoding: more, as: UTF8.self)
            if let range = text.firstRange(of: "successfully on port ") {
                let rest = text[range.upperBound...]
                if let dot = rest.firstIndex(of: ".") { return Int(rest[..<dot]) }
            }
        }
    }

    /// Ends it and waits for its end; it takes no heed of gentler signals.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
