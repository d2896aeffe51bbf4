internal import Foundation

/// The till's commands and the emulator, under strace: nothing that they hand to the kernel may
/// hold a number, the wire included.
public struct WrittenCheck {
    /// What was run and found.
    public struct Result: Sendable {
        /// Payments of the till's commands.
        public var swipes = 0
        /// Of the till's program.
        public var till = Findings()
        /// Of the emulator's program: its folder, its output, its log, its answers.
        public var emulator = Findings()
    }

    private let workshop: Workshop

    /// In a folder.
    public init(_ workshop: Workshop) { self.workshop = workshop }

    /// Replays so many swipes of each layout as sales and as authorisations against the emulator,
    /// shows them as a demo, and lets them fail in each way.
    public func run(swipesPerLayout count: Int, seed: UInt64) throws -> Result {
        let canaries = Canary.make(count, seed: seed)
        let recordings = try CanaryRecordings(canaries, in: workshop)
        let search = CanarySearch(canaries)
        var result = Result()
        try sell(recordings, count, search, &result)
        try show(recordings, count, search, &result)
        let few = Canary.make(2, seed: seed &+ 1)
        try fail(few, &result)
        return result
    }

    /// Against the emulator, which is traced too.
    private func sell(
        _ recordings: CanaryRecordings, _ count: Int, _ search: CanarySearch,
        _ result: inout Result
    ) throws {
        let tracing = try Tracing(workshop)
        let emulator = try tracing.start(
            "swipeline-emulator",
            ["--port", "0", "--directory", tracing.place, "--until-eof"]
                .map { Array($0.utf8) })
        guard emulator.line() != nil else {
            throw HygieneError.unexpected("the emulator did not start")
        }
        let files = CanaryRecordings.layouts.map(recordings.file)
        for more in [["--json"], ["--operation", "authOnly"]] {
            let told = try till(
                ["replay"] + files
                    + ["--amount", "12.75", "--config", tracing.place] + more, search, &result)
            let approved = told.count(of: "approved", in: more.count == 1 ? .output : .errors)
            guard approved >= count * files.count else {
                throw HygieneError.unexpected(
                    "of \(count * files.count) swipes, \(approved) were approved")
            }
            result.swipes += count * files.count
        }
        emulator.closeInput()
        emulator.wait()
        result.emulator.addFiles(below: tracing.place, search)
        result.emulator.add(try tracing.finish().findings(search))
    }

    private func show(
        _ recordings: CanaryRecordings, _ count: Int, _ search: CanarySearch,
        _ result: inout Result
    ) throws {
        let told = try till(
            ["demo", "--fixtures", recordings.folder, "--swipes", "0"], search, &result)
        guard told.count(of: "\(count * CanaryRecordings.layouts.count) approved", in: .errors) == 1
        else { throw HygieneError.unexpected("the demo did not approve what it showed") }
        result.swipes += count * CanaryRecordings.layouts.count
    }

    /// Each way in which a gateway or a read fails.
    private func fail(_ canaries: [Canary], _ result: inout Result) throws {
        let search = CanarySearch(canaries)
        let recordings = try CanaryRecordings(canaries, in: workshop)
        let gateway = try Gateway(workshop)
        let trusting = try workshop.configuration(port: gateway.port)
        let stranger = try workshop.configuration(port: gateway.port, trusting: "stranger")
        let nobody = try workshop.configuration(port: 1)
        for manner in Gateway.Manner.allCases where manner != .silent {
            gateway.answer(manner)
            for layout in CanaryRecordings.layouts {
                try replay(recordings.file(layout), trusting, search, &result)
                result.swipes += canaries.count
            }
        }
        gateway.answer(.approve)
        for layout in CanaryRecordings.clear {
            try replay(recordings.badRead(0, layout), trusting, search, &result)
            try replay(recordings.cut(0, layout), trusting, search, &result)
            try replay(recordings.file(layout), stranger, search, &result)
            try replay(recordings.file(layout), nobody, search, &result)
            result.swipes += 2
        }
    }

    private func replay(
        _ file: String, _ configuration: String, _ search: CanarySearch, _ result: inout Result
    ) throws {
        _ = try till(
            ["replay", file, "--amount", "12.75", "--config", configuration], search, &result)
    }

    /// Runs the till's program to its end.
    private func till(
        _ arguments: [String], _ search: CanarySearch, _ result: inout Result
    ) throws -> TraceLog {
        let tracing = try Tracing(workshop)
        try tracing.run("swipeline", arguments)
        let log = try tracing.finish()
        result.till.add(log.findings(search))
        result.till.addFiles(below: tracing.place, search)
        return log
    }
}
