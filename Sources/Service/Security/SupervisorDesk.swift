internal import Foundation
internal import Synchronization
public import Timeline

/// Who may give money back: whoever knows the supervisor's code, for some minutes at a time.
public final class SupervisorDesk: Sendable {
    /// What came of a try.
    enum Answer: Equatable, Sendable {
        /// The token that stands for the supervisor from now on.
        case token(String)
        case wrong
        /// Too many wrong tries; how many seconds it lasts.
        case locked(seconds: Int)
        /// No code was set.
        case none
    }

    private struct State {
        var wrongTries = 0
        var lockedUntil: Moment?
        var tokens: [(token: KeptToken, until: Moment)] = []
    }

    /// How long a token lasts, in milliseconds.
    static let tokenMilliseconds = 300_000
    /// After so many wrong tries in a row no code is taken for a while.
    static let wrongTriesMaximum = 5
    /// How long, in milliseconds.
    static let lockMilliseconds = 300_000

    private let state = Mutex(State())
    private let path: String
    private let time: any TimeSource

    /// A desk with the code in this file; the file is read at each try, so that a new code holds
    /// at once.
    public init(file path: String, time: any TimeSource) {
        self.path = path
        self.time = time
    }

    /// Tries a code.
    func admit(_ code: String) -> Answer {
        let now = time.now()
        guard let kept = SupervisorCode(contentsOf: path) else { return .none }
        // Each try counts before it is judged, so that many at once are no more than one by one.
        if let until = state.withLock({ Self.count(&$0, now) }) {
            return .locked(seconds: Int(until.since(now) / 1_000_000_000) + 1)
        }
        guard kept.matches(code) else { return .wrong }
        return state.withLock { state in
            state.wrongTries = 0
            state.lockedUntil = nil
            let token = Random.token()
            state.tokens.removeAll { $0.until <= now }
            let until = now.adding(milliseconds: Self.tokenMilliseconds)
            state.tokens.append((KeptToken(token), until))
            if state.tokens.count > 8 { state.tokens.removeFirst() }
            return .token(token)
        }
    }

    /// Counts a try; until when none is taken, if that is so.
    private static func count(_ state: inout State, _ now: Moment) -> Moment? {
        if let until = state.lockedUntil {
            if now < until { return until }
            state.lockedUntil = nil
        }
        state.wrongTries += 1
        if state.wrongTries >= wrongTriesMaximum {
            state.wrongTries = 0
            state.lockedUntil = now.adding(milliseconds: lockMilliseconds)
        }
        return nil
    }

    /// Whether a token stands for the supervisor.
    func isSupervisor(_ token: String) -> Bool {
        let now = time.now()
        return state.withLock { state in
            state.tokens.removeAll { $0.until <= now }
            return state.tokens.contains { $0.token.isSame(as: token) }
        }
    }
}

/// The supervisor's code as it is kept: a salt, a number of rounds and what they make of it.
public struct SupervisorCode: Equatable, Sendable, Codable {
    private let salt: String
    private let rounds: Int
    private let key: String

    /// How often the code is hashed.
    private static let roundsOfNew = 310_000
    /// The shortest code.
    public static let lengthMinimum = 6
    /// The longest.
    public static let lengthMaximum = 64

    /// What is kept of a new code; `nil` when it is too short or too long.
    public init?(_ code: String) {
        guard (Self.lengthMinimum...Self.lengthMaximum).contains(code.utf8.count) else {
            return nil
        }
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        guard let key = Calls.derive(code, salt: salt, rounds: Self.roundsOfNew) else {
            return nil
        }
        self.salt = Random.hex(salt)
        self.key = Random.hex(key)
        rounds = Self.roundsOfNew
    }

    /// Reads the file; `nil` when it is not there, is open to others, or is none of ours.
    public init?(contentsOf path: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0,
            let data = FileManager.default.contents(atPath: path),
            let code = try? JSONDecoder().decode(SupervisorCode.self, from: data)
        else { return nil }
        self = code
    }

    /// Writes it into a file that only its owner may read.
    /// - Throws: what the system says.
    public func write(to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Calls.place([UInt8](try JSONEncoder().encode(self)), at: path)
    }

    func matches(_ code: String) -> Bool {
        guard code.utf8.count <= Self.lengthMaximum, let salt = Random.bytes(salt),
            let key = Random.bytes(key), let made = Calls.derive(code, salt: salt, rounds: rounds)
        else { return false }
        return KeptToken.isSame(made, key)
    }
}
