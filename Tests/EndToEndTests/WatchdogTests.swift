import Foundation
import OwnThreads
import Testing
import TillPrograms

/// What systemd is told by a daemon whose lane hangs while the rest of it lives.
@Suite(.blocks, .timeLimit(.minutes(3))) struct WatchdogTests {
    @Test func `no sign of life goes to systemd while the lane's thread is held`() async throws {
        let emulator = try RunningEmulator()
        defer { emulator.stop() }
        let folder = try Scratch()
        let systemd = try NotifySocket("\(folder.url.path)/notify.sock")
        let holder = Programs.folder.appendingPathComponent("hold-thread").path
        let service = try RunningService(
            folder: folder.url.path, configuration: try emulator.configuration(),
            environment: ["NOTIFY_SOCKET": systemd.path, "WATCHDOG_USEC": "300000"],
            behind: [holder, "swipeline-lane"])
        // Signs of life may come before all doors are open.
        var isReady = false
        while !isReady { isReady = try #require(systemd.next(seconds: 60)).contains("READY=1") }
        for _ in 0..<5 { #expect(systemd.next(seconds: 30) == "WATCHDOG=1") }

        kill(service.processIdentifier, SIGUSR1)
        try await service.waitUntilHeld("swipeline-lane")
        // The lane's promise holds for 20 s; signs come every 100 ms until then, and no longer.
        var signs = 0
        while let word = systemd.next(seconds: 5) {
            try Task.checkCancellation()
            #expect(word == "WATCHDOG=1")
            signs += 1
            guard signs < 400 else { break }
        }
        #expect(signs < 400, "signs of life came for over half a minute")
        // Only the lane hangs: the doors are open, and health is told by another thread.
        #expect(try service.ask("GET", "/v1/health")["lane"] as? String == "ready")
        #expect(systemd.next(seconds: 5) == nil)
    }
}

/// A socket that systemd would listen on.
private final class NotifySocket {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.utf8.enumerated() { unsafe room[index] = byte }
        }
        let code = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(code == 0)
    }

    /// The next message; `nil` when none comes for so long.
    func next(seconds: Int) -> String? {
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var room = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(descriptor, &room, room.count, 0)
        return count > 0 ? String(decoding: room[..<count], as: UTF8.self) : nil
    }

    deinit { close(descriptor) }
}

extension RunningService {
    /// Waits until the thread of this name stands still under its tracer.
    fileprivate func waitUntilHeld(_ name: String) async throws {
        var isHeld = false
        while !isHeld {
            try Task.checkCancellation()
            isHeld = try threads().contains { $0.name == name && $0.isTraced }
        }
        #expect(try threads().contains { $0.name != name && !$0.isTraced })
    }

    /// The daemon's threads: it is the only child of what it runs behind.
    private func threads() throws -> [(name: String, isTraced: Bool)] {
        let parent = "/proc/\(processIdentifier)/task/\(processIdentifier)/children"
        let child = try String(contentsOfFile: parent, encoding: .utf8)
            .trimmingCharacters(in: .whitespaces)
        let tasks = "/proc/\(child)/task"
        return try FileManager.default.contentsOfDirectory(atPath: tasks).map { thread in
            let text = try String(contentsOfFile: "\(tasks)/\(thread)/status", encoding: .utf8)
            let lines = text.split(separator: "\n")
            let name = lines.first { $0.hasPrefix("Name:") }?.dropFirst(6) ?? ""
            return (String(name), lines.contains { $0.hasPrefix("State:\tt") })
        }
    }
}
