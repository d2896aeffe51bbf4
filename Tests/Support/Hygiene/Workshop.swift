internal import Foundation

/// A private folder with what the runs need: a certificate, a token, a configuration, recordings
/// of the canaries. It goes with this object.
public final class Workshop {
    let folder: String
    private let programs: String

    /// - Parameter programs: the folder of the built executables.
    /// - Throws: ``HygieneError`` when the folder cannot be made or openssl is missing.
    public init(programs: String) throws {
        self.programs = programs
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("hygiene-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        for name in ["gateway", "stranger"] { try certificate(name) }
        try write("token", Array("hygiene-token".utf8))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// An executable of this build.
    func program(_ name: String) -> String { "\(programs)/\(name)" }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let isWritten = FileManager.default.createFile(
            atPath: path(name), contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw HygieneError.unexpected("\(name) cannot be written") }
    }

    /// A new empty folder in it.
    func place() throws -> String {
        let place = path("place-\(UUID().uuidString)")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        return place
    }

    /// A folder for `--config`, with the certificate that is trusted in it.
    func configuration(port: Int, trusting name: String = "gateway") throws -> String {
        let place = try place()
        let text = """
            {"gateway": "https://localhost:\(port)/api/v2", "ca": "\(path(name)).pem",
             "tokenFile": "\(path("token"))", "organization": 20001, "terminal": 1}
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: place + "/swipeline.json"))
        return place
    }

    /// Runs a program to its end, which must be a good one.
    /// - Returns: what it wrote to standard output.
    @discardableResult func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        do { try process.run() } catch { throw HygieneError.notStarted(program) }
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw HygieneError.unexpected("\(program) ended with \(process.terminationStatus)")
        }
        return String(decoding: said, as: UTF8.self)
    }

    /// The core that gdb writes of a process; its file goes. A service's has hundreds of megabytes,
    /// nearly all of them holes, so it is mapped and not read.
    func core(of process: Int32) throws -> Data {
        let prefix = path("core")
        try run("/usr/bin/gcore", ["-o", prefix, "\(process)"])
        let file = "\(prefix).\(process)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        return try Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped)
    }

    /// A certificate for this machine that signs itself.
    private func certificate(_ name: String) throws {
        try run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=\(name)", "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", path("\(name).key"),
                "-out", path("\(name).pem"),
            ])
    }
}
