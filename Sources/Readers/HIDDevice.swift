/// A HID device as its descriptors tell it.
public struct HIDDevice: Equatable, Sendable {
    /// The USB vendor id.
    public let vendorID: UInt16
    /// The USB product id.
    public let productID: UInt16
    /// What its report descriptor says.
    public let reports: HIDReportDescriptor

    /// A device.
    public init(vendorID: UInt16, productID: UInt16, reports: HIDReportDescriptor) {
        self.vendorID = vendorID
        self.productID = productID
        self.reports = reports
    }
}
