internal import CUSBTestbed
internal import Foundation
internal import Readers
internal import Recordings
internal import Secrets
internal import Testing
internal import Timeline

extension OnThePretendedBus {
    /// The programs with an attached reader.
    @Suite struct CommandTests {
        private static let testNumber = "4012881888818888"

        private static func path() -> String {
            FileManager.default.temporaryDirectory.appending(path: "\(UUID()).hid").path
        }

        @Test func `devices tells what is attached and takes nothing`() throws {
            try PretendedBus.with {
                let keyboard = PretendedReader(.keyboard)
                let strange = PretendedReader(ReaderForm(port: 6, product: 0x3820))
                let end = try Command(["devices"]).wait()
                #expect(end.status == 0)
                #expect(end.output.contains("1-5     0acd:2030  ID TECH SecureMag as a keyboard"))
                #expect(end.output.contains("usable; the kernel's driver has it"))
                #expect(end.output.contains("known and not supported"))
                #expect(keyboard.hasKernelDriver)
                #expect(keyboard.value(SWT_CLAIMS) == 0)
                [keyboard, strange].forEach { $0.forget() }
            }
        }

        @Test func `devices says who holds a reader`() throws {
            try PretendedBus.with {
                let device = PretendedReader()
                device.refuseClaims(1, error: EBUSY)
                let end = try Command(["devices", "--json"]).wait()
                #expect(end.status == 5)
                #expect(end.output.contains("another program holds the reader"))
                device.forget()
            }
        }

        @Test func `doctor names the mode and the rules`() throws {
            try PretendedBus.with {
                let device = PretendedReader(.keyboard)
                let end = try Command(["doctor"]).wait()
                #expect(end.output.contains("well  reader 0acd:2030 at 1-5"))
                #expect(end.output.contains("keyboard mode"))
                #expect(end.output.contains("udev rules"))
                device.forget()
            }
        }

        @Test func `listen shows a masked swipe and gives the reader back`() throws {
            try PretendedBus.with {
                let device = PretendedReader(.keyboard)
                let command = try Command(["listen", "--count", "1"])
                #expect(device.waits(for: SWT_PENDING, 8))
                let (track1, track2) = SwipeReports.tracks(of: Self.testNumber)
                device.send(packets: SwipeReports.keys(typing: track1 + track2 + "\r"))
                let end = try command.wait()
                #expect(end.status == 0, "\(end.complaint)")
                #expect(end.output.contains("Visa ************8888"))
                #expect(!end.output.contains("401288") && !end.complaint.contains("401288"))
                #expect(device.hasKernelDriver)
                device.forget()
            }
        }

        @Test func `an interrupted listen gives the reader back`() throws {
            try PretendedBus.with {
                let device = PretendedReader(.keyboard)
                let command = try Command(["listen"])
                #expect(device.waits(for: SWT_PENDING, 8))
                command.interrupt()
                #expect(try command.wait().status == 0)
                #expect(device.hasKernelDriver)
                device.forget()
            }
        }

        @Test func `record writes a test card as it came`() throws {
            try PretendedBus.with {
                let device = PretendedReader()
                let path = Self.path()
                let report = SwipeReports.idTech(Self.testNumber)
                let end = try Self.record(report, device, [path])
                #expect(end.status == 0, "\(end.complaint)")
                #expect(try Self.reports(in: path) == [report])
                device.forget()
            }
        }

        @Test func `record refuses a card that is no test card`() throws {
            try PretendedBus.with {
                let device = PretendedReader()
                let path = Self.path()
                let end = try Self.record(
                    SwipeReports.idTech(SwipeReports.strangeNumber), device, [path])
                #expect(end.status == 6)
                #expect(end.complaint.contains("no published test card"))
                #expect(!FileManager.default.fileExists(atPath: path))
                device.forget()
            }
        }

        /// Expiry and service code as they were, and nothing of what stood behind them.
        private static let anonymised = "3012101" + String(repeating: "0", count: 10)

        @Test func `record puts a test card in the place of a card, of the same shape`() throws {
            try PretendedBus.with {
                let device = PretendedReader()
                let path = Self.path()
                let report = SwipeReports.idTech(SwipeReports.strangeNumber)
                let end = try Self.record(report, device, [path, "--anonymise"])
                #expect(end.status == 0, "\(end.complaint)")
                let text = String(
                    decoding: try #require(try Self.reports(in: path).first), as: UTF8.self)
                #expect(text.utf8.count == report.count)
                #expect(text.contains("%B4012881888818888^TEST/CARD       ^3012101"))
                #expect(text.contains(";4012881888818888=\(Self.anonymised)?"))
                let isLeft = text.contains(SwipeReports.strangeNumber) || text.contains("PERSON")
                #expect(!isLeft)
                device.forget()
            }
        }

        @Test func `record types a keyboard's test card anew`() throws {
            try PretendedBus.with {
                let device = PretendedReader(.keyboard)
                let path = Self.path()
                let command = try Command(["record", path, "--anonymise"])
                #expect(device.waits(for: SWT_PENDING, 8))
                let (track1, track2) = SwipeReports.tracks(of: SwipeReports.strangeNumber)
                device.send(packets: SwipeReports.keys(typing: track1 + track2 + "\r"))
                #expect(try command.wait().status == 0)
                let expected = SwipeReports.keys(
                    typing: "%B4012881888818888^TEST/CARD       ^\(Self.anonymised)?"
                        + ";4012881888818888=\(Self.anonymised)?\r")
                #expect(try Self.reports(in: path) == expected)
                device.forget()
            }
        }

        private static func record(
            _ report: [UInt8], _ device: PretendedReader, _ arguments: [String]
        ) throws -> Command.End {
            let command = try Command(["record"] + arguments)
            #expect(device.waits(for: SWT_PENDING, 8))
            device.send(report: report)
            return try command.wait()
        }

        /// The reports of a recording, which is deleted.
        private static func reports(in path: String) throws -> [[UInt8]] {
            defer { try? FileManager.default.removeItem(atPath: path) }
            let source = try ReplaySource(HIDRecording(contentsOf: path), pace: .fullSpeed)
            let arena = try SecretArena(blocks: 1)
            var report = try arena.take(capacity: 1024)
            var reports: [[UInt8]] = []
            while case .report = source.read(into: &report, until: nil) {
                reports.append(report.withBytes { bytes in bytes.indices.map { bytes[$0] } })
                report.wipe()
            }
            return reports
        }
    }
}
