internal import Values

/// The pauses between tries, in milliseconds: none, 20, 40 and so on up to the limit.
internal struct Backoff: Equatable {
    private var pause = 0

    /// The pause before the next try.
    mutating func next() -> Int {
        defer { pause = min(max(20, pause * 2), Limits.readerPauseMillisecondsMaximum) }
        return pause
    }

    /// Begins anew, when something worked.
    mutating func reset() { pause = 0 }
}
