import Journal
import OwnThreads
import Testing
import Timeline

@testable import Lane

typealias LaneTime = any WritableKeyPath<LaneTimes, Int> & Sendable

@Suite(.blocks) struct LaneTimesTests {
    @Test func `the times of the protocol are above the floors`() {
        #expect(LaneTimes().belowFloor == nil)
    }

    @Test(
        arguments: [
            ("lateCommit", \LaneTimes.lateCommit, 150_000),
            ("betweenReads", \.betweenReads, 30_000),
            ("pause", \.pause, 500), ("pauseMaximum", \.pauseMaximum, 5000),
            ("sweep", \.sweep, 60_000), ("alarm", \.alarm, 60_000), ("card", \.card, 5000),
            ("duplicate", \.duplicate, 30_000),
        ] as [(String, LaneTime, Int)])
    func `each time has its floor, and what lies below it is named`(
        name: String, path: LaneTime, floor: Int
    ) {
        var times = LaneTimes()
        times[keyPath: path] = floor
        #expect(times.belowFloor == nil)
        times[keyPath: path] = floor - 1
        #expect(times.belowFloor?.hasPrefix("\(name) is \(floor - 1) ms") == true)
    }

    @Test(arguments: [
        (0, 7_200_000 - 600_000), (6_600_000 - 1, 1), (6_600_000, 20_000_000),
        (86_399_999, 6_600_001),
    ])
    func `the last sweep before the settlement comes ten minutes before it`(
        ofDay: Int, pause: Int
    ) {
        var times = LaneTimes()
        times.sweep = 20_000_000
        times.settlement = 7_200_000
        #expect(times.sweepPause(millisecondOfDay: ofDay) == pause)
    }

    @Test func `a lane sweeps at its start, and again before the settlement`() {
        var setup = LaneMachine.Setup(lane: 1, journal: 1, incarnation: 1)
        setup.times.settlement = 700_000
        var lane = LaneMachine(
            setup, book: JournalBook(), now: Moment(nanoseconds: 0),
            wall: WallTime(milliseconds: 0))
        let day = Int64(86_400_000)
        let first = LaneCall.sweep(since: WallTime(milliseconds: -9 * day), unswiped: false)
        #expect(lane.start(latchWord: 0) == [.call(first)])
        let later = Moment(nanoseconds: 100_000_000_000)
        let answered = lane.handle(
            .called(first, .swept(.rows([]))), now: Moment(nanoseconds: 0),
            wall: WallTime(milliseconds: 0))
        #expect(answered.isEmpty)
        #expect(lane.nextWake == later)
        let due = lane.handle(.timePassed, now: later, wall: WallTime(milliseconds: 100_000))
        let since = WallTime(milliseconds: 100_000 - 9 * day)
        #expect(due == [.call(.sweep(since: since, unswiped: false))])
    }
}
