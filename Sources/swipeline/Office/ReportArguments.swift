internal import ArgumentParser
internal import PayHub
internal import Values

/// A value of a filter, or one that is to be left out: `not:Void`.
internal struct Choice: ExpressibleByArgument, Sendable {
    let text: String
    let isExcluded: Bool

    init?(argument: String) {
        isExcluded = argument.hasPrefix("not:")
        text = isExcluded ? String(argument.dropFirst("not:".count)) : argument
        guard !text.isEmpty else { return nil }
    }

    /// What the values of a flag mean together; `nil` without any.
    /// - Throws: ``Failure`` with exit code 2.
    static func choice<Value>(
        _ choices: [Choice], _ flag: String, _ read: (String) -> Value?
    ) throws -> ReportChoice<Value>? {
        guard let first = choices.first else { return nil }
        guard choices.allSatisfy({ $0.isExcluded == first.isExcluded }) else {
            throw Failure(
                "\(flag): either say which are meant, or with not: which are not", .usage)
        }
        let values = try choices.map { choice in
            guard let value = read(choice.text) else {
                throw Failure("\(flag): \(choice.text) cannot be one; see report --help", .usage)
            }
            return value
        }
        return first.isExcluded ? .none(of: values) : .any(of: values)
    }
}

/// Bounds that belong to what is asked for: the gateway is asked for one more on either side.
internal enum Bound {
    /// - Throws: ``Failure`` with exit code 2.
    static func asked<Value: Comparable>(
        _ bounds: (lower: Int?, upper: Int?), _ flag: String, lowest: Int = 0,
        _ make: (Int) -> Value?
    ) throws -> ReportRange<Value>? {
        if let lower = bounds.lower, let upper = bounds.upper {
            guard lower <= upper else { throw Failure("\(flag) is over its end", .usage) }
            guard let least = make(max(lowest, lower - 1)),
                let most = make(upper + 1) ?? make(upper)
            else { return nil }
            return ReportRange(least...most)
        }
        // More than nothing is everything; then the bound itself is enough.
        if let lower = bounds.lower { return make(max(lowest, lower - 1)).map { .above($0) } }
        return bounds.upper.flatMap { make($0 + 1) ?? make($0) }.map { .below($0) }
    }
}

/// `12.75`, 0.00 included.
internal struct DollarArgument: ExpressibleByArgument, Sendable {
    let cents: Int

    init?(argument: String) {
        if argument == "0.00" {
            cents = 0
            return
        }
        guard let amount = try? Amount(parsing: argument) else { return nil }
        cents = amount.cents
    }
}

/// A day, or a moment of it, of the gateway's own time.
internal struct MomentArgument: ExpressibleByArgument, Sendable {
    /// The first and the last moment that it may mean.
    let lower: GatewayTime
    let upper: GatewayTime

    init?(argument: String) {
        if CivilDate(iso8601: argument) != nil, let first = GatewayTime("\(argument) 00:00:00"),
            let last = GatewayTime("\(argument) 23:59:59")
        {
            (lower, upper) = (first, last)
        } else if let moment = GatewayTime(argument), moment.seconds != nil {
            (lower, upper) = (moment, moment)
        } else {
            return nil
        }
    }
}

extension GatewayTime {
    /// Seconds since 1970 by its own zone; `nil` when the calendar or the clock has it not.
    internal var seconds: Int? {
        let parts = text.split(separator: " ")
        guard let day = CivilDate(iso8601: String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        guard clock[0] < 24, clock[1] < 60, clock[2] < 60 else { return nil }
        return day.daysSinceEpoch * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// Bounds that belong to what is asked for: a second more on either side.
    internal static func range(
        _ lower: GatewayTime?, _ upper: GatewayTime?
    ) -> ReportRange<GatewayTime>? {
        let before = lower?.seconds.flatMap { GatewayTime(seconds: $0 - 1) }
        let after = upper?.seconds.flatMap { GatewayTime(seconds: $0 + 1) }
        return switch (before, after) {
        case (let before?, let after?): ReportRange(before...after)
        case (let before?, nil): .above(before)
        case (nil, let after?): .below(after)
        case (nil, nil): nil
        }
    }

    /// The moments that divide a time into stretches of so many days.
    internal static func stretches(
        from lower: GatewayTime, to upper: GatewayTime, days: Int
    ) -> [GatewayTime] {
        guard let first = lower.seconds, let last = upper.seconds, first < last else {
            return [lower, upper]
        }
        let inner = stride(from: first, to: last, by: days * 86_400).dropFirst()
        return [lower] + inner.compactMap { GatewayTime(seconds: $0) } + [upper]
    }
}
