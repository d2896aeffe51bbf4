internal import FuzzSupport
internal import Readers

/// The input as boot keyboard reports of eight bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzKeyboard(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    Oracle.gather(data, count, reportBytes: 8, as: .keyboard)
    return 0
}
