internal import GatewayLink
internal import Readers
internal import Secrets
internal import Timeline
internal import Values

/// What is done without the wire, in batches, so that the clock does not count: lines of a name
/// and nanoseconds for one item.
internal struct StageRun {
    private static let batch = 16
    private let entry: String
    private let till: Till

    init(entry: String, port: String, folder: String) throws {
        self.entry = entry
        till = try Till(port: port, folder: folder, blocks: 40)
    }

    func run(count: Int) throws {
        let swipe = try RecordedSwipe(entry)
        var gatherer = try swipe.gatherer(till.arena)
        var counter = try Counter(till)
        var lines: [String] = []
        for number in 1...(2 * count) {
            let decode = try each(swipe, &gatherer) { try counter.decode($0) }
            let whole = try each(swipe, &gatherer) {
                try counter.write($0)
                counter.forget()
            }
            if number <= count { continue }
            lines += ["decode \(decode)", "decode+build+wipe \(whole)"]
        }
        lines += try answers(&counter, count: count)
        lines.forEach { print($0) }
    }

    /// Nanoseconds for one of a batch of swipes that were gathered before.
    private func each(
        _ swipe: RecordedSwipe, _ gatherer: inout SwipeGatherer,
        _ take: (consuming GatheredSwipe) throws -> Void
    ) throws -> UInt64 {
        var swipes = InlineArray<16, GatheredSwipe?> { _ in nil }
        for index in 0..<Self.batch { swipes[index] = try swipe.gather(&gatherer) }
        let start = till.time.now()
        for index in 0..<Self.batch {
            if let gathered = swipes[index].take() { try take(gathered) }
        }
        return till.time.now().since(start) / UInt64(Self.batch)
    }

    /// The answer to a GET, head and body, read from memory.
    private func answers(_ counter: inout Counter, count: Int) throws -> [String] {
        let swipe = try RecordedSwipe(entry)
        var gatherer = try swipe.gatherer(till.arena)
        try counter.write(try swipe.gather(&gatherer))
        var link = try till.link()
        var inquiry = try till.arena.take(capacity: 1024)
        try link.open()
        let id = try counter.post(over: &link, as: .money)
        try counter.get(id, over: &link, &inquiry)
        var lines: [String] = []
        for number in 1...(2 * count) {
            let start = till.time.now()
            for _ in 0..<Self.batch { try counter.readAgain(id) }
            let time = till.time.now().since(start) / UInt64(Self.batch)
            if number > count { lines.append("answer \(time)") }
        }
        return lines
    }
}
