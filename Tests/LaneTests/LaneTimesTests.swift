import Lane
import Testing

@Suite struct LaneTimesTests {
    @Test func `the times of the protocol are above the floors`() {
        #expect(LaneTimes().belowFloor == nil)
    }
}
