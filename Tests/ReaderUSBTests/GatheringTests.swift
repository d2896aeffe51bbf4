internal import CUSBTestbed
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

extension OnThePretendedBus {
    @Suite struct GatheringTests {
        static let sizes = [8, 32, 64].flatMap { packet in
            [509, 337, 887, 512].map { (packet, $0) }
        }

        @Test(arguments: sizes) func `packets become whole reports`(
            packetBytes: Int, reportBytes: Int
        ) throws {
            try Desk.with { desk in
                let device = PretendedReader(
                    ReaderForm(packetBytes: packetBytes, reportBytes: reportBytes))
                let reader = try desk.reader()
                #expect(reader.device.reports.inputReportBytes == reportBytes)
                for seed in UInt8(1)...3 {
                    let report = Desk.report(reportBytes, seed: seed)
                    device.send(report: report)
                    #expect(try desk.read(reader) == report)
                }
                desk.unplug(device)
            }
        }
    }
}
