internal import Foundation
internal import ReaderUSB

/// Who may open a reader. The driver runs as a person of the guest, in a process of its own.
internal enum RightsChecks {
    static let all = [
        Check("without rights the driver says so, and opens the reader once it has them", rights)
    ]

    private static func rights(_ bench: Bench) throws {
        try bench.plugged(bench.model("clear-visa")) { reader in
            _ = try HIDNode(of: reader)
            let program = try Program(bench.path("usb-guest"), ["hold"], as: .stranger)
            try program.wait("the missing rights") { $0.contains("waiting for rights") }
            let node = try reader.node()
            try Program.succeed("/bin/chown", ["stranger", node])
            try program.wait("the reader to be ready") { $0.contains("ready") }
            try require(reader.driver() == "usbfs", "\(reader.driver() ?? "nobody") has it")
            program.closeInput()
            try require(program.end() == 0, "it did not end well: \(program.output)")
            try reader.waitForKernelDriver()
        }
    }
}

extension EmulatedReader {
    /// Its node for user space.
    func node() throws -> String {
        guard let number = Int(Sysfs.read("\(folder)/devnum")) else {
            throw GuestFault("\(busName) has no device number")
        }
        return String(format: "/dev/bus/usb/001/%03d", number)
    }
}

/// The driver in a process of its own: tells its steps on standard output, until standard input
/// is closed.
internal enum Holder {
    static func run() throws {
        let readers = try USBReaders { event in
            switch event {
            case .waiting(_, .noRights): tell("waiting for rights")
            case .waiting(_, let fault): tell("waiting: \(fault)")
            case .refused(_, let refusal): tell("refused: \(refusal)")
            case .ready: tell("ready")
            default: break
            }
        }
        Thread.detachNewThread {
            do { _ = try readers.reader() } catch { tell("gave up: \(error)") }
        }
        while readLine() != nil {}
        readers.stop()
    }

    /// Written around the standard library's files: `fflush` would wait for the thread that reads.
    private static func tell(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
