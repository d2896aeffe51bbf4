internal import Foundation
package import Values

/// The time that the emulator's answers carry, in UTC; tests and samples set the day.
package protocol GatewayClock: Sendable {
    /// This moment.
    func now() -> Timestamp
}

/// The system's time, on a day of the calendar that may be fixed.
package struct SystemGatewayClock: GatewayClock {
    private let day: CivilDate?

    /// The system's time; with `day`, the time of day runs on and the day stays.
    package init(day: CivilDate? = nil) { self.day = day }

    /// This moment.
    package func now() -> Timestamp {
        let milliseconds = Int((Date().timeIntervalSince1970 * 1000).rounded(.down))
        let today = CivilDate(daysSinceEpoch: milliseconds / 86_400_000)
        return Timestamp(day: day ?? today, millisecondOfDay: milliseconds % 86_400_000)
    }
}

/// A day and the time on it, in UTC.
package struct Timestamp: Equatable, Sendable {
    /// The day.
    package let day: CivilDate
    /// Milliseconds since midnight, 0 to 86,399,999.
    package let millisecondOfDay: Int

    /// A moment of a day.
    package init(day: CivilDate, millisecondOfDay: Int) {
        self.day = day
        self.millisecondOfDay = millisecondOfDay
    }

    private var date: String {
        "\(Self.padded(day.year, 4))-\(Self.padded(day.month, 2))-\(Self.padded(day.day, 2))"
    }

    private var time: String {
        let seconds = millisecondOfDay / 1000
        return [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { Self.padded($0, 2) }.joined(separator: ":")
    }

    /// The form of `createdAt`: "2015-05-19T12:58:09.863+00:00".
    package var withOffset: String {
        "\(date)T\(time).\(Self.padded(millisecondOfDay % 1000, 3))+00:00"
    }

    /// The form of `saleDateTime`: "2015-05-19 12:58:09", without a zone.
    package var withoutZone: String { "\(date) \(time)" }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
