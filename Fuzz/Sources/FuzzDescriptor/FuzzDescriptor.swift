internal import FuzzSupport
internal import Readers
internal import Values

/// The input as a HID report descriptor; what is accepted stays within the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDescriptor(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let descriptor = try? HIDReportDescriptor(parsing: bytes) else { return 0 }
    if !(1...Limits.reportBytesMaximum).contains(descriptor.inputReportBytes) {
        Oracle.fail("a report of an impossible length")
    }
    let device = HIDDevice(vendorID: 0x0ACD, productID: 0x0500, reports: descriptor)
    _ = try? ReaderCatalogue.profile(for: device)
    return 0
}
