internal import FuzzSupport
internal import Readers

/// The first byte chooses the way in: a HID report, or text typed by a MagTek keyboard reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMagTek(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    Oracle.decode(data + 1, count - 1, as: data[0] & 1 == 0 ? .magTek : .keyboard)
    return 0
}
