internal import Foundation

/// The emulated reader as the kernel's own drivers see it. What is shown here is that the other
/// checks stand on something; no code of the product runs.
internal enum KernelChecks {
    static let all = [
        Check("the kernel enumerates a reader and gives it to usbhid", enumeration),
        Check("a report of 509 bytes arrives whole through packets of 64 bytes") { bench in
            try wholeReport(bench, packetBytes: 64)
        },
        Check("a report of 509 bytes arrives whole through packets of 8 bytes") { bench in
            try wholeReport(bench, packetBytes: 8)
        },
        Check("a keyboard reader that nobody holds types into the kernel", typing),
        Check("an unplugged reader is gone, and comes back", replug),
    ]

    private static func enumeration(_ bench: Bench) throws {
        let model = try bench.model("clear-visa")
        try bench.plugged(model) { reader in
            try reader.waitForKernelDriver()
            let ids = ["idVendor", "idProduct", "serial"].map {
                Sysfs.read("\(reader.folder)/\($0)")
            }
            try require(ids == ["0acd", "0500", "0001"], "the kernel reads \(ids)")
        }
    }

    private static func wholeReport(_ bench: Bench, packetBytes: Int) throws {
        var model = try bench.model("clear-visa")
        model.packetBytes = packetBytes
        try bench.plugged(model) { reader in
            try reader.waitForKernelDriver()
            let node = try HIDNode(of: reader)
            try reader.wait("usbhid to ask for reports") { $0.waiting > 0 }
            reader.send(model.reports[0])
            try require(node.read(600) == model.reports[0], "another report came out")
        }
    }

    private static func typing(_ bench: Bench) throws {
        let model = try bench.model("keyboard-visa")
        try bench.plugged(model) { reader in
            try reader.waitForKernelDriver()
            let keys = try KeyEvents(of: reader)
            try reader.wait("usbhid to ask for reports") { $0.waiting > 0 }
            model.reports.forEach(reader.send)
            try keys.waitForEnter()
        }
    }

    private static func replug(_ bench: Bench) throws {
        let reader = EmulatedReader(try bench.model("clear-visa"))
        for _ in 0..<3 {
            try reader.plug()
            // With its raw node there, the driver has asked for all that it asks at first.
            _ = try HIDNode(of: reader)
            reader.unplug()
            try KernelEvents.wait("\(reader.busName) to go") {
                !FileManager.default.fileExists(atPath: reader.folder)
            }
        }
    }
}
