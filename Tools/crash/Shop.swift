import Foundation

/// A gateway with its operator, and a till with its journal. Made anew now and then, so that
/// neither grows long.
final class Shop {
    let folder: String
    private(set) var journal: String
    /// Approved payments that nothing has been done to yet.
    var spare: [Payment: [String]] = [:]
    /// What earlier journals of this shop said in the end.
    private var earlier: [Line] = []
    private let programs: Programs
    private let gateway = Process()
    private let leash = Pipe()
    private var operatorURL = ""
    private var hasFaults = false
    private var configuration = ""

    /// How long the till waits for what on a gateway that answers at once, in milliseconds.
    private static let waits = [
        "lateCommit": 250, "betweenReads": 60, "pause": 10, "pauseMaximum": 100, "card": 20_000,
    ]

    /// Files in memory outlive a killed process as those on a disk do, and a sync costs nothing.
    private static let memory =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

    init() throws {
        let name = "swipeline-crash-\(UUID().uuidString)"
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
            let desk = ready["operator"] as? String, let place = ready["directory"] as? String
        else { throw Mishap("the emulator did not start") }
        operatorURL = desk
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

    func ledger() throws -> Ledger { Ledger(try ask("/ledger", [])) }

    func plant(_ faults: String) throws {
        _ = try ask("/faults", ["--data-raw", faults])
        hasFaults = true
    }

    func endFaults() throws {
        if hasFaults { _ = try ask("/faults", ["--request", "DELETE"]) }
        hasFaults = false
    }

    // MARK: The journal

    /// Every attempt of this journal, by the till's own word.
    func journalLines() throws -> [Line] {
        let result = try till(["journal", "list", "--json", "--limit", "100000"])
        return result.lines.compactMap(Line.init)
    }

    /// Those of earlier journals too: the gateway remembers them all.
    func allLines() throws -> [Line] { earlier + (try journalLines()) }

    /// A journal that is not there yet.
    func beginJournal() throws {
        if FileManager.default.fileExists(atPath: journal) { earlier += try journalLines() }
        journal = "\(folder)/journal-\(UUID().uuidString)"
        spare = [:]
    }

    private func ask(_ path: String, _ arguments: [String]) throws -> [String: Any] {
        let result = try programs.run(
            "/usr/bin/env",
            ["curl", "--silent", "--show-error", "--fail", "\(operatorURL)\(path)"] + arguments)
        guard result.status == 0 else { throw Mishap("the operator: \(result.complaint)") }
        return JSON.object(result.output) ?? [:]
    }
}

/// The line that `kill-at` writes.
enum Report: CustomStringConvertible {
    case killed(stop: Int, side: String, call: String)
    case ended(Course)

    /// A run that came to its end.
    struct Course {
        let status: Int
        /// Stops at system calls, entering and leaving.
        let stops: Int
        /// Calls that a fault could have met.
        let calls: Int
        /// The stop at which the journal was first touched.
        let first: Int
    }

    init?(_ line: String) {
        let words = line.split { $0 == " " || $0 == "\n" }.map(String.init)
        let numbers = words.compactMap { Int($0) }
        if words.first == "killed", words.count == 4, let stop = numbers.first {
            self = .killed(stop: stop, side: words[2], call: words[3])
        } else if words.first == "ended", numbers.count == 4 {
            self = .ended(
                Course(
                    status: numbers[0], stops: numbers[1], calls: numbers[2], first: numbers[3]))
        } else {
            return nil
        }
    }

    var description: String {
        switch self {
        case .killed(let stop, let side, let call): "stop \(stop), \(side) of \(call)"
        case .ended(let course): "ended with \(course.status) after \(course.stops) stops"
        }
    }
}
