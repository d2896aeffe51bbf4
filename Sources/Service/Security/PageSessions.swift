internal import Synchronization
internal import Timeline

/// How a browser becomes the cashier's page: it gives the one-time code that an operator saw, and
/// keeps a cookie. Nothing of it outlives the process.
internal final class PageSessions: Sendable {
    private struct State {
        var code: (kept: KeptToken, until: Moment)?
        var wrongTries = 0
        var sessions: [(token: KeptToken, until: Moment)] = []
    }

    /// How long a pairing code may be used, in milliseconds.
    static let codeMilliseconds = 300_000
    /// A code is burnt after so many wrong tries.
    static let wrongTriesMaximum = 5
    /// How long a page stays paired, in milliseconds.
    static let sessionMilliseconds = 43_200_000
    /// Pages at once; the oldest goes for a new one.
    static let sessionsMaximum = 16

    private let state = Mutex(State())
    private let time: any TimeSource

    init(time: any TimeSource) { self.time = time }

    /// A new pairing code; the former one is void.
    func newCode() -> String {
        let code = Random.code()
        state.withLock { state in
            state.code = (KeptToken(code), time.now().adding(milliseconds: Self.codeMilliseconds))
            state.wrongTries = 0
        }
        return code
    }

    /// Pairs a page.
    /// - Returns: its session's token; `nil` when the code is wrong, used, burnt or too old.
    func pair(_ code: String) -> String? {
        state.withLock { state in
            guard let known = state.code, time.now() < known.until else {
                state.code = nil
                return nil
            }
            guard known.kept.isSame(as: code) else {
                state.wrongTries += 1
                if state.wrongTries >= Self.wrongTriesMaximum { state.code = nil }
                return nil
            }
            state.code = nil
            let token = Random.token()
            if state.sessions.count >= Self.sessionsMaximum { state.sessions.removeFirst() }
            state.sessions.append(
                (KeptToken(token), time.now().adding(milliseconds: Self.sessionMilliseconds)))
            return token
        }
    }

    /// Whether a token is that of a paired page.
    func isPaired(_ token: String) -> Bool {
        let now = time.now()
        return state.withLock { state in
            state.sessions.removeAll { $0.until <= now }
            return state.sessions.contains { $0.token.isSame(as: token) }
        }
    }

    /// Ends a page's session.
    func end(_ token: String) {
        state.withLock { state in
            state.sessions.removeAll { $0.token.isSame(as: token) }
        }
    }
}
