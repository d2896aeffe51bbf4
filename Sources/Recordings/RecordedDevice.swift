public import Readers

/// A device as a recording describes it.
public struct RecordedDevice: Equatable, Sendable {
    /// The three numbers of an `I:` line.
    public struct IDs: Equatable, Sendable {
        /// The bus, 3 for USB.
        public let bus: UInt16
        /// The vendor id.
        public let vendor: UInt16
        /// The product id.
        public let product: UInt16

        /// Three ids.
        public init(bus: UInt16 = 3, vendor: UInt16, product: UInt16) {
            self.bus = bus
            self.vendor = vendor
            self.product = product
        }
    }

    /// Its number among the devices of the recording, from its `D:` line.
    public let index: Int
    /// Its report descriptor (`R:`).
    public let descriptor: [UInt8]
    /// Its name (`N:`), empty when the recording has none.
    public let name: String
    /// Where it was plugged in (`P:`).
    public let path: String?
    /// Its bus and ids (`I:`).
    public let ids: IDs

    /// A device.
    public init(
        index: Int = 0, descriptor: [UInt8], name: String, path: String? = nil, ids: IDs
    ) {
        self.index = index
        self.descriptor = descriptor
        self.name = name
        self.path = path
        self.ids = ids
    }

    /// The device with its descriptor read.
    /// - Throws: ``RecordingFault/descriptor(_:)``
    public func device() throws(RecordingFault) -> HIDDevice {
        do throws(HIDDescriptorFault) {
            let reports = try HIDReportDescriptor(parsing: descriptor)
            return HIDDevice(vendorID: ids.vendor, productID: ids.product, reports: reports)
        } catch {
            throw .descriptor(error)
        }
    }
}
