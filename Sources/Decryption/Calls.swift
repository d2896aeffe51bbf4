internal import COpenSSL

/// Every call into OpenSSL that this module makes.
internal enum Calls {
    /// SHA-1 (20 bytes) or SHA-256 (32 bytes). The corresponding C function is `EVP_Digest`.
    static func digest(of bytes: Span<UInt8>, count: Int) throws(OpeningFault) -> [UInt8] {
        let function = unsafe count == 32 ? EVP_sha256() : EVP_sha1()
        var hash = [UInt8](repeating: 0, count: 32)
        var written: UInt32 = 0
        let isDone = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &hash, &written, function, nil) == 1
        }
        guard isDone, Int(written) == count else { throw .digestRefused }
        return Array(hash.prefix(count))
    }
}
