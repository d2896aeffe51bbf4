internal import OwnThreads
internal import ReaderUSB
internal import Readers
internal import Recordings
internal import Secrets
internal import Testing
internal import Timeline

@Suite(.blocks) struct ReplayContractTests {
    @Test(arguments: ReportSourceContract.promises.indices)
    func `a replay keeps what a source of reports promises`(index: Int) throws {
        var text = HIDRecordingText()
        text.description(
            of: RecordedDevice(
                descriptor: ReaderForm(reportBytes: 100).descriptor, name: "reader",
                ids: RecordedDevice.IDs(vendor: 0x0ACD, product: 0x0500)))
        for (number, report) in ReportSourceContract.reports.enumerated() {
            text.report(report.span, atMicroseconds: UInt64(number))
        }
        let time = ManualTime(now: Moment(nanoseconds: 1_000_000_000_000))
        let source = try ReplaySource(
            HIDRecording(text.finish()), pace: .fullSpeed, time: time)
        try ReportSourceContract.promises[index].holds(
            ContractSubject(
                source: source, reports: ReportSourceContract.reports, time: time,
                stop: { source.stop() }))
    }
}

extension OnThePretendedBus {
    @Suite struct ReaderContractTests {
        @Test(arguments: ReportSourceContract.promises.indices)
        func `an attached reader keeps what a source of reports promises`(index: Int) throws {
            try Desk.with { desk in
                let device = PretendedReader(ReaderForm(packetBytes: 32, reportBytes: 100))
                let reader = try desk.reader()
                for report in ReportSourceContract.reports { device.send(report: report) }
                try ReportSourceContract.promises[index].holds(
                    ContractSubject(
                        source: reader, reports: ReportSourceContract.reports, time: desk.time,
                        stop: { reader.stop() }))
                desk.unplug(device)
            }
        }
    }
}
