internal import Synchronization
internal import Values

/// Gives every card its token, 16 digits beginning 9999, without keeping a card number: a card is
/// known by a hash keyed with random bytes of this run.
internal final class TokenVault: Sendable {
    private struct State {
        var tokens: [[UInt8]: String] = [:]
        var cards: [String: KnownCard] = [:]
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
            let count = String(state.cards.count + 1)
            let token = "9999" + String(repeating: "0", count: 12 - count.utf8.count) + count
            state.tokens[hash] = token
            state.cards[token] = KnownCard(identity: identity)
            return token
        }
    }

    /// The card of a token, `nil` when the token was never given.
    func card(of token: String) -> KnownCard? { state.withLock { $0.cards[token] } }

    /// Remembers the expiry that a payment showed.
    func remember(_ expiry: CardMonth, of token: String) {
        state.withLock { $0.cards[token]?.expiry = expiry }
    }
}
