internal import Foundation

/// The commands as an ordinary user runs them, with the rules installed.
internal enum CommandChecks {
    static let all = [
        Check("listen shows swipes masked and gives the reader back on Ctrl-C", listen),
        Check("record writes what was swiped, and it is replayed as a sale", record),
        Check("record refuses a card that is no test card, and anonymises it", anonymise),
        Check("sale takes a clear swipe and is approved") { try sale($0, "clear-visa") },
        Check("sale takes an encrypted swipe and is approved") { try sale($0, "encrypted-visa") },
        Check("sale takes a typed swipe and is approved") { try sale($0, "keyboard-visa") },
        Check("sale survives a replug in the middle of the payment", replug),
        Check("sale without a reader says so", noReader),
        Check("the unmodified test bundle runs in the guest", bundle),
    ]

    private static func listen(_ bench: Bench) throws {
        try attached(bench, "clear-visa") { reader in
            let program = try bench.start("listen")
            try program.wait("the prompt") { $0.contains("Swipe a card") }
            try swipe(reader, program) { $0.contains("************8888") }
            try require(!program.output.contains("4012"), "digits of the number were shown")
            _ = try program.interrupt()
            try reader.waitForKernelDriver()
        }
    }

    private static func record(_ bench: Bench) throws {
        try attached(bench, "clear-visa") { reader in
            let file = "/home/clerk/recorded.hid"
            let program = try bench.start("record", file)
            try program.wait("the prompt") { $0.contains("Swipe card") }
            try swipe(reader, program) { $0.contains("written, 1 of 1") }
            try require(program.end() == 0, program.output)
            let recorded = try ReaderModel(recording: URL(fileURLWithPath: file))
            try require(recorded.reports == reader.model.reports, "other reports were recorded")
            try bench.swipeline("record", file).require(2, "it is there already")
            let gateway = try Gateway(bench, as: .clerk)
            try bench.swipeline(
                "replay", file, "--amount", "12.75", "--config", gateway.configuration, "--json"
            ).require(0, "\"outcome\":\"approved\"")
        }
    }

    private static func anonymise(_ bench: Bench) throws {
        let stranger = try bench.model("clear-visa").withUnpublishedNumber()
        try bench.plugged(stranger.model) { reader in
            try DoctorChecks.settle(reader)
            for (options, end, status) in [
                ([], "is no published test card", Int32(6)),
                (["--anonymise"], "were replaced by a test card's", 0),
            ] {
                let file = "/home/clerk/anonymised\(status).hid"
                let program = try Program(
                    bench.path("swipeline"), ["record", file] + options, as: .clerk)
                try program.wait("the prompt") { $0.contains("Swipe card") }
                try swipe(reader, program) { $0.contains(end) }
                try require(program.end() == status, program.output)
                let written = FileManager.default.contents(atPath: file)
                try require((written == nil) == (status != 0), "a file was or was not written")
                let text = String(decoding: written ?? Data(), as: UTF8.self) + program.output
                try require(!text.contains(stranger.number), "the number is in what was written")
                try require(!text.contains(stranger.hexadecimal), "the number is in the file")
            }
        }
    }

    private static func sale(_ bench: Bench, _ fixture: String) throws {
        try attached(bench, fixture) { reader in
            let gateway = try Gateway(bench, as: .clerk)
            let program = try startSale(bench, gateway)
            try swipe(reader, program) { $0.contains("\"outcome\":\"approved\"") }
            try require(program.end() == 0, program.output)
            try reader.waitForKernelDriver()
        }
    }

    private static func replug(_ bench: Bench) throws {
        try attached(bench, "clear-visa") { reader in
            let gateway = try Gateway(bench, as: .clerk)
            let program = try startSale(bench, gateway)
            reader.unplug()
            try program.wait("the removal to be told") { $0.contains("unplugged") }
            try reader.plug()
            try program.wait("the reader to be ready again") {
                $0.components(separatedBy: ": ready").count == 3
            }
            try swipe(reader, program) { $0.contains("\"outcome\":\"approved\"") }
            try require(program.end() == 0, program.output)
        }
    }

    private static func noReader(_ bench: Bench) throws {
        let gateway = try Gateway(bench, as: .clerk)
        try bench.swipeline(
            "sale", "--amount", "12.75", "--config", gateway.configuration, "--wait", "0"
        ).require(5, "no reader is attached; plug one in")
    }

    private static func startSale(_ bench: Bench, _ gateway: Gateway) throws -> Program {
        let program = try bench.start(
            "sale", "--amount", "12.75", "--config", gateway.configuration, "--json")
        try program.wait("the prompt") { $0.contains("Swipe a card") }
        return program
    }

    private static func attached(
        _ bench: Bench, _ fixture: String, _ run: (EmulatedReader) throws -> Void
    ) throws {
        try bench.plugged(bench.model(fixture)) { reader in
            try DoctorChecks.settle(reader)
            try run(reader)
        }
    }

    /// Swipes until the program says what is wanted; again whenever it asks for it, as one who was
    /// faster than the prompt must.
    private static func swipe(
        _ reader: EmulatedReader, _ program: Program, until isSaid: (String) -> Bool
    ) throws {
        for tries in 1...3 {
            for report in reader.model.reports {
                reader.send(report)
                try reader.wait("the report to be fetched") { $0.unread == 0 }
            }
            try program.wait("the swipe to be taken") {
                isSaid($0) || $0.components(separatedBy: "swipe again").count > tries
            }
            if isSaid(program.output) { return }
        }
        throw GuestFault("three swipes were not enough: \(program.output)")
    }

    /// The suites that are quick enough for an imitated processor.
    private static let suites = [
        "ReplayContractTests", "HIDReportDescriptorTests", "SecretArenaTests",
    ]

    private static func bundle(_ bench: Bench) throws {
        let said = try Program.succeed(
            bench.path("swipelinePackageTests.xctest"),
            ["--testing-library", "swift-testing"] + suites.flatMap { ["--filter", $0] })
        for suite in suites {
            try require(said.contains("Suite \(suite) passed"), "it said: \(said.suffix(300))")
        }
    }
}
