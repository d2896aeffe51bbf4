internal import Foundation
internal import ReaderUSB
internal import Seeded

/// What the driver costs when nothing happens and when too much does, and many faults in a row.
internal enum LoadChecks {
    static let all = [
        Check("with a reader at rest the driver does not wake up", rest),
        Check("garbage at full rate costs one wake-up a packet and is handed over", garbage),
        Check("a sleeping reader is woken, read, and sleeps again when let go", suspend),
        Check("after 40 faults in random order the reader is ready and nothing leaks", random),
    ]

    /// The rest is as long as another program takes to count.
    private static func rest(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            try DriverChecks.swipe(reader, listener)
            try reader.wait("every transfer to be sent again") { $0.waiting == $0.mostWaiting }
            try udevSettles()
            let before = driver.readers.wakeUps
            try Program.succeed(
                "/usr/bin/dd", ["if=/dev/zero", "of=/dev/null", "bs=1M", "count=1000"])
            let wakeUps = driver.readers.wakeUps - before
            try require(wakeUps == 0, "it woke up \(wakeUps) times")
        }
    }

    private static func garbage(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            try udevSettles()
            var dice = SeededNumbers(seed: 1)
            let before = driver.readers.wakeUps
            for _ in 0..<100 {
                let report = (0..<509).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
                reader.send(report)
                try require(listener.next() == report, "another report came out")
            }
            let wakeUps = driver.readers.wakeUps - before
            try require(wakeUps <= 100 * 8, "800 packets took \(wakeUps) wake-ups")
        }
    }

    /// The kernel's own suspend of one device; that of the whole machine it refuses while a
    /// virtual device is attached.
    private static func suspend(_ bench: Bench) throws {
        try bench.plugged(bench.model("clear-visa")) { reader in
            _ = try HIDNode(of: reader)
            func wait(_ state: String) throws {
                try KernelEvents.wait("the reader to be \(state)") {
                    Sysfs.read("\(reader.folder)/power/runtime_status") == state
                }
            }
            try Sysfs.write("0", to: "\(reader.folder)/power/autosuspend_delay_ms")
            try Sysfs.write("auto", to: "\(reader.folder)/power/control")
            try wait("suspended")
            let driver = try Driver()
            defer { driver.readers.stop() }
            let listener = try driver.listen()
            try DriverChecks.swipe(reader, listener)
            try wait("active")
            try listener.release()
            try wait("suspended")
        }
    }

    private static func random(_ bench: Bench) throws {
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        var dice = SeededNumbers(seed: seed)
        do {
            try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
                var held: Held?
                for round in 0..<4 {
                    for _ in 0..<10 {
                        try fault(reader, driver, listener, &dice)
                        try DriverChecks.swipe(reader, listener)
                    }
                    // The first round may have made what stays.
                    if round == 0 { held = try Held.count() } else { try held?.waitForNoMore() }
                }
            }
        } catch { throw GuestFault("seed \(seed): \(error)") }
    }

    private static func fault(
        _ reader: EmulatedReader, _ driver: Driver, _ listener: Listener,
        _ dice: inout SeededNumbers
    ) throws {
        try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
        switch dice.next() % 5 {
        case 0:
            reader.halt()
            try driver.expectReady()
        case 1:
            reader.disturb()
            try driver.expectReady()
        case 2: reader.sendNothing()
        case 3:
            reader.unplug()
            try driver.expectRemoved()
            try reader.plug()
            try driver.expectReady()
        default:
            reader.send(Array(reader.model.reports[0].prefix(64)))
            try reader.wait("the packet to be fetched") { $0.unread == 0 && $0.waiting > 0 }
            reader.halt()
            try driver.expectReady()
            try require(listener.next().count == 64, "the half report has another length")
        }
    }

    /// What udev still does with a new device wakes libusb up.
    private static func udevSettles() throws {
        try Program.succeed("/bin/udevadm", ["settle"])
    }
}

/// How many threads and descriptors this process holds.
private struct Held {
    let threads: Int
    let files: Int

    /// Counted while the kernel's events are listened to, as when it is counted again.
    static func count() throws -> Held {
        var held = Held(threads: 0, files: 0)
        try KernelEvents.wait("a count") {
            held = Held(threads: entries("task"), files: entries("fd"))
            return true
        }
        return held
    }

    /// A thread that has done its work may take a moment to go.
    func waitForNoMore() throws {
        var now = self
        do {
            try KernelEvents.wait("threads and descriptors to be given back") {
                now = Held(threads: Self.entries("task"), files: Self.entries("fd"))
                return now.threads <= threads && now.files <= files
            }
        } catch { throw GuestFault("\(error): \(self), then \(now)") }
    }

    private static func entries(_ folder: String) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(folder)").count) ?? 0
    }
}
