internal import Values

/// What matters to us of a HID report descriptor: what the device is, and how long its input
/// reports are.
///
/// Source: USB HID 1.11, section 6.2.2.
public struct HIDReportDescriptor: Equatable, Sendable {
    /// The usage page of the first application collection, FF00 for a vendor's own.
    public let usagePage: UInt16
    /// Its usage.
    public let usage: UInt16
    /// The longest input report in bytes, its report id included where there is one.
    public let inputReportBytes: Int
    /// True when reports begin with a report id.
    public let hasReportIDs: Bool

    /// True for a keyboard (generic desktop page, usage keyboard).
    public var isKeyboard: Bool { usagePage == 0x01 && usage == 0x06 }

    /// Reads a report descriptor.
    /// - Throws: ``HIDDescriptorFault``
    public init(parsing bytes: [UInt8]) throws(HIDDescriptorFault) {
        guard bytes.count <= Limits.reportDescriptorBytesMaximum else { throw .tooLong }
        var walk = HIDDescriptorWalk()
        var position = 0
        while position < bytes.count {
            let prefix = bytes[position]
            let size = prefix & 3 == 3 ? 4 : Int(prefix & 3)
            guard prefix != 0xFE else { throw .longItem(offset: position) }
            guard position + size < bytes.count else { throw .cutShort(offset: position) }
            var value: UInt32 = 0
            for index in 0..<size { value |= UInt32(bytes[position + 1 + index]) << (8 * index) }
            try walk.take(item: prefix & 0xFC, value: value, at: position)
            position += 1 + size
        }
        guard let application = walk.application else { throw .noApplication }
        guard let bits = walk.inputBits.values.max(), bits > 0 else { throw .noInputReport }
        usagePage = application.page
        usage = application.usage
        hasReportIDs = walk.hasReportIDs
        inputReportBytes = (bits + 7) / 8 + (walk.hasReportIDs ? 1 : 0)
        guard inputReportBytes <= Limits.reportBytesMaximum else { throw .reportTooLong }
    }
}

/// Why a report descriptor cannot be read.
public enum HIDDescriptorFault: Error, Equatable, Sendable {
    case tooLong
    case cutShort(offset: Int)
    case longItem(offset: Int)
    case stackFault(offset: Int)
    case noApplication
    case noInputReport
    case reportTooLong
}

/// The state of a walk over a descriptor's items.
private struct HIDDescriptorWalk {
    private struct Globals {
        var page: UInt32 = 0
        var size: UInt32 = 0
        var count: UInt32 = 0
        var reportID: UInt8 = 0
    }
    private var globals = Globals()
    private var stack: [Globals] = []
    private var firstUsage: UInt32?
    private(set) var application: (page: UInt16, usage: UInt16)?
    private(set) var inputBits: [UInt8: Int] = [:]
    private(set) var hasReportIDs = false

    mutating func take(
        item: UInt8, value: UInt32, at offset: Int
    ) throws(HIDDescriptorFault) {
        switch item {
        case 0x04: globals.page = value
        case 0x74: globals.size = value
        case 0x94: globals.count = value
        case 0x84:
            globals.reportID = UInt8(truncatingIfNeeded: value)
            hasReportIDs = true
        case 0xA4:
            guard stack.count < 8 else { throw .stackFault(offset: offset) }
            stack.append(globals)
        case 0xB4:
            guard let saved = stack.popLast() else { throw .stackFault(offset: offset) }
            globals = saved
        case 0x08: if firstUsage == nil { firstUsage = value }
        case 0x80, 0x90, 0xB0, 0xA0, 0xC0: try main(item, value)
        default: break
        }
    }

    private mutating func main(_ item: UInt8, _ value: UInt32) throws(HIDDescriptorFault) {
        if item == 0x80 {
            let (bits, overflow) = globals.size.multipliedReportingOverflow(by: globals.count)
            let sum = inputBits[globals.reportID, default: 0] + Int(bits)
            guard !overflow, sum <= 8 * Limits.reportBytesMaximum else { throw .reportTooLong }
            inputBits[globals.reportID] = sum
        }
        if item == 0xA0, value == 1, application == nil {
            application = (
                UInt16(truncatingIfNeeded: globals.page),
                UInt16(truncatingIfNeeded: firstUsage ?? 0)
            )
        }
        firstUsage = nil
    }
}
