package import Values

/// A moment, and how far the gateway's local time is ahead of UTC.
package struct Timestamp: Equatable, Sendable, Codable {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    package let milliseconds: Int
    /// Minutes by which local time is ahead of UTC.
    package let offsetMinutes: Int

    private static let dayMilliseconds = 86_400_000

    /// A moment.
    package init(milliseconds: Int, offsetMinutes: Int = 0) {
        self.milliseconds = milliseconds
        self.offsetMinutes = offsetMinutes
    }

    /// A local time of a day.
    package init(day: CivilDate, millisecondOfDay: Int, offsetMinutes: Int = 0) {
        self.init(
            milliseconds: day.daysSinceEpoch * Self.dayMilliseconds + millisecondOfDay
                - offsetMinutes * 60_000,
            offsetMinutes: offsetMinutes)
    }

    /// Reads "2015-05-19 12:58:09", a local time; `nil` when it is none.
    package init?(localText text: String, offsetMinutes: Int) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let day = CivilDate(iso8601: String(parts[0])),
            let time = TimeOfDay(seconds: String(parts[1]))
        else { return nil }
        self.init(
            day: day, millisecondOfDay: time.milliseconds, offsetMinutes: offsetMinutes)
    }

    private var localMilliseconds: Int { milliseconds + offsetMinutes * 60_000 }

    private var localDays: Int {
        let days = localMilliseconds / Self.dayMilliseconds
        return localMilliseconds < days * Self.dayMilliseconds ? days - 1 : days
    }

    /// The local day.
    package var day: CivilDate { CivilDate(daysSinceEpoch: localDays) }

    /// Milliseconds since local midnight, 0 to 86,399,999.
    package var millisecondOfDay: Int { localMilliseconds - localDays * Self.dayMilliseconds }

    /// The moment so many milliseconds later.
    package func adding(milliseconds more: Int) -> Timestamp {
        Timestamp(milliseconds: milliseconds + more, offsetMinutes: offsetMinutes)
    }

    /// The latest moment, not after this one, with this local time of day.
    package func latest(_ time: TimeOfDay) -> Timestamp {
        let today = Timestamp(
            day: day, millisecondOfDay: time.milliseconds, offsetMinutes: offsetMinutes)
        return today.milliseconds <= milliseconds
            ? today : today.adding(milliseconds: -Self.dayMilliseconds)
    }

    /// The first moment after this one with this local time of day.
    package func next(_ time: TimeOfDay) -> Timestamp {
        latest(time).adding(milliseconds: Self.dayMilliseconds)
    }

    private var time: String {
        let seconds = millisecondOfDay / 1000
        return [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { Self.padded($0, 2) }.joined(separator: ":")
    }

    private var zone: String {
        let minutes = abs(offsetMinutes)
        let sign = offsetMinutes < 0 ? "-" : "+"
        return "\(sign)\(Self.padded(minutes / 60, 2)):\(Self.padded(minutes % 60, 2))"
    }

    /// The form of `createdAt`: "2015-05-19T12:58:09.863-03:00".
    package var withOffset: String {
        "\(day.iso8601)T\(time).\(Self.padded(millisecondOfDay % 1000, 3))\(zone)"
    }

    /// The form of `saleDateTime`: "2015-05-19 12:58:09", local time without a zone.
    package var withoutZone: String { "\(day.iso8601) \(time)" }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A time of the day.
public struct TimeOfDay: Equatable, Sendable {
    /// Milliseconds since midnight.
    package let milliseconds: Int

    /// Reads "23:59"; `nil` when it is none.
    public init?(_ text: String) { self.init(seconds: text + ":00") }

    /// Reads "23:59:30"; `nil` when it is none.
    internal init?(seconds text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3,
            parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
            ),
            let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Int(parts[2]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        milliseconds = ((hour * 60 + minute) * 60 + second) * 1000
    }
}
