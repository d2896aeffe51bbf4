internal import Foundation

/// Leaks on purpose: every form into every channel. What finds them all can be believed when it
/// finds nothing elsewhere.
public struct Controls {
    /// How many cells the table has.
    public static let planted = Channel.allCases.count * CanaryForm.allCases.count

    private let workshop: Workshop
    /// One a form.
    private let canaries: [Canary]
    private let search: CanarySearch

    /// In a folder.
    public init(_ workshop: Workshop, seed: UInt64) {
        self.workshop = workshop
        canaries = Canary.make(CanaryForm.allCases.count, seed: seed)
        search = CanarySearch(canaries)
    }

    /// Plants all of them and looks for them where the runs look.
    public func run() throws -> Findings {
        try workshop.write("leaks", leaks)
        var found = Findings()
        for channel in Channel.allCases { try found.add(plant(channel)) }
        return found
    }

    private var leaks: [UInt8] {
        zip(CanaryForm.allCases, canaries).flatMap { $0.written($1) + [UInt8(ascii: "\n")] }
    }

    private func plant(_ channel: Channel) throws -> Findings {
        switch channel {
        case .memory: try memory()
        case .screen: try screen()
        case .core, .crash: try crash(channel)
        default: try traced(channel)
        }
    }

    private func traced(_ channel: Channel) throws -> Findings {
        let tracing = try Tracing(workshop)
        // Arguments and variables end at a zero, and the next stands behind it.
        let pieces = leaks.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
        let command = ["leak", channel.rawValue].map { Array($0.utf8) }
        let rest =
            channel == .arguments
            ? pieces : channel == .environment ? [] : [Array(workshop.path("leaks").utf8)]
        try tracing.start(
            "hygiene-till", command + rest, environment: channel == .environment ? pieces : []
        ).wait()
        return try tracing.finish().findings(search).only(channel)
    }

    private func memory() throws -> Findings {
        let child = try start(.memory, in: workshop.folder)
        guard child.line() == "holding" else {
            throw HygieneError.unexpected("the leak in memory is not held")
        }
        var found = Findings()
        let (tally, bytes) = try ProcessMemory(process: child.process).search(search)
        found.add(tally, bytes: bytes, in: .memory)
        child.end()
        return found
    }

    private func screen() throws -> Findings {
        let child = try Child(plan(.screen, in: workshop.folder, hasTerminal: true))
        child.wait()
        var found = Findings()
        let shown = child.screen()
        found.add(search.tally(shown), bytes: shown.count, in: .screen)
        return found
    }

    private func crash(_ channel: Channel) throws -> Findings {
        let place = try workshop.place()
        let errors = try start(channel, in: place).wait().errors
        var found = Findings()
        if channel == .crash { found.add(search.tally(errors), bytes: errors.count, in: .crash) }
        if channel == .core { found.addFiles(below: place, search) }
        return found
    }

    private func start(_ channel: Channel, in place: String) throws -> Child {
        try Child(plan(channel, in: place))
    }

    private func plan(
        _ channel: Channel, in place: String, hasTerminal: Bool = false
    ) -> Child.Plan {
        Child.Plan(
            program: workshop.program("hygiene-till"),
            arguments: ["leak", channel.rawValue, workshop.path("leaks")].map { Array($0.utf8) },
            environment: [Array("SWIFT_BACKTRACE=enable=no".utf8)], folder: place,
            hasTerminal: hasTerminal)
    }
}

extension Findings {
    /// One row of them.
    fileprivate func only(_ channel: Channel) -> Findings {
        var found = Findings()
        if let row = rows[channel] { found.add(row.tally, bytes: row.bytes, in: channel) }
        return found
    }
}
