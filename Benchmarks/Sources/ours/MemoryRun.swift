internal import Foundation
internal import GatewayLink
internal import HotPath
internal import Readers
internal import Secrets
internal import Timeline
internal import Values

/// What the process holds after a tenth of the work and after all of it: lines of a name, bytes
/// resident, descriptors and threads.
internal struct MemoryRun {
    private let till: Till

    init(port: String, folder: String) throws {
        till = try Till(port: port, folder: folder)
    }

    func run(replays: Int, payments: Int) throws {
        for entry in ["clear", "encrypted"] {
            try replay(entry, replays / 2)
            try pay(entry, payments / 2)
        }
    }

    /// Decode and build.
    private func replay(_ entry: String, _ count: Int) throws {
        let swipe = try RecordedSwipe(entry)
        var gatherer = try swipe.gatherer(till.arena)
        var counter = try Counter(till)
        try watch("decode and build, \(entry)", count) { _ in
            try counter.write(try swipe.gather(&gatherer))
            counter.forget()
        }
    }

    /// The whole way, a connection for each payment.
    private func pay(_ entry: String, _ count: Int) throws {
        var path = try till.path()
        let swipe = try RecordedSwipe(entry)
        var gatherer = try swipe.gatherer(till.arena)
        try watch("payments, \(entry)", count) { number in
            try path.arm(try till.order(number))
            let report = path.submit(try swipe.gather(&gatherer), inHand: till.time.now())
            path.rest()
            guard case .approved = report.outcome else { throw WrongAnswer() }
        }
    }

    private func watch(_ name: String, _ count: Int, _ work: (Int) throws -> Void) throws {
        guard count > 0 else { return }
        for number in 1...count {
            try work(number)
            if number == max(1, count / 10) || number == count {
                print("\(name)|\(number)|\(try Self.holdings())")
            }
        }
    }

    private static func holdings() throws -> String {
        let status = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        return "\(pages * Int(sysconf(Int32(_SC_PAGESIZE))))|\(files)|\(threads)"
    }
}
