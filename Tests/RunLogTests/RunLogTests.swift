import Foundation
import RunLog
import Testing

/// A long run goes on where it was ended.
@Suite final class RunLogTests {
    private let path = "\(NSTemporaryDirectory())run-log-\(UUID().uuidString)"

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @Test func `what was tried is known to the next run`() throws {
        let first = try RunLog(path, programs: "one")
        #expect(first.outcome(of: "sale|1") == nil)
        first.note("sale|1", "met: a, b")
        #expect(first.outcome(of: "sale|1") == "met: a, b")
        let second = try RunLog(path, programs: "one")
        #expect(second.outcome(of: "sale|1") == "met: a, b")
        #expect(second.outcome(of: "sale|2") == nil)
    }

    @Test func `a line that was cut off is tried again`() throws {
        try Data("programs\tone\nsale|1\tmet: a\nsale|2\tme".utf8)
            .write(to: URL(fileURLWithPath: path))
        let log = try RunLog(path, programs: "one")
        #expect(log.outcome(of: "sale|1") == "met: a")
        #expect(log.outcome(of: "sale|2") == nil)
        log.note("sale|3", "met: c")
        #expect(try RunLog(path, programs: "one").outcome(of: "sale|3") == "met: c")
    }

    @Test func `the log of another build is refused`() throws {
        try RunLog(path, programs: "one").note("sale|1", "met: a")
        #expect(throws: RunLog.Fault.self) { try RunLog(path, programs: "two") }
    }

    @Test func `a log that is kept nowhere knows its own run`() throws {
        let log = try RunLog(nil)
        log.note("sale|1", "met: a")
        #expect(log.outcome(of: "sale|1") == "met: a")
    }

    @Test func `a folder is no log`() {
        #expect(throws: RunLog.Fault.self) { try RunLog(NSTemporaryDirectory()) }
    }
}
