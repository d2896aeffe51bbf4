/// How long a lane waits for what. All in milliseconds; the floors hold for every gateway that is
/// not on this machine.
public struct LaneTimes: Equatable, Sendable {
    /// After this no gateway commits a request any more (assumption A1).
    public var lateCommit = 170_000
    /// How late a report may show a charge (A2): the first empty read that counts comes so long
    /// after ``lateCommit``, and the second so long after the first.
    public var betweenReads = 30_000
    /// The first pause after a call that did not help; it doubles up to ``pauseMaximum``.
    public var pause = 1000
    /// The longest pause between two calls about one attempt.
    public var pauseMaximum = 60_000
    /// The longest pause while the gateway cannot be reached: a truth that it holds is known within
    /// five seconds of its return, and one that nobody hears is not burdened.
    static let pauseUnreached = 4000
    /// Between two sweeps.
    public var sweep = 900_000
    /// When the gateway settles, in milliseconds of the UTC day: a sweep comes so long before it
    /// that a doubt which it finds can still be voided. `nil`: only the periodic sweeps.
    public var settlement: Int?
    /// After this an attempt that is still open is an alarm.
    public var alarm = 900_000
    /// How long a lane stays armed without a card.
    public var card = 120_000
    /// In which a second swipe of the same card and amount is asked about.
    public var duplicate = 120_000
    /// Whether a full refund that is sent again answers "already refunded" (A7).
    public var refundsRepeat = true

    /// The times of the protocol.
    public init() {}

    /// The longest pause between two sweeps at a moment of the UTC day: no sweep later than ten
    /// minutes before the settlement, which leaves time for two reads of the report.
    func sweepPause(millisecondOfDay: Int) -> Int {
        guard let settlement else { return sweep }
        let day = 86_400_000
        let due = (settlement - 600_000 - millisecondOfDay) % day
        return min(sweep, due > 0 ? due : due + day)
    }

    /// The first time that is below what is safe with a gateway that is not on this machine.
    public var belowFloor: String? {
        let floors: [(String, Int, Int)] = [
            ("lateCommit", lateCommit, 150_000), ("betweenReads", betweenReads, 30_000),
            ("pause", pause, 500), ("pauseMaximum", pauseMaximum, 5000),
            ("sweep", sweep, 60_000), ("alarm", alarm, 60_000), ("card", card, 5000),
            ("duplicate", duplicate, 30_000),
        ]
        return floors.first { $0.1 < $0.2 }
            .map { "\($0.0) is \($0.1) ms; with a real gateway it must be at least \($0.2) ms" }
    }
}
