public import Readers

/// Which device: what may be said of it anywhere.
public struct USBDeviceName: Equatable, Hashable, Sendable {
    /// Where it is plugged in, bus and ports: `1-5.2`.
    public let port: String
    /// The vendor id.
    public let vendorID: UInt16
    /// The product id.
    public let productID: UInt16
    /// Its serial number, visible ASCII of at most 64 characters; `nil` until it was read, or when
    /// it has none.
    public internal(set) var serial: String?

    /// A device.
    public init(port: String, vendorID: UInt16, productID: UInt16, serial: String? = nil) {
        self.port = port
        self.vendorID = vendorID
        self.productID = productID
        self.serial = serial
    }
}

extension USBDeviceName: CustomStringConvertible {
    /// Ids and place.
    public var description: String { "\(ids) at \(port)" }

    /// Vendor and product id, as `lsusb` writes them.
    public var ids: String { "\(Self.hex(vendorID)):\(Self.hex(productID))" }

    private static func hex(_ value: UInt16) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

/// A step in the life of an attached reader. Nothing in it is secret.
public enum ReaderEvent: Equatable, Sendable {
    /// A device of the catalogue is there.
    case arrived(USBDeviceName)
    /// It will not be used as it is.
    case refused(USBDeviceName, USBRefusal)
    /// It cannot be used yet; it is tried again by itself. Told once a fault.
    case waiting(USBDeviceName, USBFault)
    /// The kernel's driver was taken off it.
    case kernelDriverDetached(USBDeviceName)
    /// It is read.
    case ready(USBDeviceName, ReaderIdentity)
    /// A transfer ended badly; the reader is brought back by itself.
    case faulted(USBDeviceName, TransferFault)
    /// A report broke off and is handed over as far as it came: its bytes, and those of a whole.
    case halfReport(USBDeviceName, bytes: Int, of: Int)
    /// Reports were thrown away.
    case reportsDropped(USBDeviceName, DropReason)
    /// It was let go, and the kernel's driver has it again if it had it before.
    case released(USBDeviceName)
    /// It was unplugged.
    case removed(USBDeviceName)

    /// The device that it is about.
    public var device: USBDeviceName {
        switch self {
        case .arrived(let name), .refused(let name, _), .waiting(let name, _),
            .kernelDriverDetached(let name), .ready(let name, _), .faulted(let name, _),
            .halfReport(let name, bytes: _, of: _), .reportsDropped(let name, _),
            .released(let name), .removed(let name):
            name
        }
    }
}

/// How a transfer ended badly.
public enum TransferFault: Equatable, Hashable, Sendable {
    /// The endpoint is halted.
    case stall
    /// The device sent more than a packet holds.
    case babble
    /// The transfer failed on the wire, or the machine went to sleep.
    case failed
    /// The device did not answer any more.
    case noDevice
    /// A new transfer was not taken.
    case refused(USBCode)
}

/// Why reports were thrown away.
public enum DropReason: Equatable, Hashable, Sendable {
    /// Nobody waits for a swipe: a card that is swiped before the sale is not charged later.
    case nobodyListens
    /// They came faster than they were read.
    case tooMany
}
