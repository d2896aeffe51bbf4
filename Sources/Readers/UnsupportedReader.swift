/// A reader that is known and cannot be read, so that it can at least be named.
public struct UnsupportedReader: Equatable, Sendable {
    /// What people call it.
    public let name: String
    /// The USB vendor id.
    public let vendorID: UInt16
    /// The USB product id.
    public let productID: UInt16
    /// Why it cannot be read.
    public let reason: Reason
    /// Where the facts of this row come from.
    public let source: String

    /// Why a known reader cannot be read.
    public enum Reason: String, Equatable, Sendable, CaseIterable, CustomStringConvertible {
        case serialPort
        case packetsNotPublic
        case nothingPublic

        /// The reason and the remedy.
        public var description: String {
            switch self {
            case .serialPort: "it is a serial port; set it to keyboard mode if it has one"
            case .packetsNotPublic:
                "how it splits a swipe over packets is not published; set it to keyboard mode if "
                    + "it has one"
            case .nothingPublic:
                "nothing is published about its reports; set it to keyboard mode if it has one"
            }
        }
    }
}

extension ReaderCatalogue {
    /// The unsupported reader with these ids; `nil` when the list names none.
    public static func unsupported(
        _ vendorID: UInt16, _ productID: UInt16
    ) -> UnsupportedReader? {
        unsupportedReaders.first { $0.vendorID == vendorID && $0.productID == productID }
    }

    /// Known, and not supported. In keyboard mode any of them is read as a keyboard.
    public static let unsupportedReaders: [UnsupportedReader] = [
        idTech("ID TECH Augusta", 0x3820, .packetsNotPublic, "Augusta, p. 16"),
        idTech("ID TECH Augusta SRED", 0x3920, .packetsNotPublic, "Augusta, p. 16"),
        idTech("ID TECH serial adapter", 0x0300, .serialPort),
        idTech("ID TECH Spectrum III hybrid", 0x0401, .nothingPublic),
        idTech("ID TECH Spectrum III insert", 0x0630, .serialPort),
        idTech("ID TECH SecurePIN", 0x0810, .nothingPublic),
        idTech("ID TECH ViVOpay Kiosk III", 0x3710, .nothingPublic),
        UnsupportedReader(
            name: "HP mini MSR", vendorID: 0x03F0, productID: 0x1539, reason: .nothingPublic,
            source: "usb.ids"),
        UnsupportedReader(
            name: "Posiflex reader", vendorID: 0x0D3A, productID: 0x0500,
            reason: .nothingPublic, source: "usb.ids"),
        UnsupportedReader(
            name: "Wincor MSRP-USB", vendorID: 0x0AA7, productID: 0x0402,
            reason: .nothingPublic, source: "usb.ids"),
    ]

    private static func idTech(
        _ name: String, _ productID: UInt16, _ reason: UnsupportedReader.Reason,
        _ manual: String? = nil
    ) -> UnsupportedReader {
        UnsupportedReader(
            name: name, vendorID: 0x0ACD, productID: productID, reason: reason,
            source: manual.map { "ID TECH \($0)" } ?? "usb.ids")
    }
}
