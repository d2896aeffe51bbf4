/// What is wrong with a capture of USB packets.
public enum CaptureFault: String, Error, Equatable, Sendable, CaseIterable {
    /// A block ends before its end, or its two lengths differ.
    case blockBroken
    /// The capture was written on a machine of the other byte order.
    case byteOrder
    /// It holds packets of something other than usbmon (link type 220).
    case linkType
    /// A packet was cut when it was captured.
    case packetCut
    /// More transfers are open at once than are kept.
    case tooManyTransfers
    /// More devices than a bus can have.
    case tooManyDevices
    /// No packet comes from a device that could be a reader and whose descriptors are there.
    case noReader
}

extension CaptureFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .blockBroken: "a block is broken; capture again"
        case .byteOrder: "it is in the other byte order; capture on a machine like this one"
        case .linkType: "it is no capture of usbmon; capture on usbmonN with dumpcap"
        case .packetCut: "a packet was cut short; capture without a limit on length"
        case .tooManyTransfers: "too many transfers are open at once; capture one bus only"
        case .tooManyDevices: "it has more devices than a bus; capture one bus only"
        case .noReader:
            "no reader is in it; begin the capture before the reader is plugged in, then swipe"
        }
    }
}
