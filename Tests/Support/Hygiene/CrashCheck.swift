internal import Foundation

/// Crashes at every look at the clock with a track in hand: nothing of the card may stand in what
/// the process says, and no core may be left.
public struct CrashCheck {
    static let kinds = ["segmentation", "instruction", "abort", "memory"]
    /// Readers that send a swipe whole, so that each look is at another step.
    static let layouts = ["clear", "magtek-clear"]

    private let workshop: Workshop
    private let gateway: Gateway

    /// In a folder.
    public init(_ workshop: Workshop) throws {
        self.workshop = workshop
        gateway = try Gateway(workshop)
    }

    /// At the first `limit` points of each layout, or at all there are.
    /// - Returns: how many crashes there were, and what was found.
    public func run(
        limit: Int = .max, seed: UInt64
    ) throws -> (crashes: Int, findings: Findings) {
        let canaries = Canary.make(1, seed: seed)
        let recordings = try CanaryRecordings(canaries, in: workshop)
        let search = CanarySearch(canaries)
        let configuration = try workshop.configuration(port: gateway.port)
        var found = (crashes: 0, findings: Findings())
        for kind in Self.kinds {
            for layout in Self.layouts {
                let file = try recordings.swipe(0, layout)
                var point = 1
                while point <= limit,
                    try crash("crash:\(kind):\(point) \(file)", configuration, search, &found)
                {
                    point += 1
                }
            }
        }
        return found
    }

    /// - Returns: false when the payment ended before the point.
    private func crash(
        _ order: String, _ configuration: String, _ search: CanarySearch,
        _ found: inout (crashes: Int, findings: Findings)
    ) throws -> Bool {
        let place = try workshop.place()
        let till = try Child(
            Child.Plan(
                program: workshop.program("hygiene-till"),
                arguments: ["till", configuration].map { Array($0.utf8) },
                environment: [Array("SWIFT_BACKTRACE=enable=yes".utf8)], folder: place))
        guard till.line() == "ready" else {
            throw HygieneError.unexpected("the till did not start")
        }
        till.tell(order)
        let word = till.line()
        guard word == nil else {
            till.end()
            guard word == "approved" else {
                throw HygieneError.unexpected("\(order.prefix(30)) ended in \(word ?? "")")
            }
            return false
        }
        let end = till.wait()
        guard end.status & 0x7F != 0 else {
            throw HygieneError.unexpected("the till ended where it was to crash")
        }
        found.crashes += 1
        found.findings.add(search.tally(end.errors), bytes: end.errors.count, in: .crash)
        found.findings.addFiles(below: place, search)
        try? FileManager.default.removeItem(atPath: place)
        return true
    }
}
