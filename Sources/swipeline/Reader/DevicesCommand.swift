internal import ArgumentParser
internal import ReaderUSB
internal import Readers

/// `swipeline devices`: what is attached, in which mode, and what is missing.
internal struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Lists the attached readers, their modes, and what keeps each from being used.",
        discussion: """
            It takes no reader from whoever uses it. Exit codes: 0 a reader can be used, 5 none \
            can.
            """)

    @Flag(help: "One JSON object a line on standard output.")
    var json = false

    func run() throws {
        let findings: [USBFinding]
        do { findings = try USBSurvey.findings() } catch {
            throw Failure(error.description, .unreachable)
        }
        for finding in findings {
            let line = DeviceLine(finding)
            if json {
                try OutputStream.say(json: line)
            } else {
                try line.lines.forEach(OutputStream.say)
            }
        }
        guard !findings.isEmpty else {
            throw Failure(USBFault.noReader.description, .unreachable)
        }
        guard findings.contains(where: { $0.fault == nil }) else { throw Exit.unreachable }
    }
}

/// One device as it is told.
internal struct DeviceLine: Encodable {
    let port: String
    let ids: String
    let serial: String?
    let name: String?
    let mode: String?
    let sureBy: String?
    let kernelDriver: Bool
    let usable: Bool
    let missing: String?

    init(_ finding: USBFinding) {
        port = finding.name.port
        ids = finding.name.ids
        serial = finding.name.serial
        name = finding.profile?.name
        mode = finding.profile?.identity.mode.rawValue
        sureBy = finding.profile?.grade.rawValue
        kernelDriver = finding.hasKernelDriver
        usable = finding.fault == nil
        missing = finding.fault?.description
    }

    var lines: [String] {
        let what = name ?? "a device of a reader's maker"
        let place = "\(Terminal.pad(port, 8))\(ids)  \(what)"
        let details = [mode.map { "\($0) mode" }, serial.map { "serial number \($0)" }]
            .compactMap { $0 }.joined(separator: ", ")
        let driver = kernelDriver ? "; the kernel's driver has it and will be asked for it" : ""
        let state = missing.map { "        not usable: \($0)" } ?? "        usable\(driver)"
        return [details.isEmpty ? place : "\(place), \(details)", state]
    }
}
