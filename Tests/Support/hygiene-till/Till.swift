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

    /// Takes one payment: `pay FILE`, `stop FILE`, `remove FILE`, `unsent FILE`,
    /// `crash:KIND:POINT FILE`, or with a card that is asked for at the terminal: `keyed`, `token`.
    /// - Returns: what became of it, in one word.
    mutating func obey(_ line: String) throws -> String {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        if words.count == 1 { return try payInHand(isToken: words[0] == "token") }
        let order = words[0].split(separator: ":").map(String.init)
        if order[0] == "crash" { time.willBreak(order[1], at: Int(order[2]) ?? 0) }
        let manner = ReplayInPart.Manner(rawValue: order[0]) ?? .whole
        let word = try pay(words[1], manner, isSent: order[0] != "unsent")
        time.holds()
        return word
    }

    private mutating func nextOrder() throws -> PaymentOrder {
        sequence += 1
        return PaymentOrder(
            operation: .sale, merchant: merchant, amount: try Amount(cents: 1275),
            reference: PaymentReference(lane: 1, journal: 7, sequence: sequence))
    }

    /// As the commands do: the person types before the path is armed.
    private mutating func payInHand(isToken: Bool) throws -> String {
        let card: CardInHand
        do { card = try Self.card(isToken: isToken) } catch { return "refused" }
        do { try path.arm(try nextOrder()) } catch { return "notArmed" }
        let outcome = path.submit(card, inHand: time.now()).outcome
        path.disarm()
        return "\(outcome)".prefix { $0.isLetter }.description
    }

    private static func card(isToken: Bool) throws -> CardInHand {
        let arena = try SecretArena(blocks: 3)
        if isToken { return try CardInHand(token: try ask(arena, .word, "token", 64)) }
        let number = try ask(arena, .digits, "number", 19)
        let expiry = try ask(arena, .digits, "expiry", 4)
        let code = try ask(arena, .digits, "code", 4)
        return try CardInHand(
            keyed: KeyedCard(number: number, expiry: expiry, cvv: code),
            on: CivilDate(year: 2026, month: 11, day: 21))
    }

    private static func ask(
        _ arena: SecretArena, _ form: SecretPrompt.Form, _ what: String, _ maximum: Int
    ) throws -> SecretBytes {
        var bytes = try arena.take(capacity: maximum)
        try SecretPrompt.read(form, into: &bytes, maximum: maximum) { say(what) }
        return bytes
    }

    private mutating func pay(
        _ file: String, _ manner: ReplayInPart.Manner, isSent: Bool
    ) throws -> String {
        let order = try nextOrder()
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
