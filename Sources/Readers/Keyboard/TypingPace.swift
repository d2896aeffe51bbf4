internal import Timeline

/// What tells a reader's typing from a person's: the pace.
///
/// A reader types a key every 1 to 10 ms. People take more than 50 ms a key; two keys that roll
/// over each other may be faster, a row of them is not.
internal struct TypingPace: Sendable {
    /// Keys that come further apart than this are not one reader's, unless what came before has
    /// proved to be: a busy machine may hold up one key of a swipe.
    static let gapMillisecondsMaximum = 50
    /// The average of a swipe's keys: three times the slowest reader's, well below people's.
    static let averageMillisecondsMaximum = 30
    /// So many keys at that average prove a reader.
    static let provingKeys = 5

    private var first = Moment(nanoseconds: 0)
    private var last = Moment(nanoseconds: 0)
    private var keys = 0

    mutating func begin() { keys = 0 }

    mutating func take(at moment: Moment) {
        if keys == 0 { first = moment }
        last = moment
        keys += 1
    }

    /// True when a key at this moment goes on with what was typed before.
    func continues(at moment: Moment) -> Bool {
        !Self.isPause(from: last, to: moment) || keys >= Self.provingKeys && isOfReader
    }

    /// True when two keys are further apart than one reader's.
    static func isPause(from last: Moment, to moment: Moment) -> Bool {
        moment.since(last) > UInt64(gapMillisecondsMaximum) * 1_000_000
    }

    /// True when the keys came at a reader's pace.
    var isOfReader: Bool {
        let limit = UInt64(Self.averageMillisecondsMaximum) * 1_000_000
        return keys > 1 && last.since(first) <= UInt64(keys - 1) * limit
    }
}
