internal import Foundation
internal import ReaderUSB

/// The driver on a real USB stack: what it takes, what it gives back, and that it comes back by
/// itself from whatever happens to a reader.
internal enum DriverChecks {
    static let all =
        [
            Check("the driver takes a reader from usbhid and gives it back", takeAndGiveBack),
            Check("the driver reads 509 bytes through packets of 8 bytes") { bench in
                try wholeReport(bench, packetBytes: 8)
            },
            Check("the driver reads 509 bytes through packets of 32 bytes") { bench in
                try wholeReport(bench, packetBytes: 32)
            },
            Check("packets of no bytes are no reports", emptyPackets),
            Check("a stall is cleared, and swipes go on", stall),
            Check("transfers that all fail are sent again, and swipes go on", disturbance),
        ] + ReplugChecks.all + PortSecurityChecks.all + LoadChecks.all

    /// Runs a check with a reader plugged in and read by the driver.
    static func reading(
        _ model: ReaderModel, _ run: (EmulatedReader, Driver, Listener) throws -> Void
    ) throws {
        let reader = EmulatedReader(model)
        defer { reader.unplug() }
        try reader.plug()
        let driver = try Driver()
        defer { driver.readers.stop() }
        let listener = try driver.listen()
        try driver.expectReady()
        try run(reader, driver, listener)
        try listener.release()
    }

    /// Swipes once; the report must come out as it went in.
    static func swipe(_ reader: EmulatedReader, _ listener: Listener) throws {
        try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
        reader.send(reader.model.reports[0])
        try require(listener.next() == reader.model.reports[0], "another report came out")
    }

    private static func takeAndGiveBack(_ bench: Bench) throws {
        try reading(bench.model("clear-visa")) { reader, _, listener in
            try require(reader.driver() == "usbfs", "\(reader.driver() ?? "nobody") has it")
            try swipe(reader, listener)
            try swipe(reader, listener)
            try listener.release()
            try reader.waitForKernelDriver()
        }
    }

    private static func wholeReport(_ bench: Bench, packetBytes: Int) throws {
        var model = try bench.model("encrypted-visa")
        model.packetBytes = packetBytes
        try reading(model) { reader, _, listener in try swipe(reader, listener) }
    }

    private static func emptyPackets(_ bench: Bench) throws {
        try reading(bench.model("clear-visa")) { reader, _, listener in
            for _ in 0..<20 { reader.sendNothing() }
            try swipe(reader, listener)
            try require(listener.release().isEmpty, "a report came that was not sent")
        }
    }

    private static func stall(_ bench: Bench) throws {
        try reading(bench.model("clear-visa")) { reader, driver, listener in
            try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
            reader.halt()
            try driver.expect("the stall to be told") {
                if case .faulted(_, .stall) = $0 { true } else { false }
            }
            try driver.expectReady()
            try reader.wait("the halt to be cleared") { $0.haltsCleared > 0 }
            try swipe(reader, listener)
        }
    }

    private static func disturbance(_ bench: Bench) throws {
        try reading(bench.model("clear-visa")) { reader, driver, listener in
            for _ in 0..<3 {
                try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
                reader.disturb()
                try driver.expect("the fault to be told") {
                    if case .faulted(_, .failed) = $0 { true } else { false }
                }
                try driver.expectReady()
                try swipe(reader, listener)
            }
        }
    }
}
