internal import Synchronization
internal import Values

/// Gives every card its token, 16 digits beginning 9999, without keeping a card number: a card is
/// known by a hash keyed with random bytes of this run.
internal final class TokenVault: Sendable {
    private struct State {
        var tokens: [[UInt8]: String] = [:]
        var cards: [String: KnownCard] = [:]
        var lastNumber = 0
    }

    /// What a token stands for.
    struct KnownCard: Sendable {
        let identity: CardIdentity
        var expiry: CardMonth?
    }

    private let key: [UInt8]
    private let state = Mutex(State())

    init() {
        key = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    }

    /// The token of the card with these bytes (a number, or what a reader shows of it).
    func token(for card: Span<UInt8>, _ identity: CardIdentity) throws(EmulatorError) -> String {
        let hash = try Calls.keyedHash(of: card, key: key)
        return state.withLock { state in
            if let token = state.tokens[hash] { return token }
            state.lastNumber += 1
            let number = String(state.lastNumber)
            let token = "9999" + String(repeating: "0", count: 12 - number.utf8.count) + number
            state.tokens[hash] = token
            state.cards[token] = KnownCard(identity: identity)
            return token
        }
    }

    /// The card of a token, `nil` when the token was never given.
    func card(of token: String) -> KnownCard? { state.withLock { $0.cards[token] } }

    /// Knows a card of an earlier run by its token. Its number is not known again: the key of
    /// the hashes is gone with that run, and the card will get another token.
    func restore(_ card: CardIdentity, as token: String) {
        state.withLock { state in
            state.cards[token] = KnownCard(identity: card)
            state.lastNumber = max(state.lastNumber, Int(token.suffix(12)) ?? 0)
        }
    }

    /// Remembers the expiry that a payment showed.
    func remember(_ expiry: CardMonth, of token: String) {
        state.withLock { $0.cards[token]?.expiry = expiry }
    }
}
