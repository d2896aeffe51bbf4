import Foundation
import OwnThreads
import Testing
import TillPrograms

@Suite(.blocks) struct DemoCommandTests {
    @Test func `the demo shows every recording, a summary and the stage times`() throws {
        let result = try Programs.swipeline("demo", "--swipes", "20")
        #expect(result.status == 0, "\(result.complaint)")
        for name in try ReplayCommandTests.fixtures() {
            #expect(result.complaint.contains(name), "\(name)")
        }
        #expect(result.complaint.contains("authorisations"))
        #expect(result.complaint.contains("p99"))
        #expect(!result.complaint.contains("4012881888818888"))
    }

    @Test func `the demo leaves no process and no folder behind`() throws {
        let marker = try Scratch()
        let result = try Programs.swipeline(
            "demo", "--swipes", "1", environment: ["TMPDIR": marker.url.path])
        #expect(result.status == 0, "\(result.complaint)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: marker.url.path).isEmpty)
        #expect(Self.processes(withEnvironment: marker.url.path).isEmpty)
    }

    @Test func `a folder without recordings is named`() throws {
        let result = try Programs.swipeline("demo", "--fixtures", "/nonexistent")
        #expect(result.status == 2)
        #expect(result.complaint.contains("--fixtures"))
    }

    /// The processes, ours not counted, whose environment has this text.
    private static func processes(withEnvironment text: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { Int32($0) != nil && Int32($0) != getpid() }.filter { process in
            let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ")
            return environment.map { $0.range(of: Data(text.utf8)) != nil } ?? false
        }
    }
}
