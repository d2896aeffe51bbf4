internal import Advice
internal import Foundation
internal import HotPath
internal import Journal
internal import Lane
internal import PayHub
internal import Readers
internal import Recordings
internal import Secrets
internal import Timeline
internal import Values

/// Takes the swipes of recordings through the hot path, one after another.
internal struct PaymentRun: ~Copyable {
    /// One payment as it is told.
    struct Line {
        let file: String
        /// The number of the swipe in its file, from 1.
        let swipe: Int
        let operation: PaymentOperation
        let amount: Amount
        let reference: PaymentReference
        let report: PaymentReport
    }

    private let desk: LaneDesk
    private let time = SystemTime()
    /// What makes the names of tickets that the caller does not name.
    private let stamp = UInt64(Date().timeIntervalSince1970 * 1000)
    private var count = 0

    /// A run against one gateway, with the lane's journal.
    /// - Throws: ``Failure``, `SecretError`
    init(_ target: GatewayOptions.Target) throws { desk = try LaneDesk(target) }

    /// Reads recordings to their ends, before any of them is replayed.
    /// - Throws: ``Failure`` with exit code 2.
    func read(_ files: [String]) throws -> [RecordedSwipes] {
        try files.map { try RecordedSwipes($0, arena: desk.arena) }
    }

    /// Replays a recording, each of its swipes one payment. The lane is armed for a swipe only
    /// when one is to come.
    /// - Throws: ``Failure`` when the gateway cannot be reached, and what `each` throws.
    mutating func replay(
        _ swipes: RecordedSwipes, _ wish: Wish, pace: ReplayPace = .fullSpeed,
        each: (Line) throws -> Void
    ) throws {
        // What is replayed is a repeat by intent.
        desk.lane.asksAboutRepeats = false
        let handOff = SwipeHandOff()
        let thread = ReaderThread(
            try swipes.source(pace: pace, time: time), to: handOff, time: time)
        try thread.start(profile: swipes.profile, arena: desk.arena)
        defer {
            handOff.close()
            thread.join()
        }
        for number in 1...swipes.count {
            let attempt = try arm(wish)
            handOff.want()
            guard let gathered = handOff.take() else {
                throw Failure("\(swipes.file): a swipe that was there is gone", .internalFault)
            }
            guard let done = desk.lane.submit(gathered, inHand: time.now()) else {
                throw Failure("the lane is not armed", .internalFault)
            }
            tellAlarms()
            try each(
                Line(
                    file: swipes.file, swipe: number, operation: wish.operation,
                    amount: wish.amount, reference: attempt.reference, report: done.report))
            desk.lane.rest()
            if let stop = desk.lane.stop { throw Failure(stop.line, .inDoubt) }
        }
    }

    /// Ends a payment that is still waited for: durable, before the command ends.
    mutating func disarm() {
        guard let armed = desk.lane.armed else { return }
        desk.lane.cancel(armed.ticket)
        _ = desk.takeNews()
    }

    /// Works in the background until nothing is open, or the time is over.
    func settle(seconds: Int) { desk.settle(seconds: seconds) }

    /// Where the attempt of a reference stands now.
    func attempt(_ reference: PaymentReference) throws -> Attempt? {
        try desk.journal.attempt(reference)
    }

    /// What is to be paid with an attached reader.
    struct Wish {
        let operation: PaymentOperation
        let amount: Amount
        /// What the till calls it; made up without it.
        var ticket: Ticket?
        /// The same card for the same amount a moment ago is meant.
        var allowsDuplicate = false
        /// What else goes out with it.
        var details = OrderDetails()

        /// Checks the gateway's rules before a card is asked for.
        /// - Throws: ``Failure`` with exit code 2.
        func check(isSwiped: Bool) throws {
            do throws(RuleBreach) {
                try details.check(paying: amount, by: operation, isSwiped: isSwiped)
            } catch { throw Failure(error.description, .usage) }
        }
    }

    /// Takes one payment with the attached reader; a bad read is told, and the next swipe awaited.
    /// - Returns: what became of it; `nil` when it was interrupted before a swipe.
    /// - Throws: ``Failure`` when the gateway cannot be reached, and what `each` throws.
    mutating func take(
        _ wish: Wish, from attached: AttachedReader, each: (Line) throws -> Void
    ) throws -> Outcome? {
        let attempt = try arm(wish)
        if wish.allowsDuplicate { desk.lane.confirmDuplicate() }
        let what = wish.operation == .verify ? "to verify it" : "for \(wish.amount)"
        Terminal.tell("Swipe a card \(what); Ctrl-C ends.")
        var outcome: Outcome?
        var number = 0
        let desk = desk
        let time = time
        try attached.eachSwipe(arena: desk.arena) { gathered in
            guard let done = desk.lane.submit(gathered, inHand: time.now()) else { return false }
            number += 1
            outcome = done.report.outcome
            try each(
                Line(
                    file: "attached reader", swipe: number, operation: wish.operation,
                    amount: wish.amount, reference: attempt.reference, report: done.report))
            desk.lane.rest()
            return desk.lane.armed != nil
        }
        disarm()
        tellAlarms()
        return outcome
    }

    /// Takes one payment with a card that is not swiped.
    /// - Returns: what became of it.
    /// - Throws: ``Failure`` when the gateway cannot be reached.
    mutating func take(_ wish: Wish, with card: CardInHand) throws -> Line {
        let entry: PaymentReport.Entry = card.isToken ? .token : .keyed
        let attempt = try arm(wish, entry: entry)
        guard let done = desk.lane.submit(card, inHand: time.now()) else {
            throw Failure("the lane is not armed", .internalFault)
        }
        tellAlarms()
        desk.lane.rest()
        return Line(
            file: entry.rawValue, swipe: 1, operation: wish.operation, amount: wish.amount,
            reference: attempt.reference, report: done.report)
    }

    /// What no table line says: alarms, a stop.
    private func tellAlarms() {
        for item in desk.takeNews() {
            switch item {
            case .alarm, .stopped, .duplicateSwipe:
                if let line = NewsWords(item).line { Terminal.tell(line) }
            default: break
            }
        }
    }

    /// Arms the lane unless it still is for the same payment: a bad read leaves it so.
    private mutating func arm(_ wish: Wish, entry: PaymentReport.Entry? = nil) throws -> Attempt {
        let operation = JournalOperation(wish.operation)
        let wanted = operation == .verify ? nil : wish.amount
        if let armed = desk.lane.armed {
            if armed.operation == operation, armed.amount == wanted {
                return armed
            }
            disarm()
        }
        count += 1
        guard let ticket = wish.ticket ?? Ticket("T\(String(stamp, radix: 36))-\(count)") else {
            throw Failure("the ticket has no name", .internalFault)
        }
        var demand = Attempt.Demand(operation, wanted, ticket: ticket)
        demand.entry = entry?.rawValue
        return try desk.arm(demand, wish.details)
    }
}

extension JournalOperation {
    /// The same in the journal's words.
    internal init(_ operation: PaymentOperation) {
        self =
            switch operation {
            case .sale: .sale
            case .authOnly: .authOnly
            case .verify: .verify
            case .refund: .refund
            }
    }
}
