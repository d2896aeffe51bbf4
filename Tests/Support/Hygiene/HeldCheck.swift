internal import Foundation

/// A till that stands still after each payment: its memory is searched at once, by the kernel's
/// file of it and at the end by a core that gdb writes.
public struct HeldCheck {
    /// One way for a swipe to end.
    struct Ending: Sendable {
        /// What the till is told.
        var order = "pay"
        var manner = Gateway.Manner.approve
        var layouts = CanaryRecordings.layouts
        var kind = Kind.good
        var gateway = Peer.trusted
        /// What the till must say, so that nothing else was looked at.
        var word: String

        enum Kind { case good, badRead, wrongByLuhn }
        enum Peer { case trusted, stranger, nobody }
    }

    /// All of them.
    static let endings = [
        Ending(word: "approved"),
        Ending(manner: .decline, word: "declined"),
        Ending(manner: .reject, word: "rejected"),
        Ending(manner: .badJSON, word: "inDoubt"),
        Ending(manner: .silent, word: "inDoubt"),
        Ending(manner: .breakOff, word: "inDoubt"),
        Ending(manner: .resourceGone, word: "inDoubt"),
        Ending(layouts: CanaryRecordings.clear, kind: .badRead, word: "badRead"),
        Ending(layouts: CanaryRecordings.clear, kind: .wrongByLuhn, word: "refused"),
        Ending(order: "unsent", word: "notSent"),
        Ending(order: "stop", word: "givenUp"),
        Ending(order: "remove", layouts: ["keyboard"], word: "noSwipe"),
        Ending(gateway: .stranger, word: "notArmed"),
        Ending(gateway: .nobody, word: "notArmed"),
    ]

    private let workshop: Workshop
    private let gateway: Gateway

    /// In a folder.
    public init(_ workshop: Workshop) throws {
        self.workshop = workshop
        gateway = try Gateway(workshop)
    }

    /// So many swipes of each ending.
    /// - Returns: how many swipes there were, and what was found.
    public func run(
        swipesPerEnding count: Int, seed: UInt64, environment: [String] = []
    ) throws -> (swipes: Int, findings: Findings) {
        var found = Findings()
        for (number, ending) in Self.endings.enumerated() {
            let canaries = Canary.make(count, seed: seed &+ UInt64(number))
            let those = ending.kind == .wrongByLuhn ? canaries.map(\.wrongByLuhn) : canaries
            try found.add(look(at: ending, those, environment))
        }
        return (count * Self.endings.count, found)
    }

    private func look(
        at ending: Ending, _ canaries: [Canary], _ environment: [String]
    ) throws -> Findings {
        let recordings = try CanaryRecordings(canaries, in: workshop)
        let search = CanarySearch(canaries)
        let place = try workshop.place()
        gateway.answer(ending.manner)
        let till = try start(ending, in: place, environment)
        var found = Findings()
        for number in canaries.indices {
            let layout = ending.layouts[number % ending.layouts.count]
            let file =
                ending.kind == .badRead
                ? try recordings.badRead(number, layout) : try recordings.swipe(number, layout)
            till.tell("\(ending.order) \(file)")
            let word = till.line()
            guard word == ending.word else {
                throw HygieneError.unexpected(
                    "\(ending.order) \(layout): \(word ?? "nothing") in place of \(ending.word)")
            }
            let (tally, bytes) = try ProcessMemory(process: till.process).search(search)
            found.add(tally, bytes: bytes, in: .memory)
        }
        let core = try workshop.core(of: till.process)
        found.add(search.tally(core), bytes: core.count, in: .core)
        till.end()
        found.addFiles(below: place, search)
        return found
    }

    private func start(
        _ ending: Ending, in place: String, _ environment: [String]
    ) throws -> Child {
        let configuration =
            switch ending.gateway {
            case .trusted: try workshop.configuration(port: gateway.port)
            case .stranger: try workshop.configuration(port: gateway.port, trusting: "stranger")
            case .nobody: try workshop.configuration(port: 1)
            }
        let till = try Child(
            Child.Plan(
                program: workshop.program("hygiene-till"),
                arguments: ["till", configuration].map { Array($0.utf8) },
                environment: environment.map { Array($0.utf8) }, folder: place))
        guard till.line() == "ready" else {
            throw HygieneError.unexpected("the till did not start")
        }
        return till
    }
}
