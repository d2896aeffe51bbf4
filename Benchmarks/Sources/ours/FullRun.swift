internal import GatewayLink
internal import HotPath
internal import Readers
internal import Secrets
internal import Timeline
internal import Values

/// The full path, from the swipe in the submission thread's hands to the answer decoded.
internal struct FullRun {
    private let plan: Plan
    private let till: Till

    init(_ plan: Plan) throws {
        self.plan = plan
        till = try Till(port: plan.port, folder: plan.folder)
    }

    func run() throws {
        if plan.pattern == "K" { try sellOverOneLink() } else { try pay() }
    }

    private func sellOverOneLink() throws {
        var counter = try Counter(till)
        let swipe = try RecordedSwipe(plan.entry)
        var gatherer = try swipe.gatherer(till.arena)
        var link = try till.link()
        try link.open()
        try plan.measure { _ in
            let gathered = try swipe.gather(&gatherer)
            let start = till.time.now()
            try counter.write(gathered)
            _ = try counter.post(over: &link, as: .read)
            counter.forget()
            return [till.time.now().since(start)]
        }
    }

    /// As a till does it: armed, idle until the card is swiped, the swipe handed over by the
    /// reader's thread. The time is that from the swipe in hand to the resource decoded; behind it
    /// stand the times of the stages.
    private func pay() throws {
        var path = try till.path()
        let swipe = try RecordedSwipe(plan.entry, idleMilliseconds: plan.idleMilliseconds)
        let handOff = SwipeHandOff()
        let thread = ReaderThread(swipe, to: handOff, time: till.time)
        try thread.start(profile: swipe.profile, arena: till.arena)
        defer {
            handOff.close()
            thread.join()
        }
        try plan.measure { number in
            try path.arm(try till.order(number))
            handOff.want()
            guard let gathered = handOff.take() else { throw WrongAnswer() }
            let report = path.submit(gathered, inHand: till.time.now())
            path.rest()
            guard case .approved = report.outcome, let total = report.stages.total,
                let handOff = report.stages.handOff
            else { throw WrongAnswer() }
            let stages = report.stages
            return [
                total - handOff, handOff, stages.decode, stages.build, stages.send,
                stages.firstByte, stages.answer,
            ]
        }
    }
}
