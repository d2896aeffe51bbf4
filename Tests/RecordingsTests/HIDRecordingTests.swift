internal import Foundation
internal import Readers
internal import Recordings
internal import Secrets
internal import Testing
internal import Values

@Suite struct HIDRecordingTests {
    static let head = RecordingTexts.head
    static let ids = "I: 3 0acd 0001\n"
    static let descriptor = "R: 17 06 00 ff 09 01 a1 01 75 08 96 00 04 09 31 81 02 c0\n"

    static let good: [(String, Int)] = [
        (head, 0),
        (head + "E: 000000.000000 2 01 ff\n", 1),
        (head + "E: 000000.000000 2 01 FF", 1),
        ("# comment\n\n" + head + "\n# 1\nE: 000000.000000 1 00\n   \nE: 000001.000000 1 00\n", 2),
        (head.replacingOccurrences(of: "\n", with: "\r\n") + "E: 000000.000000 1 00\r\n", 1),
        (ids + descriptor + "E: 000000.000000 1 00\nE: 000000.000000 1 00\n", 2),
        (
            "D: 0\n" + head + "D: 1\n" + head + "D: 0\nE: 000000.000005 1 00\n"
                + "D: 1\nE: 000000.000003 1 00\n", 2
        ),
    ]

    @Test(arguments: good) func `reads a recording`(text: String, events: Int) {
        #expect(ReadText(text) == .events(events))
    }

    static let bad: [(String, RecordingFault)] = [
        ("", .noDevice),
        ("# nothing\n", .noDevice),
        ("E: 000000.000000 1 00\n", .deviceIncomplete(index: 0)),
        (ids, .deviceIncomplete(index: 0)),
        (descriptor + "N: x\n", .deviceIncomplete(index: 0)),
        ("D: 4\nN: x\n", .deviceIncomplete(index: 4)),
        ("D: x\n", .line(1, .numberExpected)),
        ("D: 1 2\n", .line(1, .bytesLeftOver)),
        (head + "X: 1\n", .line(5, .unknownKind)),
        (head + "E\n", .line(5, .unknownKind)),
        (head + "N: again\n", .line(5, .repeated)),
        (head + ids, .line(5, .repeated)),
        ("N: " + String(repeating: "n", count: 256), .line(1, .textTooLong)),
        ("I: 3 0acd\n", .line(1, .numberExpected)),
        ("I: 3 0acd 10500\n", .line(1, .numberExpected)),
        ("I: 3 0acd 0500 1\n", .line(1, .bytesLeftOver)),
        ("R: 0\n", .line(1, .lengthOutOfRange)),
        ("R: 4097 00\n", .line(1, .lengthOutOfRange)),
        ("R: 2 00\n", .line(1, .cutShort)),
        ("R: 1 00 00\n", .line(1, .bytesLeftOver)),
        (head + "E: 0.0 1 00\n", .line(5, .timeExpected)),
        (head + "E: now 1 00\n", .line(5, .timeExpected)),
        (head + "E: 9999999999.000000 1 00\n", .line(5, .timeExpected)),
        (head + "E: 000002.000000 1 00\nE: 000001.999999 1 00\n", .line(6, .timeRunsBack)),
        (head + "E: 000000.000000\n", .line(5, .numberExpected)),
        (head + "E: 000000.000000 0\n", .line(5, .lengthOutOfRange)),
        (head + "E: 000000.000000 1025 00\n", .line(5, .lengthOutOfRange)),
        (head + "E: 000000.000000 3 00 00\n", .line(5, .cutShort)),
        (head + "E: 000000.000000 2 00 0", .line(5, .cutShort)),
        (head + "E: 000000.000000 1 00 00\n", .line(5, .bytesLeftOver)),
        (head + "E: 000000.000000 1 0g\n", .line(5, .hexExpected)),
        (head + "E: 000000.000000 2 0000\n", .line(5, .hexExpected)),
    ]

    @Test(arguments: bad) func `names the line that breaks the format`(
        text: String, fault: RecordingFault
    ) {
        #expect(ReadText(text) == .fault(fault))
    }

    @Test(arguments: [1, 2, 8, 63, 64, 99, 100, 509, 560, 887, 1023, 1024])
    func `writes what it reads for every length of report`(length: Int) throws {
        let report = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var text = HIDRecordingText()
        text.description(of: RecordingTexts.device)
        text.report(report.span, atMicroseconds: 1_000_002)
        let written = RecordingTexts.text(of: text.finish())
        let hex = report.map { String(format: " %02x", $0) }.joined()
        #expect(written == RecordingTexts.head + "E: 000001.000002 \(length)\(hex)\n")
        #expect(ReadText(written) == .events(1))
    }

    @Test func `describes each device of several`() throws {
        let other = "D: 7\nR: 1 00\nN: \nI: 5 00a1 ffff\n"
        let recording = try HIDRecording(
            RecordingTexts.bytes("D: 0\n" + RecordingTexts.head + other))
        #expect(recording.devices.count == 2)
        #expect(recording.devices.first == RecordingTexts.device)
        #expect(
            recording.devices.last
                == RecordedDevice(
                    index: 7, descriptor: [0], name: "",
                    ids: RecordedDevice.IDs(bus: 5, vendor: 0xA1, product: 0xFFFF)))
        #expect(throws: RecordingFault.descriptor(.noApplication)) {
            try recording.devices.last?.device()
        }
        var text = HIDRecordingText()
        for device in recording.devices {
            text.device(device.index)
            text.description(of: device)
        }
        #expect(RecordingTexts.text(of: text.finish()) == "D: 0\n" + RecordingTexts.head + other)
    }

    @Test func `refuses a recording over the limit`() {
        let rest = Limits.recordingBytesMaximum - Self.head.utf8.count
        let lines = String(repeating: "\n", count: rest)
        #expect(ReadText(Self.head + lines + "\n") == .fault(.tooLarge))
    }

    @Test func `says why a file cannot be read`() {
        #expect(throws: RecordingFault.unreadable(errno: ENOENT)) {
            try HIDRecording(contentsOf: "/nowhere/swipe.hid")
        }
        #expect(throws: RecordingFault.notAFile) {
            try HIDRecording(contentsOf: "/")
        }
    }

    @Test(arguments: LineFault.allCases) func `quotes no line in a fault`(fault: LineFault) {
        let told = RecordingFault.line(3, fault).description
        #expect(told == "line 3 of the recording: \(fault)")
        #expect(fault.description != fault.rawValue)
    }
}
