internal import COpenSSL

/// A mac of the chain: 32 bytes.
internal struct ChainMAC: Equatable {
    private var words: SIMD4<UInt64>

    /// 32 bytes of zeros.
    init() { words = SIMD4(repeating: 0) }

    /// Bytes as they are stored; `nil` when they are not 32.
    init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        words = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// The bytes.
    var bytes: [UInt8] {
        unsafe withUnsafeBytes(of: words) { unsafe Array($0) }
    }

    /// How many bytes it has.
    static let count = 32

    fileprivate mutating func withMutableBytes(_ body: (UnsafeMutableRawPointer?) -> Void) {
        unsafe withUnsafeMutableBytes(of: &words) { unsafe body($0.baseAddress) }
    }

    fileprivate func withBytes(_ body: (UnsafeRawPointer?) -> Void) {
        unsafe withUnsafeBytes(of: words) { unsafe body($0.baseAddress) }
    }
}

/// The key of a journal's chain, taken in and ready: HMAC-SHA256 (RFC 2104). Every call into
/// OpenSSL that this module makes is here.
internal struct ChainKey: Sendable {
    private var hmac = swl_hmac()

    /// How many bytes a key has.
    static let count = 32

    /// A key of 32 bytes, or `nil`.
    init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe swl_hmac_take_key(&hmac, bytes.baseAddress)
        }
    }

    /// The mac of a link: over the mac before it, its number and its body.
    func link(after previous: ChainMAC, number: UInt64, body: Span<UInt8>) -> ChainMAC {
        var mac = ChainMAC()
        unsafe withUnsafePointer(to: hmac) { hmac in
            unsafe previous.withBytes { previous in
                unsafe body.withUnsafeBytes { body in
                    unsafe mac.withMutableBytes { mac in
                        unsafe swl_hmac_link(
                            hmac, previous, number, body.baseAddress, body.count, mac)
                    }
                }
            }
        }
        return mac
    }

    /// What a chain begins with: it binds the lane and the journal's number.
    func origin(lane: Int, journal: UInt32) -> ChainMAC {
        link(after: ChainMAC(), number: 0, body: Array("origin\t\(lane)\t\(journal)".utf8).span)
    }
}
