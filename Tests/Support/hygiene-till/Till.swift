internal import Foundation
internal import GatewayLink
internal import HotPath
internal import PayHub
internal import Readers
internal import Recordings
internal import Secrets
internal import Settings
internal import Timeline
internal import Values

/// Payments through the product's modules, as `swipeline replay` takes them.
struct Till: ~Copyable {
    private let arena: SecretArena
    private let time = TimeThatBreaks()
    private let merchant: Merchant
    private var path: HotPath
    private var sequence: UInt64 = 0

    /// A till against the gateway of a folder with `swipeline.json`.
    init(_ folder: String) throws {
        let settings = try Settings(contentsOf: folder)
        let endpoint = try GatewayEndpoint(url: settings.gateway ?? "")
        let context = try LinkContext(
            endpoint: endpoint, trust: .file(path: settings.certificateAuthority ?? ""))
        let arena = try SecretArena()
        let path = try Self.path(
            to: endpoint, context, settings.tokenFile ?? "", arena: arena, time: time)
        self.arena = arena
        self.path = path
        merchant = Merchant(
            organizationID: settings.organization ?? 0, terminalID: settings.terminal ?? 0)
    }

    private static func path(
        to endpoint: GatewayEndpoint, _ context: LinkContext, _ tokenFile: String,
        arena: SecretArena, time: TimeThatBreaks
    ) throws -> HotPath {
        var token = try arena.take(capacity: Limits.tokenBytesMaximum)
        try SecretFile.read(tokenFile, into: &token, maximum: Limits.tokenBytesMaximum)
        var setup = HotPath.Setup(endpoint: endpoint)
        setup.deadlines = LinkDeadlines(
            connectMilliseconds: 5000, sendMilliseconds: 5000, answerMilliseconds: 100)
        return try HotPath(setup, context: context, token: token, arena: arena, time: time)
    }

    /// Takes one payment: `pay FILE`, `stop FILE`, `remove FILE`, `unsent FILE`, or
    /// `crash:KIND:POINT FILE`.
    /// - Returns: what became of it, in one word.
    mutating func obey(_ line: String) throws -> String {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let order = words[0].split(separator: ":").map(String.init)
        if order[0] == "crash" { time.willBreak(order[1], at: Int(order[2]) ?? 0) }
        let manner = ReplayInPart.Manner(rawValue: order[0]) ?? .whole
        let word = try pay(words[1], manner, isSent: order[0] != "unsent")
        time.holds()
        return word
    }

    private mutating func pay(
        _ file: String, _ manner: ReplayInPart.Manner, isSent: Bool
    ) throws -> String {
        sequence += 1
        let order = PaymentOrder(
            operation: .sale, merchant: merchant, amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 7, sequence: sequence))
        do { try path.arm(order) } catch { return "notArmed" }
        let recording = try HIDRecording(contentsOf: file)
        let source = try ReplayInPart(recording, manner, time: time)
        let handOff = SwipeHandOff()
        let thread = ReaderThread(source, to: handOff, time: time)
        try thread.start(
            profile: try ReaderCatalogue.profile(for: source.device), arena: arena)
        defer {
            handOff.close()
            source.letGo()
            thread.join()
        }
        handOff.want()
        if manner == .stop {
            source.waitUntilInPart()
            path.disarm()
            return "givenUp"
        }
        guard let gathered = handOff.take() else {
            path.disarm()
            return "noSwipe"
        }
        let outcome = path.submit(gathered, inHand: time.now(), willSend: { isSent }).outcome
        path.disarm()
        return "\(outcome)".prefix { $0.isLetter }.description
    }
}
