internal import Histogram
internal import Timeline

/// The distribution of each stage's times.
internal struct StageHistograms {
    private static let stages: [(name: String, time: @Sendable (StageTimes) -> UInt64?)] = [
        ("hand-off", { $0.handOff }), ("decode", { $0.decode }), ("build", { $0.build }),
        ("send", { $0.send }),
        ("1st byte", { $0.firstByte }), ("answer", { $0.answer }), ("total", { $0.total }),
    ]
    private var histograms = stages.map { _ in
        Histogram<UInt32>(
            highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)
    }

    mutating func record(_ times: StageTimes) {
        for (index, stage) in Self.stages.enumerated() {
            if let value = stage.time(times) { histograms[index].record(value) }
        }
    }

    /// Lines for people: p50, p99 and the maximum of each stage.
    var table: [String] {
        var lines = [
            Terminal.paint(
                Terminal.pad("stage", 12)
                    + ["p50", "p99", "max"].map { Terminal.pad($0, 12, right: true) }.joined(),
                .bold)
        ]
        for (stage, histogram) in zip(Self.stages, histograms) {
            let values = [
                histogram.valueAtPercentile(50), histogram.valueAtPercentile(99), histogram.max,
            ]
            let figures = values.map {
                Terminal.pad(PaymentTable.microseconds($0), 12, right: true)
            }
            lines.append(Terminal.pad(stage.name, 12) + figures.joined())
        }
        return lines
    }
}
