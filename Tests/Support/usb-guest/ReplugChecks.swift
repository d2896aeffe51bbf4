internal import Foundation
internal import ReaderUSB

/// Unplugged and plugged in again in every state: the driver is ready again by itself.
internal enum ReplugChecks {
    static let all = [
        Check("a reader that comes after the driver is taken", lateArrival),
        Check("unplugged and replugged while it is read, it is read again", whileRead),
        Check("unplugged in the middle of a report, the rest is not waited for", inReport),
        Check("unplugged after a stall, it is read again", afterStall),
        Check("unplugged while the kernel still asks for its descriptors", inEnumeration),
        Check("unplugged while the driver opens it", inOpening),
        Check("plugged in at another port, it is read there", otherPort),
        Check("unplugged while another program holds it", whileHeld),
        Check("taken out of the system and let in again, it is read again", deauthorised),
    ]

    private static func lateArrival(_ bench: Bench) throws {
        let reader = EmulatedReader(try bench.model("clear-visa"))
        defer { reader.unplug() }
        let driver = try Driver()
        defer { driver.readers.stop() }
        let wish = Wish(driver)
        try reader.plug()
        let listener = try wish.fulfilled()
        try DriverChecks.swipe(reader, listener)
        try listener.release()
    }

    private static func whileRead(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            for _ in 0..<5 {
                try DriverChecks.swipe(reader, listener)
                try replug(reader, driver)
            }
            try DriverChecks.swipe(reader, listener)
        }
    }

    private static func inReport(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
            reader.send(Array(reader.model.reports[0].prefix(3 * reader.model.packetBytes)))
            try reader.wait("the packets to be fetched") { $0.unread == 0 && $0.waiting > 0 }
            reader.unplug()
            // Before or after the plug is told to be out; the last packets may go down with it.
            var bytes = 0
            try driver.expectAnyTime("the half report to be told") {
                guard case .halfReport(_, let told, of: 509) = $0 else { return false }
                bytes = told
                return true
            }
            try require([64, 128, 192].contains(bytes), "the half report has \(bytes) bytes")
            try require(listener.next().count == bytes, "the half report has another length")
            try driver.expectRemoved()
            try reader.plug()
            try driver.expectReady()
            try DriverChecks.swipe(reader, listener)
        }
    }

    private static func afterStall(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            for _ in 0..<3 {
                try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
                reader.halt()
                try replug(reader, driver)
                try DriverChecks.swipe(reader, listener)
            }
        }
    }

    /// Each time at another port: at the same one the virtual controller lets the kernel take the
    /// new device for the old, which it could not configure any more.
    private static func inEnumeration(_ bench: Bench) throws {
        let driver = try Driver()
        defer { driver.readers.stop() }
        let wish = Wish(driver)
        let model = try bench.model("clear-visa")
        for request in 1...4 {
            try bench.plugged(model, port: request) { reader in
                try reader.wait("request \(request) of the kernel") { $0.controls >= request }
            }
        }
        try bench.plugged(model) { reader in
            let listener = try wish.fulfilled()
            try DriverChecks.swipe(reader, listener)
            try listener.release()
        }
    }

    private static func inOpening(_ bench: Bench) throws {
        let reader = EmulatedReader(try bench.model("clear-visa"))
        defer { reader.unplug() }
        let driver = try Driver()
        defer { driver.readers.stop() }
        let wish = Wish(driver)
        for _ in 0..<3 {
            try reader.plug()
            try driver.expect("the arrival") { if case .arrived = $0 { true } else { false } }
            reader.unplug()
            try driver.expectRemoved()
        }
        try reader.plug()
        let listener = try wish.fulfilled()
        try DriverChecks.swipe(reader, listener)
        try listener.release()
    }

    private static func otherPort(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            reader.unplug()
            try driver.expectRemoved()
            try bench.plugged(reader.model, port: 3) { other in
                try driver.expectReady()
                try DriverChecks.swipe(other, listener)
            }
            try driver.expectRemoved()
        }
    }

    private static func whileHeld(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, holder, first in
            let driver = try Driver()
            defer { driver.readers.stop() }
            let wish = Wish(driver)
            try driver.expect("the other program to be told") {
                if case .waiting(_, .heldByAnotherProgram) = $0 { true } else { false }
            }
            try first.release()
            holder.readers.stop()
            try driver.expectReady()
            let listener = try wish.fulfilled()
            try DriverChecks.swipe(reader, listener)
            try replug(reader, driver)
            try DriverChecks.swipe(reader, listener)
            try listener.release()
        }
    }

    /// What the kernel does to a device that an administrator switches off: its transfers end, it
    /// has no configuration, and it is still plugged in.
    private static func deauthorised(_ bench: Bench) throws {
        try DriverChecks.reading(bench.model("clear-visa")) { reader, driver, listener in
            try Sysfs.write("0", to: "\(reader.folder)/authorized")
            try driver.expect("the fault to be told") {
                if case .faulted = $0 { true } else { false }
            }
            try Sysfs.write("1", to: "\(reader.folder)/authorized")
            try driver.expectReady()
            try DriverChecks.swipe(reader, listener)
        }
    }

    private static func replug(_ reader: EmulatedReader, _ driver: Driver) throws {
        reader.unplug()
        try driver.expectRemoved()
        try reader.plug()
        try driver.expectReady()
    }
}

/// A wait for a reader on a thread of its own.
internal final class Wish: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var result: Result<Listener, any Error>?

    init(_ driver: Driver, _ selection: USBSelection = .any) {
        Thread.detachNewThread { [self] in
            result = Result { try driver.listen(selection) }
            done.signal()
        }
    }

    /// The reader, once it is there.
    func fulfilled() throws -> Listener {
        done.wait()
        guard let result else { throw GuestFault("no reader came") }
        return try result.get()
    }
}
