internal import Foundation
internal import Recordings
internal import Secrets

/// A synthetic recording and what it must yield.
internal struct Fixture {
    /// One input report.
    struct Report {
        /// In microseconds after the first.
        let time: UInt64
        let bytes: [UInt8]
    }

    /// The name of both files without their endings.
    let name: String
    let device: RecordedDevice
    let reports: [Report]
    let expectation: FixtureExpectation

    /// The bytes of its `.hid`.
    var recording: Data {
        var text = HIDRecordingText()
        text.description(of: device)
        for report in reports { text.report(report.bytes.span, atMicroseconds: report.time) }
        return text.finish().withBytes { bytes in
            var data = Data(capacity: bytes.count)
            for index in bytes.indices { data.append(bytes[index]) }
            return data
        }
    }

    /// The bytes of its `.json`.
    func expected() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(expectation) + Data("\n".utf8)
    }
}
