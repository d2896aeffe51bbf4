internal import Foundation
public import ServiceLifecycle
internal import Synchronization

/// Tells systemd that the service is ready, alive and ending, where systemd wants to know.
/// Source: sd_notify(3).
public struct SystemdNotifier: Service {
    private let socket: String?
    private let watchdogMilliseconds: Int?
    private let isAlive: @Sendable () -> Bool
    private let left: SharedCount

    /// A notifier that waits for so many doors to be open.
    /// - Parameters:
    ///   - doors: how many.
    ///   - isAlive: whether the lane's thread turns as it promised.
    public init(doors: Int, isAlive: @escaping @Sendable () -> Bool) {
        let environment = ProcessInfo.processInfo.environment
        socket = environment["NOTIFY_SOCKET"]
        watchdogMilliseconds = environment["WATCHDOG_USEC"].flatMap { Int($0) }.map { $0 / 1000 }
        self.isAlive = isAlive
        left = SharedCount(doors)
    }

    /// A door is open; the last one makes the service ready.
    public func listens() {
        if left.takeOne() == 0 { tell("READY=1\nSTATUS=The lane is open.") }
    }

    /// Tells systemd of the lane's life until the service ends.
    public func run() async throws {
        await withGracefulShutdownHandler {
            if let watchdogMilliseconds {
                let pause = Duration.milliseconds(max(100, watchdogMilliseconds / 3))
                try? await cancelWhenGracefulShutdown {
                    while !Task.isCancelled {
                        if isAlive() { tell("WATCHDOG=1") }
                        try await Task.sleep(for: pause)
                    }
                }
            } else {
                try? await gracefulShutdown()
            }
        } onGracefulShutdown: {
            tell("STOPPING=1\nSTATUS=A payment under way goes to its end.")
        }
    }

    private func tell(_ state: String) {
        if let socket { _ = Calls.send(state, toSocket: socket) }
    }
}

/// A number that goes down.
private final class SharedCount: Sendable {
    private let count: Mutex<Int>

    init(_ count: Int) { self.count = Mutex(count) }

    /// What is left after this one.
    func takeOne() -> Int {
        count.withLock { count in
            count -= 1
            return count
        }
    }
}
