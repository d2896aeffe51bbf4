internal import Dispatch
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

/// A source under test, and how its reports are made to come.
internal struct ContractSubject {
    let source: any ReportSource
    /// The longest report, and what the source was made to give: both of its full length.
    let reports: [[UInt8]]
    /// The clock that the source stamps with.
    let time: ManualTime
    let stop: @Sendable () -> Void
}

/// What every ``ReportSource`` promises, an attached reader like a recording.
internal enum ReportSourceContract {
    static let reports = (UInt8(1)...3).map { Desk.report(100, seed: $0) }

    /// Every promise, each on a fresh source.
    static let promises: [(name: String, holds: @Sendable (ContractSubject) throws -> Void)] = [
        ("gives whole reports in order", givesWholeReportsInOrder),
        ("times out and loses nothing", timesOutAndLosesNothing),
        ("has room for no more than it says", staysWithinItsDescriptor),
        ("ends when stopped", endsWhenStopped),
        ("is woken by a stop", isWokenByAStop),
    ]

    private static func read(
        _ subject: ContractSubject, until deadline: Moment? = nil
    ) throws -> (ReportReading, [UInt8]) {
        let arena = try SecretArena(blocks: 1)
        var report = try arena.take(capacity: 1024)
        let reading = subject.source.read(into: &report, until: deadline)
        return (reading, report.withBytes { bytes in bytes.indices.map { bytes[$0] } })
    }

    @Sendable private static func givesWholeReportsInOrder(_ subject: ContractSubject) throws {
        var latest = Moment(nanoseconds: 0)
        for expected in subject.reports {
            let (reading, report) = try read(subject)
            #expect(report == expected)
            guard case .report(let moment) = reading else {
                Issue.record("no report but \(reading)")
                return
            }
            #expect(moment >= latest)
            latest = moment
        }
    }

    @Sendable private static func timesOutAndLosesNothing(_ subject: ContractSubject) throws {
        for expected in subject.reports { #expect(try read(subject).1 == expected) }
        let past = subject.time.now()
        let (reading, report) = try read(subject, until: past)
        #expect(reading == .timedOut || reading == .ended)
        #expect(report == [])
    }

    @Sendable private static func staysWithinItsDescriptor(_ subject: ContractSubject) throws {
        for _ in subject.reports {
            let longest = subject.source.device.reports.inputReportBytes
            #expect((1...longest).contains(try read(subject).1.count))
        }
    }

    @Sendable private static func endsWhenStopped(_ subject: ContractSubject) throws {
        #expect(try read(subject).1 == subject.reports[0])
        subject.stop()
        for _ in 1...2 {
            let (reading, report) = try read(subject)
            #expect(reading == .ended)
            #expect(report == [])
        }
    }

    @Sendable private static func isWokenByAStop(_ subject: ContractSubject) throws {
        for expected in subject.reports { #expect(try read(subject).1 == expected) }
        let stop = subject.stop
        DispatchQueue.global().async { stop() }
        #expect(try read(subject).0 == .ended)
    }
}
