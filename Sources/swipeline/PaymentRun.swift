internal import Foundation
internal import GatewayLink
internal import HotPath
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

    private let target: GatewayOptions.Target
    private let arena: SecretArena
    private let time = SystemTime()
    private let journal = UInt32.random(in: 0..<PaymentReference.journalCount)
    private var sequence: UInt64 = 0
    private var path: HotPath
    private var order: PaymentOrder?
    private var reference: PaymentReference?

    /// A run against one gateway.
    /// - Throws: ``Failure``, `SecretError`
    init(_ target: GatewayOptions.Target) throws {
        let arena = try SecretArena()
        let path = try Self.path(to: target, arena: arena, time: time)
        self.target = target
        self.arena = arena
        self.path = path
    }

    private static func path(
        to target: GatewayOptions.Target, arena: SecretArena, time: SystemTime
    ) throws -> HotPath {
        let context: LinkContext
        do {
            context = try LinkContext(endpoint: target.endpoint, trust: target.trust)
        } catch { throw Failure(error.cause.description, .usage) }
        var setup = HotPath.Setup(endpoint: target.endpoint)
        setup.policy = target.policy
        let token = try token(from: target.tokenFile, arena: arena)
        return try HotPath(setup, context: context, token: token, arena: arena, time: time)
    }

    private static func token(from file: String, arena: SecretArena) throws -> SecretBytes {
        var token = try arena.take(capacity: Limits.tokenBytesMaximum)
        do {
            try SecretFile.read(file, into: &token, maximum: Limits.tokenBytesMaximum)
        } catch { throw Failure("the token file \(file): \(error)", .usage) }
        return token
    }

    /// Reads recordings to their ends, before any of them is replayed.
    /// - Throws: ``Failure`` with exit code 2.
    func read(_ files: [String]) throws -> [RecordedSwipes] {
        try files.map { try RecordedSwipes($0, arena: arena) }
    }

    /// Replays a recording, each of its swipes one payment. The lane is armed for a swipe only
    /// when one is to come.
    /// - Throws: ``Failure`` when the gateway cannot be reached, and what `each` throws.
    mutating func replay(
        _ swipes: RecordedSwipes, as operation: PaymentOperation, amount: Amount,
        pace: ReplayPace = .fullSpeed, each: (Line) throws -> Void
    ) throws {
        let handOff = SwipeHandOff()
        let thread = ReaderThread(
            try swipes.source(pace: pace, time: time), to: handOff, time: time)
        try thread.start(profile: swipes.profile, arena: arena)
        defer {
            handOff.close()
            thread.join()
        }
        for number in 1...swipes.count {
            let (order, reference) = try arm(operation, amount)
            handOff.want()
            guard let gathered = handOff.take() else {
                throw Failure("\(swipes.file): a swipe that was there is gone", .internalFault)
            }
            let report = path.submit(gathered, inHand: time.now())
            try each(
                Line(
                    file: swipes.file, swipe: number, operation: order.operation, amount: amount,
                    reference: reference, report: report))
        }
    }

    /// Takes one payment with the attached reader; a bad read is told, and the next swipe awaited.
    /// - Returns: what became of it; `nil` when it was interrupted before a swipe.
    /// - Throws: ``Failure`` when the gateway cannot be reached, and what `each` throws.
    mutating func take(
        from attached: AttachedReader, as operation: PaymentOperation, amount: Amount,
        each: (Line) throws -> Void
    ) throws -> Outcome? {
        let (order, reference) = try arm(operation, amount)
        Terminal.tell("Swipe a card for \(amount); Ctrl-C ends.")
        var outcome: Outcome?
        var number = 0
        try attached.eachSwipe(arena: arena) { gathered in
            let report = path.submit(gathered, inHand: time.now())
            number += 1
            outcome = report.outcome
            try each(
                Line(
                    file: "attached reader", swipe: number, operation: order.operation,
                    amount: amount, reference: reference, report: report))
            if case .badRead = report.outcome { return true }
            return false
        }
        return outcome
    }

    /// Arms the path unless it still is for the same payment: a bad read leaves it so.
    private mutating func arm(
        _ operation: PaymentOperation, _ amount: Amount
    ) throws -> (PaymentOrder, PaymentReference) {
        if path.isArmed, let order, let reference, order.operation == operation,
            order.bill.base == amount
        {
            return (order, reference)
        }
        sequence += 1
        let reference = PaymentReference(lane: 1, journal: journal, sequence: sequence)
        let order = PaymentOrder(
            operation: operation, merchant: target.merchant, amount: amount,
            reference: reference)
        do { try path.arm(order) } catch {
            switch error {
            case .request(let fault): throw Failure(fault.description, .usage)
            case .link(let failure): throw Failure(failure.description, .unreachable)
            }
        }
        self.order = order
        self.reference = reference
        return (order, reference)
    }
}
