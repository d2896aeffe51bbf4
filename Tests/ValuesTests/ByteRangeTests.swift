import Testing
import Values

/// Where something stands.
@Suite struct ByteRangeTests {
    @Test(arguments: [
        (ByteRange(start: 2, count: 3), 2, 5, false), (ByteRange(2, upTo: 5), 2, 5, false),
        (ByteRange(start: 7, count: 0), 7, 7, true), (ByteRange(0, upTo: 0), 0, 0, true),
    ])
    func `knows its end and whether it is empty`(
        range: ByteRange, start: Int, end: Int, isEmpty: Bool
    ) {
        #expect(range.start == start && range.end == end && range.isEmpty == isEmpty)
        #expect(range.range == start..<end && range.count == end - start)
    }

    @Test func `bounds below zero stop the program`() async {
        await #expect(processExitsWith: .failure) { _ = ByteRange(start: -1, count: 1) }
        await #expect(processExitsWith: .failure) { _ = ByteRange(start: 1, count: -1) }
        await #expect(processExitsWith: .failure) { _ = ByteRange(3, upTo: 2) }
    }
}
