internal import Readers

/// What a device is by its ids alone.
internal enum Standing: Equatable {
    /// The catalogue has it.
    case known
    /// It is a reader, or its maker makes readers; it is told and left alone.
    case refused(USBRefusal)
    /// It is none of ours, and not even told.
    case stranger

    /// The vendors that make little else than readers. Source: usb.ids (ID TECH, Mag-Tek).
    private static let readerMakers: Set<UInt16> = [0x0ACD, 0x0801]

    init(of name: USBDeviceName) {
        let isKnown = ReaderCatalogue.rows.contains {
            $0.vendorID == name.vendorID && $0.productID == name.productID
        }
        if isKnown {
            self = .known
        } else if let reader = ReaderCatalogue.unsupported(name.vendorID, name.productID) {
            self = .refused(.notSupported(reader.reason))
        } else if Self.readerMakers.contains(name.vendorID) {
            self = .refused(.unknownProduct)
        } else {
            self = .stranger
        }
    }
}
