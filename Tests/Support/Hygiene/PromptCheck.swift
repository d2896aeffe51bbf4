internal import Foundation

/// Cards that are keyed at a terminal and cards by their token, from a prompt or a file: what the
/// commands hand to the kernel, what the terminal shows, and what is left in memory.
public struct PromptCheck {
    /// What was found.
    public struct Result: Sendable {
        /// Payments.
        public var cards = 0
        /// In what the till's program wrote and its terminal showed.
        public var till = Findings()
        /// In what the emulator wrote, its store included.
        public var emulator = Findings()
        /// In memory after each payment's end, and in what a kill leaves.
        public var held = Findings()
        /// Of the card that is on its way, in memory: at least one, or nothing was looked at.
        public var inFlight: [UInt64] = []
    }

    /// How a card comes.
    enum Source: String, CaseIterable {
        case keyed, token, file
    }

    /// How a payment ends, and what the till says of it.
    static let endings: [(manner: Gateway.Manner, word: String)] = [
        (.approve, "approved"), (.decline, "declined"), (.reject, "rejected"),
        (.badJSON, "inDoubt"), (.breakOff, "inDoubt"), (.resourceGone, "inDoubt"),
        (.silent, "inDoubt"),
    ]

    private let workshop: Workshop
    private let gateway: Gateway

    /// In a folder.
    public init(_ workshop: Workshop) throws {
        self.workshop = workshop
        gateway = try Gateway(workshop)
    }

    /// So many cards of each way to come and to end.
    public func run(cardsPerEnding count: Int, seed: UInt64) throws -> Result {
        var result = Result()
        try sell(Canary.make(count, seed: seed), &result)
        for (number, ending) in Self.endings.enumerated() {
            let canaries = Canary.make(count, seed: seed &+ UInt64(number) &+ 1)
            for source in [Source.keyed, .token] {
                try hold(canaries, source, ending.manner, ending.word, &result)
            }
            guard ending.manner != .silent else { continue }
            for source in Source.allCases { try write(canaries, source, ending, &result) }
        }
        return result
    }

    /// Kills so many sales while their card is on its way, each by another signal.
    public func kill(lives: Int, seed: UInt64) throws -> Result {
        var result = Result()
        for (number, signal) in InFlightCheck.signals.prefix(lives).enumerated() {
            let canary = Canary.make(1, seed: seed &+ UInt64(number))[0]
            try kill(canary, number % 2 == 0 ? .keyed : .token, by: signal, &result)
        }
        return result
    }

    // MARK: What is written

    /// Against the emulator, traced too, with its store.
    private func sell(_ canaries: [Canary], _ result: inout Result) throws {
        let search = CanarySearch(canaries)
        let tracing = try Tracing(workshop)
        let emulator = try tracing.start(
            "swipeline-emulator",
            [
                "--port", "0", "--directory", tracing.place, "--until-eof", "--store",
                "\(tracing.place)/ledger",
            ].map { Array($0.utf8) })
        guard emulator.line() != nil else {
            throw HygieneError.unexpected("the emulator did not start")
        }
        for canary in canaries {
            let told = try till(canary, .keyed, tracing.place, search, &result)
            guard told.count(of: "\"approved\"", in: .output) > 0 else {
                throw HygieneError.unexpected("the emulator did not approve a keyed card")
            }
        }
        emulator.closeInput()
        emulator.wait()
        result.emulator.addFiles(below: tracing.place, search)
        result.emulator.add(try tracing.finish().findings(search))
    }

    private func write(
        _ canaries: [Canary], _ source: Source, _ ending: (manner: Gateway.Manner, word: String),
        _ result: inout Result
    ) throws {
        gateway.answer(ending.manner)
        let configuration = try workshop.configuration(port: gateway.port)
        let search = CanarySearch(canaries)
        for canary in canaries {
            let told = try till(canary, source, configuration, search, &result)
            guard told.count(of: "\"outcome\":\"\(ending.word)\"", in: .output) == 1 else {
                throw HygieneError.unexpected("\(source) did not end as \(ending.word)")
            }
        }
    }

    /// One sale by the till's program under strace, a person at its terminal.
    private func till(
        _ canary: Canary, _ source: Source, _ configuration: String, _ search: CanarySearch,
        _ result: inout Result
    ) throws -> TraceLog {
        let tracing = try Tracing(workshop)
        let child = try tracing.start(
            "swipeline", try arguments(canary, source, configuration).map { Array($0.utf8) },
            hasTerminal: true)
        try type(canary, source, at: child)
        child.wait()
        let screen = child.screen()
        result.till.add(search.tally(screen), bytes: screen.count, in: .screen)
        let log = try tracing.finish()
        result.till.add(log.findings(search))
        result.till.addFiles(below: tracing.place, search)
        result.cards += 1
        return log
    }

    private func arguments(
        _ canary: Canary, _ source: Source, _ configuration: String
    ) throws -> [String] {
        let sale = [
            "sale", "--amount", "12.75", "--json", "--patience", "0", "--config", configuration,
            "--first-name", "Ada", "--last-name", "Test", "--email", "ada@shop.example",
        ]
        switch source {
        case .keyed: return sale + ["--keyed"]
        case .token: return sale + ["--card-token"]
        case .file:
            let name = "token-\(UUID().uuidString)"
            try workshop.write(name, Array(canary.text.utf8))
            return sale + ["--card-token-file", workshop.path(name)]
        }
    }

    /// Types what the command asks for.
    private func type(_ canary: Canary, _ source: Source, at child: Child) throws {
        switch source {
        case .keyed:
            try child.type(canary.text, after: "Card number: ")
            try child.type("1249", after: "Expiry, MMYY: ")
            try child.type("999", after: "there is none): ")
        case .token: try child.type(canary.text, after: "Token of the card: ")
        case .file: break
        }
    }

    // MARK: What is left

    /// A till that stands still after each payment.
    private func hold(
        _ canaries: [Canary], _ source: Source, _ manner: Gateway.Manner, _ word: String,
        _ result: inout Result
    ) throws {
        let search = CanarySearch(canaries)
        let place = try workshop.place()
        gateway.answer(manner)
        let till = try Child(
            Child.Plan(
                program: workshop.program("hygiene-till"),
                arguments: ["till", try workshop.configuration(port: gateway.port)]
                    .map { Array($0.utf8) }, folder: place, hasTerminal: true))
        guard till.line() == "ready" else {
            throw HygieneError.unexpected("the till did not start")
        }
        for canary in canaries {
            let said = pay(canary, source, at: till)
            guard said == word else {
                throw HygieneError.unexpected("\(source): \(said ?? "nothing") for \(word)")
            }
            let (tally, bytes) = try ProcessMemory(process: till.process).search(search)
            result.held.add(tally, bytes: bytes, in: .memory)
            result.cards += 1
        }
        let core = try workshop.core(of: till.process)
        result.held.add(search.tally(core), bytes: core.count, in: .core)
        let screen = till.screen()
        guard !screen.isEmpty else {
            throw HygieneError.unexpected("the terminal does not show what it should")
        }
        result.held.add(search.tally(screen), bytes: screen.count, in: .screen)
        till.end()
        result.held.addFiles(below: place, search)
    }

    /// What the till says of a payment.
    private func pay(_ canary: Canary, _ source: Source, at till: Child) -> String? {
        till.tell(source.rawValue)
        var word = till.line()
        for (asked, typed) in [
            ("token", canary.text), ("number", canary.text), ("expiry", "4912"), ("code", "999"),
        ] where word == asked {
            till.tell(typed)
            word = till.line()
        }
        return word
    }

    /// The till's program, killed while its gateway does not answer.
    private func kill(
        _ canary: Canary, _ source: Source, by signal: Int32, _ result: inout Result
    ) throws {
        let posts = gateway.posts
        gateway.answer(.silent)
        let place = try workshop.place()
        let configuration = try workshop.configuration(port: gateway.port)
        let child = try Child(
            Child.Plan(
                program: workshop.program("swipeline"),
                arguments: try arguments(canary, source, configuration).map { Array($0.utf8) },
                environment: ["HOME=\(place)", "TMPDIR=\(place)"].map { Array($0.utf8) },
                folder: place, hasTerminal: true))
        try type(canary, source, at: child)
        try gateway.wait(forPosts: posts + 1)
        let search = CanarySearch([canary])
        result.inFlight.append(
            try ProcessMemory(process: child.process).search(search).tally.total)
        let errors = child.end(by: signal).errors
        result.held.add(search.tally(errors), bytes: errors.count, in: .crash)
        let screen = child.screen()
        result.held.add(search.tally(screen), bytes: screen.count, in: .screen)
        result.held.addFiles(below: place, search)
        result.cards += 1
    }
}
