internal import Foundation
internal import ReaderUSB
internal import Readers

/// What a new user is told before a reader works, fault by fault, and the rules that mend it.
/// In this order: the rules are installed in the middle.
internal enum DoctorChecks {
    static let all = [
        Check("with nothing set up, doctor and devices name what is missing", nothingThere),
        Check("without rules a user is told to install them", withoutRules),
        Check("the rules give the reader to the group and tag it for the seat", rules),
        Check("a user in the group may use the reader, another may not", group),
        Check("doctor names a reader in keyboard mode, an unknown one and one that types", kinds),
        Check("doctor names a reader that another program holds", held),
        Check("doctor names a limit on locked memory", lockedMemory),
    ]

    private static let noReader = "no reader is attached; plug one in"
    private static let install = "run make install-udev"

    private static func nothingThere(_ bench: Bench) throws {
        try bench.swipeline("devices").require(5, noReader)
        try bench.swipeline("doctor").require(
            5, "well  memory for card data", "wrong udev rules: not installed; \(install)",
            "well  libusb", "wrong reader: \(noReader)")
    }

    private static func withoutRules(_ bench: Bench) throws {
        try bench.plugged(bench.model("clear-visa")) { reader in
            _ = try HIDNode(of: reader)
            try bench.swipeline("devices").require(5, "1-1", "0acd:0500", install)
            try bench.swipeline("doctor").require(5, "this user may not open it; \(install)")
            try bench.swipeline("listen", "--wait", "0").require(5, install)
        }
    }

    private static func rules(_ bench: Bench) throws {
        // As make install-udev does, in its order.
        try Program.succeed("/usr/sbin/groupadd", ["--system", UDEVRules.group])
        try Program.succeed(
            "/usr/sbin/usermod", ["--append", "--groups", UDEVRules.group, "clerk"])
        let folder = URL(fileURLWithPath: UDEVRules.path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try UDEVRules.text.write(toFile: UDEVRules.path, atomically: true, encoding: .utf8)
        try Program.succeed("/bin/udevadm", ["control", "--reload"])
        try Program.succeed("/bin/udevadm", ["trigger", "--subsystem-match=usb", "--settle"])
        try bench.plugged(bench.model("clear-visa")) { reader in
            try settle(reader)
            let node = try reader.node()
            let rights = try Program.succeed("/usr/bin/stat", ["--format", "%U:%G %a", node])
            try require(rights == "root:\(UDEVRules.group) 660\n", "the node is \(rights)")
            let told = try Program.succeed("/bin/udevadm", ["info", "--query=all", node])
            try require(told.contains(":uaccess:"), "udev tells: \(told)")
        }
    }

    private static func group(_ bench: Bench) throws {
        try bench.plugged(bench.model("clear-visa")) { reader in
            try settle(reader)
            try bench.swipeline("devices").require(
                0, "0acd:0500  ID TECH MiniMag II", "hid mode, serial number 0001", "usable",
                "the kernel's driver has it")
            try bench.swipeline("doctor").require(
                0, "well  udev rules are installed", "well  reader", "hid mode")
            try bench.swipeline("devices", as: .stranger).require(5, install)
            try require(reader.driver() == "usbhid", "looking took the reader from the kernel")
        }
    }

    private static func kinds(_ bench: Bench) throws {
        try bench.plugged(bench.model("keyboard-visa")) { reader in
            try settle(reader)
            try bench.swipeline("doctor").require(0, "keyboard mode", "HID mode is safer")
        }
        var unknown = try bench.model("clear-visa")
        unknown.productID = 0x7777
        try bench.plugged(unknown) { reader in
            try settle(reader)
            try bench.swipeline("doctor").require(5, "0acd:7777", "the product is not")
        }
        var typist = try bench.model("clear-visa")
        typist.alsoTypes = true
        try bench.plugged(typist) { reader in
            try settle(reader)
            try bench.swipeline("doctor").require(5, "second HID interface", "unplug it")
        }
    }

    private static func held(_ bench: Bench) throws {
        try bench.plugged(bench.model("clear-visa")) { reader in
            try settle(reader)
            let holder = try bench.start("listen")
            try holder.wait("the reader to be ready") { $0.contains("Swipe a card") }
            try bench.swipeline("devices").require(5, "another program holds the reader")
            try bench.swipeline("doctor").require(5, "another program holds the reader")
            _ = try holder.interrupt()
            try reader.waitForKernelDriver()
            try bench.swipeline("doctor").require(0)
        }
    }

    private static func lockedMemory(_ bench: Bench) throws {
        let line = "ulimit -l 0; exec \(bench.path("swipeline")) doctor"
        try Program.run("/bin/sh", ["-c", line], as: .clerk).require(5, "wrong locked memory")
    }

    /// Waits until the kernel and udev are done with a new reader.
    static func settle(_ reader: EmulatedReader) throws {
        try reader.waitForKernelDriver()
        try Program.succeed("/bin/udevadm", ["settle"])
    }
}
