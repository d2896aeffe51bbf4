internal import Glibc
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Seeded
internal import Timeline

/// Random steps of a reader's life, and the proof after each sequence that it reads again.
internal struct FaultSequence {
    enum Step: CaseIterable {
        case report
        case emptyPacket
        case stall
        case babble
        case protocolError
        case givenUp
        case halfThenStall
        case suspendAndResume
        case twiceAnnounced
        case replug
        case replugInMidReport
        case replugUnconfigured
        case replugHeldByAnother
    }

    private(set) var steps: [Step] = []
    private let desk: Desk
    private var generator: SeededNumbers
    private var device: PretendedReader
    private var reader: USBReader?
    /// What the last byte of a report tells of which it is.
    private var serial: UInt8 = 0
    private var sent: Set<[UInt8]> = []

    private static let reportBytes = 100

    init(_ desk: Desk, seed: UInt64) {
        self.desk = desk
        generator = SeededNumbers(seed: seed)
        device = PretendedReader(Self.form(port: 5))
    }

    private static func form(port: UInt8) -> ReaderForm {
        var form = ReaderForm(port: port, packetBytes: 32, reportBytes: reportBytes)
        form.hasKernelDriver = true
        return form
    }

    mutating func warmUp() throws {
        reader = try desk.reader()
        _ = try run()
    }

    /// The steps of the last sequence and what was told lately.
    var log: String {
        let events = desk.log.all.suffix(20).map { "\($0)".replacing("ReaderUSB.", with: "") }
        return (steps.map { "\($0)" } + events).joined(separator: "\n")
    }

    func finish() { desk.unplug(device) }

    /// Runs some steps.
    /// - Returns: true when a swipe came through after them and no report was a mixture of two.
    mutating func run() throws -> Bool {
        steps = []
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            guard let step = Step.allCases.randomElement(using: &generator) else { continue }
            steps.append(step)
            take(step)
            guard try drain() else { return false }
        }
        return try swipeGoesThrough()
    }

    /// Swipes, and swipes again when the swipe was broken by what went before: that is told by a
    /// short report, never by silence.
    private mutating func swipeGoesThrough() throws -> Bool {
        guard let reader else { return false }
        let last = report()
        device.send(report: last)
        while let read = try desk.read(reader) {
            if read == last {
                sent = [last]
                return true
            }
            guard isSound(read) else { return false }
            if read.count < Self.reportBytes { device.send(report: last) }
        }
        return false
    }

    /// Reads what is there.
    /// - Returns: false when a report is a mixture.
    private func drain() throws -> Bool {
        guard let reader else { return true }
        var report = try desk.arena.take(capacity: 1024)
        while case .report = reader.read(into: &report, until: desk.time.now()) {
            guard isSound(report.withBytes { bytes in bytes.indices.map { bytes[$0] } }) else {
                return false
            }
            report.wipe()
        }
        return true
    }

    private func isSound(_ report: [UInt8]) -> Bool {
        report.count < Self.reportBytes || sent.contains(report)
    }

    private mutating func report() -> [UInt8] {
        serial &+= 1
        let report = Desk.report(Self.reportBytes, seed: serial)
        sent.insert(report)
        return report
    }

    private mutating func take(_ step: Step) {
        switch step {
        case .report: device.send(report: report())
        case .emptyPacket: device.send(packet: [])
        case .stall: device.fail(EPIPE)
        case .babble: device.send(packet: Desk.report(33))
        case .protocolError: device.fail(EPROTO)
        case .givenUp: device.fail(ENOENT)
        case .halfThenStall:
            device.send(packet: Desk.report(32, seed: 0xEE))
            device.fail(EPIPE)
        case .suspendAndResume:
            device.suspend(with: Bool.random(using: &generator) ? ESHUTDOWN : EPROTO)
            device.resume()
        case .twiceAnnounced: device.announce()
        case .replug: replug { _ in }
        case .replugInMidReport:
            device.send(packet: Desk.report(32, seed: 0xEE))
            replug { _ in }
        case .replugUnconfigured:
            replug { $0.isUnconfigured = true }
            device.configure()
        case .replugHeldByAnother:
            replug { _ in }
            device.refuseClaims(2, error: EBUSY)
        }
    }

    private mutating func replug(_ change: (inout ReaderForm) -> Void) {
        desk.unplug(device)
        var form = Self.form(port: UInt8.random(in: 1...9, using: &generator))
        change(&form)
        device = PretendedReader(form)
    }
}
