import Foundation
import Synchronization

/// A gateway with its operator, and a till with its journal. Made anew now and then, so that
/// neither grows long.
final class Shop {
    let folder: String
    private(set) var journal: String
    /// Approved payments that nothing has been done to yet.
    var spare: [Payment: [String]] = [:]
    /// What earlier journals of this shop said in the end.
    private(set) var earlier: [Line] = []
    private let programs: Programs
    private let gateway = Process()
    private let leash = Pipe()
    private var desk = OperatorDesk()
    private var hasFaults = false
    private var configuration = ""

    /// How long the till waits for what on a gateway that answers at once, in milliseconds.
    private static let waits = [
        "lateCommit": 250, "betweenReads": 60, "pause": 10, "pauseMaximum": 100, "card": 20_000,
    ]

    /// Files in memory outlive a killed process as those on a disk do, and a sync costs nothing.
    private static let memory =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

    private static let count = Atomic(0)

    /// Another number each time.
    private static func number() -> Int { count.add(1, ordering: .relaxed).newValue }

    init() throws {
        let name = "swipeline-crash-\(ProcessInfo.processInfo.processIdentifier)-\(Self.number())"
        folder = "\(Self.memory)/\(name)"
        journal = "\(folder)/journal"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        programs = Programs(scratch: folder)
        try open()
    }

    private func open() throws {
        let output = Pipe()
        gateway.executableURL = URL(fileURLWithPath: "\(Programs.folder)/swipeline-emulator")
        gateway.arguments = [
            "--port", "0", "--operator", "0", "--until-eof", "--directory", "\(folder)/gateway",
        ]
        gateway.standardInput = leash
        gateway.standardOutput = output
        gateway.standardError = FileHandle.nullDevice
        try gateway.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1),
            byte != Data("\n".utf8),
            !byte.isEmpty
        {
            line.append(byte)
        }
        guard let ready = JSON.object(String(decoding: line, as: UTF8.self)),
            let address = ready["operator"] as? String, let place = ready["directory"] as? String
        else { throw Mishap("the emulator did not start") }
        desk.address = address
        configuration = "\(place)/swipeline.json"
        guard let data = FileManager.default.contents(atPath: configuration),
            var settings = JSON.object(String(decoding: data, as: UTF8.self))
        else { throw Mishap("the emulator left no configuration") }
        settings["waits"] = Self.waits
        try JSONSerialization.data(withJSONObject: settings)
            .write(to: URL(fileURLWithPath: configuration))
    }

    /// Ends the gateway and takes everything away.
    func close() {
        try? leash.fileHandleForWriting.close()
        gateway.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: The till

    /// Runs the till's program undisturbed.
    func till(_ arguments: [String]) throws -> Programs.Result {
        try programs.run("\(Programs.folder)/swipeline", arguments + place)
    }

    /// Runs it under `kill-at`.
    /// - Returns: what it left, and what `kill-at` says of it.
    func till(
        _ arguments: [String], disturbed: [String]
    ) throws -> (result: Programs.Result, report: Report) {
        let file = "\(folder)/report"
        try? FileManager.default.removeItem(atPath: file)
        let result = try programs.run(
            "\(Programs.folder)/kill-at",
            disturbed + [file, "\(Programs.folder)/swipeline"] + arguments + place)
        guard let data = FileManager.default.contents(atPath: file),
            let report = Report(String(decoding: data, as: UTF8.self))
        else { throw Mishap("kill-at told nothing: \(result.complaint)") }
        guard case .ended(let course) = report else { return (result, report) }
        return (result.ended(with: Int32(course.status)), report)
    }

    private var place: [String] { ["--config", configuration, "--journal", journal] }

    // MARK: The gateway's operator

    func ledger() throws -> Ledger { Ledger(try desk.ask("GET", "ledger")) }

    func plant(_ faults: String) throws {
        _ = try desk.ask("POST", "faults", faults)
        hasFaults = true
    }

    func endFaults() throws {
        if hasFaults { _ = try desk.ask("DELETE", "faults") }
        hasFaults = false
    }

    // MARK: The journal

    /// A journal that is not there yet.
    func beginJournal() throws {
        earlier += try journalLines()
        journal = "\(folder)/journal-\(Self.number())"
        spare = [:]
    }
}
