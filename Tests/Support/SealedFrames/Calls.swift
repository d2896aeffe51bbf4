internal import COpenSSL

/// The one call into OpenSSL that composing frames makes.
internal enum Calls {
    /// SHA-1 (20 bytes) or SHA-256 (32 bytes). The corresponding C function is `EVP_Digest`.
    static func digest(of bytes: [UInt8], count: Int) -> [UInt8] {
        let function = unsafe count == 32 ? EVP_sha256() : EVP_sha1()
        var hash = [UInt8](repeating: 0, count: 32)
        var written: UInt32 = 0
        let isDone = unsafe EVP_Digest(bytes, bytes.count, &hash, &written, function, nil)
        precondition(isDone == 1 && Int(written) == count, "OpenSSL hashes")
        return Array(hash.prefix(count))
    }
}
