internal import Dispatch
internal import Foundation
internal import GatewayLink
internal import HotPath
internal import PayHub
internal import Readers
internal import Secrets
internal import Settings
internal import Timeline
internal import Values

/// A lane in this process: an attached reader, the hot path, and the gateway in the guest.
internal final class Till {
    private let gateway: Gateway
    private let merchant: Merchant
    private let handOff = SwipeHandOff()
    private let source: WatchedSource
    private let thread: ReaderThread
    private var path: HotPath
    private var sequence: UInt64 = 0

    init(_ bench: Bench, _ reader: any ReportSource, profile: ReaderProfile) throws {
        gateway = try Gateway(bench)
        let settings = try Settings(contentsOf: gateway.configuration)
        guard let url = settings.gateway, let tokenFile = settings.tokenFile,
            let authority = settings.certificateAuthority,
            let organization = settings.organization, let terminal = settings.terminal
        else { throw GuestFault("the gateway has written no settings") }
        merchant = Merchant(organizationID: organization, terminalID: terminal)
        let endpoint = try GatewayEndpoint(url: url)
        let context = try LinkContext(endpoint: endpoint, trust: .file(path: authority))
        let arena = try SecretArena()
        var token = try arena.take(capacity: Limits.tokenBytesMaximum)
        try SecretFile.read(tokenFile, into: &token, maximum: Limits.tokenBytesMaximum)
        let time = SystemTime()
        var setup = HotPath.Setup(endpoint: endpoint)
        // The guest's processor is imitated, and TLS takes its time on it.
        setup.deadlines.answerMilliseconds = Int(Patience.seconds) * 1000
        path = try HotPath(setup, context: context, token: token, arena: arena, time: time)
        source = WatchedSource(reader)
        thread = ReaderThread(source, to: handOff, time: time)
        try thread.start(profile: profile, arena: arena)
    }

    /// A sale of $12.75 with so many tries, as a cashier does after a bad swipe: what happens at
    /// the reader in each, and the outcomes.
    func sale(_ swipes: [() throws -> Void]) throws -> [Outcome] {
        sequence += 1
        let reference = PaymentReference(lane: 1, journal: 1, sequence: sequence)
        try path.arm(
            PaymentOrder(
                operation: .sale, merchant: merchant, amount: try Amount(parsing: "12.75"),
                reference: reference))
        return try swipes.map { swipe in
            handOff.want()
            try source.waitForRead()
            try swipe()
            defer { path.rest() }
            return path.submit(try take(), inHand: SystemTime().now()).outcome
        }
    }

    /// Ends the reader's thread; its source must have ended.
    func end() {
        handOff.close()
        thread.join()
    }

    private func take() throws -> GatheredSwipe {
        let limit = DispatchWorkItem { [handOff] in handOff.close() }
        DispatchQueue.global().asyncAfter(deadline: .now() + Patience.seconds, execute: limit)
        defer { limit.cancel() }
        guard let swipe = handOff.take() else { throw GuestFault("no swipe came") }
        return swipe
    }
}

/// A source that tells when it is read.
private final class WatchedSource: ReportSource {
    let source: any ReportSource
    private let reads = DispatchSemaphore(value: 0)

    init(_ source: any ReportSource) { self.source = source }

    var device: HIDDevice { source.device }

    func read(into report: inout SecretBytes, until deadline: Moment?) -> ReportReading {
        guard deadline == nil else { return source.read(into: &report, until: deadline) }
        // Whoever reads now, listens: what comes next is not dropped.
        let first = source.read(into: &report, until: SystemTime().now())
        reads.signal()
        return first == .timedOut ? source.read(into: &report, until: nil) : first
    }

    /// Waits until a swipe is waited for.
    func waitForRead() throws {
        guard reads.wait(timeout: .now() + Patience.seconds) == .success else {
            throw GuestFault("nobody reads")
        }
    }
}
