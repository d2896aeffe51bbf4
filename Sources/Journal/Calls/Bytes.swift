/// What a hasher makes of bytes: it differs from process to process, so nobody can aim at it.
internal func fingerprint(_ bytes: Span<UInt8>) -> Int {
    var hasher = Hasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
}
