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

    /// Replays a recording, each of its swipes one payment.
    /// - Throws: ``Failure`` when the recording is broken or the gateway cannot be reached.
    mutating func replay(
        _ file: String, as operation: PaymentOperation, amount: Amount,
        pace: ReplayPace = .fullSpeed, each: (Line) -> Void
    ) throws {
        let (source, profile) = try Self.open(file, pace: pace, time: time)
        let handOff = SwipeHandOff()
        let thread = ReaderThread(source, to: handOff, time: time)
        try thread.start(profile: profile, arena: arena)
        defer {
            handOff.close()
            thread.join()
        }
        var swipe = 0
        while true {
            let (order, reference) = try arm(operation, amount)
            handOff.want()
            guard let gathered = handOff.take() else { break }
            let inHand = time.now()
            swipe += 1
            let report = path.submit(gathered, inHand: inHand)
            each(
                Line(
                    file: file, swipe: swipe, operation: order.operation, amount: amount,
                    reference: reference, report: report))
        }
        try Self.check(handOff.ending, file: file, swipes: swipe)
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

    private static func open(
        _ file: String, pace: ReplayPace, time: SystemTime
    ) throws -> (ReplaySource, ReaderProfile) {
        do {
            let recording = try HIDRecording(contentsOf: file)
            let source = try ReplaySource(recording, pace: pace, time: time)
            return (source, try ReaderCatalogue.profile(for: source.device))
        } catch let fault as RecordingFault {
            throw Failure("\(file): \(fault)", .usage)
        } catch let fault as ReaderFault {
            throw Failure("\(file): \(fault)", .usage)
        }
    }

    private static func check(_ ending: ReaderEnding?, file: String, swipes: Int) throws {
        switch ending {
        case .failed(.brokenRecording(let line)):
            throw Failure(
                "\(file): line \(line) is broken; record it again or mend the line", .usage)
        case .failed(.reportTooLong):
            throw Failure(
                "\(file): a report is longer than its descriptor allows; record it again", .usage)
        case .failed(.removed):
            throw Failure("the reader was unplugged; plug it in again", .unreachable)
        case .outOfMemory:
            throw Failure("no locked memory is left for another swipe", .internalFault)
        case .finished, nil:
            guard swipes > 0 else {
                throw Failure("\(file): the recording has no swipe in it", .usage)
            }
        }
    }
}
