/// Which attached reader is meant.
public struct USBSelection: Equatable, Sendable {
    /// Only the one with this serial number.
    public var serial: String?
    /// Only the one that is plugged in here, as ``USBDeviceName/port`` writes it.
    public var port: String?

    /// The first reader that fits; every reader fits an empty selection.
    public init(serial: String? = nil, port: String? = nil) {
        self.serial = serial
        self.port = port
    }

    /// Any reader.
    public static let any = USBSelection()

    /// Whether a device may be meant, as far as is known of it: the serial number of a device
    /// that is not open is not.
    internal func mayMean(_ name: USBDeviceName) -> Bool {
        port == nil || port == name.port
    }

    internal func means(_ name: USBDeviceName) -> Bool {
        mayMean(name) && (serial == nil || serial == name.serial)
    }
}
