internal import Foundation

/// The till's service: what it hands to the kernel, what is left in its memory after each payment,
/// and what can be got of a card that is on its way.
public struct ServiceCheck {
    /// What was found.
    public struct Result: Sendable {
        /// Payments that came to their end.
        public var payments = 0
        /// In what the service wrote: its answers, events, receipts, metrics and files.
        public var till = Findings()
        /// In what the emulator wrote.
        public var emulator = Findings()
        /// In memory after each payment, in a core that is taken while another card is on its way,
        /// that card's too, and in what a kill leaves.
        public var held = Findings()
        /// Of the card that is on its way, in memory: at least one, or nothing was looked at.
        public var inFlight: UInt64 = 0
    }

    /// One way for a payment to end: the emulator's fault goes by the amount.
    struct Ending: Sendable {
        var cents: Int
        var fault: String?
        var state: String
        /// The card is swiped wrongly first.
        var hasBadRead = false
    }

    /// All of them. Of what is lost the lane learns from the gateway's report.
    static let endings = [
        Ending(cents: 1275, state: "approved"),
        Ending(cents: 1300, state: "approved", hasBadRead: true),
        Ending(cents: 1301, fault: "declineWithCode", state: "declined"),
        Ending(cents: 1302, fault: "refuseWithCode", state: "rejected"),
        Ending(cents: 1303, fault: "dropAfterCommit", state: "approved"),
        Ending(cents: 1304, fault: "dropBeforeCommit", state: "notCharged"),
    ]
    /// The emulator never answers.
    private static let held = Ending(cents: 1305, fault: "stallAfterCommit", state: "sending")

    private let workshop: Workshop

    /// In a folder.
    public init(_ workshop: Workshop) { self.workshop = workshop }

    /// So many payments of each ending, once traced and once searched in memory.
    public func run(
        paymentsPerEnding count: Int, seed: UInt64, environment: [String] = []
    ) throws -> Result {
        var result = Result()
        let tracing = try Tracing(workshop)
        let emulator = try start(tracing)
        let shop = try Shop(place: tracing.place)
        let canaries = Canary.make(count * Self.endings.count + 1, seed: seed)
        let all = CanarySearch(canaries, texts: [shop.token])
        try write(shop, canaries, all, &result)
        try hold(shop, canaries, environment, &result)
        emulator.closeInput()
        emulator.wait()
        // The token stands in the emulator's own folder: it is whose it is.
        let numbers = CanarySearch(canaries)
        result.emulator.addFiles(below: tracing.place, numbers)
        result.emulator.add(try tracing.finish().findings(numbers))
        return result
    }

    /// What the emulator wrote for the till.
    private struct Shop {
        let configuration: String
        let token: String

        /// Beside its configuration, one that waits no longer than a rehearsal needs, and takes
        /// two numbers that end alike for two cards.
        init(place: String) throws {
            let file = URL(fileURLWithPath: "\(place)/swipeline.json")
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
            guard var settings = object as? [String: Any] else {
                throw HygieneError.unexpected("the emulator wrote no configuration")
            }
            settings["waits"] = [
                "lateCommit": 100, "betweenReads": 20, "pause": 5, "pauseMaximum": 50,
                "duplicate": 0,
            ]
            configuration = "\(place)/till.json"
            try JSONSerialization.data(withJSONObject: settings)
                .write(to: URL(fileURLWithPath: configuration))
            token = try String(contentsOfFile: "\(place)/token", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            guard token.count >= 16 else {
                throw HygieneError.unexpected("the emulator wrote no token")
            }
        }
    }

    private func start(_ tracing: Tracing) throws -> Child {
        let faults = (Self.endings + [Self.held]).compactMap { ending in
            ending.fault.map { fault -> [String: Any] in
                [
                    "name": fault, "operation": "sale",
                    "amount": NSDecimalNumber(
                        mantissa: UInt64(ending.cents), exponent: -2, isNegative: false),
                ]
            }
        }
        try JSONSerialization.data(withJSONObject: faults)
            .write(to: URL(fileURLWithPath: "\(tracing.place)/faults.json"))
        let emulator = try tracing.start(
            "swipeline-emulator",
            [
                "--port", "0", "--directory", tracing.place, "--until-eof", "--faults",
                "\(tracing.place)/faults.json",
            ].map { Array($0.utf8) })
        guard emulator.line() != nil else {
            throw HygieneError.unexpected("the emulator did not start")
        }
        return emulator
    }

    // MARK: What is written

    private func write(
        _ shop: Shop, _ canaries: [Canary], _ search: CanarySearch, _ result: inout Result
    ) throws {
        let swipes = try Swipes(canaries, in: workshop)
        let tracing = try Tracing(workshop)
        let service = try TillService(
            workshop, shop.configuration, replaying: swipes.folder, tracing: tracing)
        try service.change()
        let events = try service.listen("/v1/events")
        for (number, ending) in swipes.endings.enumerated() {
            let reference = try pay(ending, number, swipes, at: service)
            for part in Self.parts { try service.ask("GET", "/v1/payments/\(reference)\(part)") }
            result.payments += 1
        }
        for path in Self.pages { try service.ask("GET", path) }
        try service.end()
        events.wait()
        result.till.addFiles(below: tracing.place, search)
        let log = try tracing.finish()
        // Each receipt was told, and the search saw it: the last four digits stand on it.
        for canary in canaries.dropLast() {
            guard log.count(of: canary.text.suffix(4).description, in: .socket) >= Self.parts.count
            else { throw HygieneError.unexpected("what the service answers was not captured") }
        }
        result.till.add(log.findings(search))
    }

    /// What is asked of each payment.
    private static let parts = [
        "", "/receipt", "/receipt?format=json", "/receipt?format=escpos&copy=true&language=es",
    ]
    /// And of the lane.
    private static let pages = [
        "/v1/payments", "/v1/lane", "/v1/readers", "/v1/latency", "/v1/health",
        "/v1/configuration", "/v1/replay", "/metrics",
    ]

    private func pay(
        _ ending: Ending, _ number: Int, _ swipes: Swipes, at service: TillService
    ) throws -> String {
        let reference = try service.pay(ending.cents)
        if let bad = swipes.bad[number] { try service.swipe(bad) }
        try service.swipe(swipes.good[number])
        try service.follow(reference, to: ending.state)
        return reference
    }

    // MARK: What is left

    private func hold(
        _ shop: Shop, _ canaries: [Canary], _ environment: [String], _ result: inout Result
    ) throws {
        let swipes = try Swipes(canaries, in: workshop)
        let service = try TillService(
            workshop, shop.configuration, replaying: swipes.folder, environment: environment)
        let memory = ProcessMemory(process: try service.process)
        let paid = CanarySearch(canaries.dropLast())
        for (number, ending) in swipes.endings.enumerated() {
            _ = try pay(ending, number, swipes, at: service)
            try look(memory, paid, &result)
            result.payments += 1
        }
        // One more, whose answer never comes.
        let underway = CanarySearch(canaries.suffix(1))
        let reference = try service.pay(Self.held.cents)
        try service.swipe(swipes.good[canaries.count - 1])
        try service.follow(reference, to: Self.held.state)
        try look(memory, paid, &result)
        result.inFlight = try memory.search(underway).tally.total
        // All but the locked pages: neither card and no token stand elsewhere.
        let all = CanarySearch(canaries, texts: [shop.token])
        let core = try workshop.core(of: memory.process)
        result.held.add(all.tally(core), bytes: core.count, in: .core)
        let errors = try service.end(by: SIGSEGV)
        result.held.add(all.tally(errors), bytes: errors.count, in: .crash)
        result.held.addFiles(below: service.place, all)
    }

    /// Searches the memory once the reader's thread has ended, and the recording with it.
    private func look(
        _ memory: ProcessMemory, _ search: CanarySearch, _ result: inout Result
    ) throws {
        try memory.wait(forEndOf: "swipeline-read")
        let (tally, bytes) = try memory.search(search)
        result.held.add(tally, bytes: bytes, in: .memory)
    }
}

/// A recording a payment, in all layouts in turn; a bad read has a clear one.
private struct Swipes {
    let folder: String
    let endings: [ServiceCheck.Ending]
    /// A swipe a canary.
    let good: [String]
    /// Of those that are swiped wrongly first.
    var bad: [Int: String] = [:]

    /// So many payments of each ending, and a swipe in a clear layout for the last canary.
    init(_ canaries: [Canary], in workshop: Workshop) throws {
        let recordings = try CanaryRecordings(canaries, in: workshop)
        let count = (canaries.count - 1) / ServiceCheck.endings.count
        folder = try workshop.place()
        endings = ServiceCheck.endings.flatMap {
            [ServiceCheck.Ending](repeating: $0, count: count)
        }
        var files: [String] = []
        for number in canaries.indices {
            let isClear = number == endings.count || endings[number].hasBadRead
            let layouts = isClear ? CanaryRecordings.clear : CanaryRecordings.layouts
            // Each ending begins with another layout.
            let layout = layouts[(number + number / max(1, count)) % layouts.count]
            files.append(
                try Self.copy(recordings.swipe(number, layout), to: folder))
            guard number < endings.count, endings[number].hasBadRead else { continue }
            bad[number] = try Self.copy(recordings.badRead(number, layout), to: folder)
        }
        good = files
    }

    private static func copy(_ file: String, to folder: String) throws -> String {
        let copy = "\(folder)/\(URL(fileURLWithPath: file).lastPathComponent)"
        try FileManager.default.moveItem(atPath: file, toPath: copy)
        return copy
    }
}
