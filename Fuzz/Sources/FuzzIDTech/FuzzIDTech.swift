internal import FuzzSupport
internal import Readers
internal import Timeline

/// The first byte chooses the way in: a HID report, or a frame typed by a keyboard; the rest is
/// the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIDTech(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let family: ReaderFamily = data[0] & 1 == 0 ? .idTech : .keyboard
    Oracle.decode(data + 1, count - 1, as: family)
    return 0
}
