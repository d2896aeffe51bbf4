internal import GatewayLink
internal import PayHub
internal import Secrets
internal import Timeline

/// The link alone: requests that are written already, answers that are read.
internal struct LinkRun {
    private let plan: Plan
    private let till: Till

    init(_ plan: Plan) throws {
        self.plan = plan
        till = try Till(port: plan.port, folder: plan.folder)
    }

    func run() throws {
        switch plan.pattern {
        case "K": try postOverOneLink()
        case "P": try payOverLinksOpenedAhead()
        default: try open(isResumed: plan.pattern == "resumed")
        }
    }

    private func written() throws -> Counter {
        var counter = try Counter(till)
        let swipe = try RecordedSwipe(plan.entry)
        var gatherer = try swipe.gatherer(till.arena)
        try counter.write(try swipe.gather(&gatherer))
        return counter
    }

    private func postOverOneLink() throws {
        var counter = try written()
        var link = try till.link()
        try link.open()
        try plan.measure { _ in
            let start = till.time.now()
            _ = try counter.post(over: &link, as: .read)
            return [till.time.now().since(start)]
        }
    }

    private func payOverLinksOpenedAhead() throws {
        var counter = try written()
        var link = try till.link()
        var inquiry = try till.arena.take(capacity: 1024)
        try plan.measure { _ in
            try link.open()
            plan.sleep()
            let start = till.time.now()
            let id = try counter.post(over: &link, as: .money)
            try counter.get(id, over: &link, &inquiry)
            return [till.time.now().since(start)]
        }
    }

    /// TCP and TLS, with a session to resume or without.
    private func open(isResumed: Bool) throws {
        var link = try till.link()
        try plan.measure { _ in
            if !isResumed { link = try till.link() }
            let start = till.time.now()
            try link.open()
            let time = till.time.now().since(start)
            link.close()
            return [time]
        }
    }
}
