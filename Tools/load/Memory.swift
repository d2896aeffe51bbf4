import Foundation
import Synchronization

/// The memory of all daemons over the run, in KiB. Source: proc(5), RssAnon and VmRSS.
final class Memory: Sendable {
    private struct Sums {
        var samples = 0
        var privateSum = 0
        var privateMost = 0
        var residentSum = 0
        var residentMost = 0
    }

    private let sums = Mutex(Sums())

    /// Looks at one process.
    func sample(_ process: Int32) {
        guard
            let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let own = Self.field("RssAnon:", text), let all = Self.field("VmRSS:", text)
        else { return }
        sums.withLock {
            $0.samples += 1
            $0.privateSum += own
            $0.privateMost = max($0.privateMost, own)
            $0.residentSum += all
            $0.residentMost = max($0.residentMost, all)
        }
    }

    private static func field(_ name: String, _ text: String) -> Int? {
        text.split(separator: "\n").first { $0.hasPrefix(name) }?
            .split(separator: " ").compactMap { Int($0) }.first
    }

    /// The most private memory that a daemon had, in KiB.
    var privateMost: Int { sums.withLock { $0.privateMost } }

    var line: String {
        sums.withLock { sums in
            let count = max(1, sums.samples)
            return "memory: RssAnon mean \(Self.mebibytes(sums.privateSum / count)), most "
                + "\(Self.mebibytes(sums.privateMost)); resident mean "
                + "\(Self.mebibytes(sums.residentSum / count)), most "
                + "\(Self.mebibytes(sums.residentMost)) MiB; \(sums.samples) samples"
        }
    }

    static func mebibytes(_ kibibytes: Int) -> String {
        String(format: "%.1f", Double(kibibytes) / 1024)
    }
}
