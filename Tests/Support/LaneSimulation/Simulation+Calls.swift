import Journal
import Lane
import Values

/// What the lane asks and tells the gateway in the background.
extension Simulation {
    mutating func start(_ call: LaneCall) {
        note("call")
        let took = random.happens(100) ? random.pick(5000...10_000) : random.pick(20...1500)
        queue.add(.callEnded(call, !random.happens(120), epoch: epoch), at: time + took)
    }

    mutating func callEnded(_ call: LaneCall, _ isHeard: Bool) {
        if mayDie() { return }
        if gateway.outage.contains(time) {
            switch call {
            case .sweep: return feed(.called(call, .swept(.failed)))
            case .list: return feed(.called(call, .listed(nil)))
            default: return feed(.called(call, .notSent))
            }
        }
        if !isHeard {
            let result = lost(call)
            if mayDie() { return }
            return feed(.called(call, result))
        }
        let result = perform(call)
        if mayDie() { return }
        feed(.called(call, result))
    }

    /// The request or its answer was lost.
    private mutating func lost(_ call: LaneCall) -> CallResult {
        switch call {
        case .inquire: return .inquired(InquiryRound())
        case .fetch: return .fetched(nil)
        case .sweep: return .swept(.failed)
        case .list: return .listed(nil)
        case .void, .refund, .capture:
            if random.happens(300) { return .notSent }
            if random.happens(600) {
                if random.happens(400) {
                    queue.add(.late(call), at: time + random.pick(100...150_000))
                } else {
                    _ = perform(call)
                }
            }
            // A part that is given back again without asking is what this fault does.
            if case .refund(_, _, .some) = call, mutant == .partRepeated { return .notSent }
            return .unknown
        }
    }

    /// The gateway does what it is asked.
    mutating func perform(_ call: LaneCall) -> CallResult {
        switch call {
        case .inquire(let attempt, let about, let control):
            if mutant == .checkSkipped, attempt.state == .reversing {
                return .inquired(asIfTakenBack(attempt))
            }
            return .inquired(round(about, control))
        case .fetch(_, let id):
            guard let index = gateway.find(id) else { return .fetched(nil) }
            return .fetched(gateway.sighting(gateway.transactions[index]))
        case .void(_, let id): return gateway.void(id)
        case .refund(let attempt, let id, let amount):
            return gateway.refund(
                id, cents: amount?.cents, note: attempt.reference.text, at: time)
        case .capture(_, let id, _): return gateway.capture(id)
        case .sweep: return .swept(.rows(gateway.report(note: nil, cents: nil, at: time)))
        case .list(let question): return .listed(gateway.list(question))
        }
    }

    /// What a lane believes that does not look for copies.
    private func asIfTakenBack(_ attempt: Attempt) -> InquiryRound {
        var row = Sighting(attempt.facts.transactionID ?? "")
        row.note = attempt.reference.text
        row.kind = attempt.operation == .refund ? .refund : .charge
        row.isApproved = true
        row.isVoided = true
        var round = InquiryRound()
        round.byNote = .rows([row])
        round.byFacts = .rows([row])
        return round
    }

    /// Four questions; one of the answers may be wrong.
    private mutating func round(_ about: Attempt, _ control: Attempt?) -> InquiryRound {
        var round = InquiryRound()
        round.byNote = ask(about.reference.text, nil)
        round.byFacts = ask(nil, about.amount?.cents)
        round.controlByNote = ask(control?.reference.text ?? "none", nil)
        round.controlByFacts = ask(nil, control?.amount?.cents)
        if random.happens(60) {
            let lies: [WritableKeyPath<InquiryRound, ReportAnswer>] = [
                \.byNote, \.byFacts, \.controlByNote, \.controlByFacts,
            ]
            round[keyPath: lies[random.pick(0...3)]] = random.happens(500) ? .failed : .rows([])
        }
        if mutant == .controlSkipped, let control {
            // The report shows nothing new, and the controls are not looked at.
            var shown = Sighting(control.facts.transactionID ?? "")
            shown.note = control.reference.text
            round.controlByNote = .rows([shown])
            round.controlByFacts = .rows([shown])
            if gateway.habits.cutsNotes || random.happens(200) {
                round.byNote = .rows([])
                round.byFacts = .rows([])
            }
        }
        return round
    }

    private mutating func ask(_ note: String?, _ cents: Int?) -> ReportAnswer {
        .rows(gateway.report(note: note, cents: cents, at: time))
    }
}
