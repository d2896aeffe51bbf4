/// The udev rules that let people use readers without being root, from the catalogue.
public enum UDEVRules {
    /// The file's name. It comes before 73-seat-late.rules, which acts on the tag.
    public static let fileName = "70-swipeline.rules"
    /// Where `make install-udev` puts it.
    public static let path = "/etc/udev/rules.d/70-swipeline.rules"
    /// The group of the service.
    public static let group = "swipeline"

    /// The whole file: one rule a pair of ids.
    ///
    /// The user at the machine's seat gets the device by the tag, the service by the group; nobody
    /// else. Source: udev(7), systemd's 70-uaccess.rules and 73-seat-late.rules.
    public static var text: String {
        var seen: Set<UInt32> = []
        let rules = ReaderCatalogue.rows.compactMap { row -> String? in
            let ids = UInt32(row.vendorID) << 16 | UInt32(row.productID)
            guard seen.insert(ids).inserted else { return nil }
            return "# \(row.name)\n"
                + #"SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", "#
                + #"ATTR{idVendor}=="\#(hex(row.vendorID))", "#
                + #"ATTR{idProduct}=="\#(hex(row.productID))", "#
                + #"MODE="0660", GROUP="\#(group)", TAG+="uaccess""#
        }
        return (introduction + rules).joined(separator: "\n") + "\n"
    }

    private static let introduction = [
        "# Card readers for Swipeline. Written from the catalogue of module Readers by",
        "# `compose-fixtures udev udev/\(fileName)`; a test fails when it is stale.",
        "# Only the devices named here, and no more rights than reading one needs.",
    ]

    private static func hex(_ value: UInt16) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
