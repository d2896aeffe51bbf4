internal import Foundation
internal import ReaderUSB

/// Which readers are taken, which are left alone, and that a keyboard reader types nowhere else.
internal enum PortSecurityChecks {
    static let all = [
        Check("of two readers each is found by its serial number and by its port", twoReaders),
        Check("a reader that could also type is refused and left to the kernel", alsoTypes),
        Check("a reader whose serial number is not accepted is refused", serialNotAccepted),
        Check("a keyboard reader is taken from the kernel and types nowhere", keyboard),
    ]

    private static func twoReaders(_ bench: Bench) throws {
        var first = try bench.model("clear-visa")
        var second = try bench.model("encrypted-visa")
        (first.serial, second.serial) = ("0001", "0002")
        try bench.plugged(first) { one in
            try bench.plugged(second, port: 2) { other in
                let driver = try Driver()
                defer { driver.readers.stop() }
                let bySerial = try driver.listen(USBSelection(serial: "0002"))
                let byPort = try driver.listen(USBSelection(port: one.busName))
                try DriverChecks.swipe(other, bySerial)
                try DriverChecks.swipe(one, byPort)
                try bySerial.release()
                try byPort.release()
            }
        }
    }

    private static func alsoTypes(_ bench: Bench) throws {
        var model = try bench.model("clear-visa")
        model.alsoTypes = true
        try bench.plugged(model) { reader in
            try reader.waitForKernelDriver()
            let driver = try Driver()
            defer { driver.readers.stop() }
            let wish = Wish(driver)
            try driver.expect("the refusal") {
                if case .refused(_, .alsoKeyboard) = $0 { true } else { false }
            }
            try require(reader.driver() == "usbhid", "the kernel's driver was taken off")
            reader.unplug()
            try bench.plugged(bench.model("clear-visa"), port: 1) { good in
                let listener = try wish.fulfilled()
                try DriverChecks.swipe(good, listener)
                try listener.release()
            }
        }
    }

    private static func serialNotAccepted(_ bench: Bench) throws {
        try bench.plugged(bench.model("clear-visa")) { reader in
            try reader.waitForKernelDriver()
            let driver = try Driver(acceptedSerials: ["0007"])
            defer { driver.readers.stop() }
            let wish = Wish(driver)
            try driver.expect("the refusal") {
                if case .refused(_, .serialNotAccepted) = $0 { true } else { false }
            }
            var model = try bench.model("clear-visa")
            model.serial = "0007"
            try bench.plugged(model, port: 1) { good in
                let listener = try wish.fulfilled()
                try DriverChecks.swipe(good, listener)
                try listener.release()
            }
        }
    }

    /// The kernel's event node is watched from before the driver comes: no key may come out.
    private static func keyboard(_ bench: Bench) throws {
        let model = try bench.model("keyboard-visa")
        try bench.plugged(model) { reader in
            let keys = try KeyEvents(of: reader)
            let driver = try Driver()
            defer { driver.readers.stop() }
            let listener = try driver.listen()
            try require(KeyEvents.node(of: reader) == nil, "the kernel still has an event node")
            for report in model.reports {
                try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
                reader.send(report)
                try require(listener.next() == report, "another report came out")
            }
            try require(keys.count() == 0, "keys were typed")
            try listener.release()
            try reader.waitForKernelDriver()
        }
    }
}
