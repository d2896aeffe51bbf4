internal import COpenSSL

/// Every call into OpenSSL that this tool makes.
internal enum Calls {
    /// Encrypts whole blocks by TDES-CBC from an IV of zeros, without padding.
    ///
    /// The corresponding C functions are `EVP_EncryptInit_ex` and `EVP_EncryptUpdate`.
    /// - Parameters:
    ///   - key: 24 bytes.
    ///   - blocks: a whole number of 8-byte blocks.
    /// - Returns: as many bytes.
    /// - Throws: ``ComposeFault/encryptionFailed``
    static func tripleDES(key: [UInt8], _ blocks: [UInt8]) throws(ComposeFault) -> [UInt8] {
        precondition(key.count == 24, "three keys of 8 bytes")
        precondition(blocks.count % 8 == 0, "whole blocks")
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .encryptionFailed }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        let start = [UInt8](repeating: 0, count: 8)
        guard unsafe EVP_EncryptInit_ex(context, EVP_des_ede3_cbc(), nil, key, start) == 1,
            unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1
        else { throw .encryptionFailed }
        var result = [UInt8](repeating: 0, count: blocks.count + 8)
        var count: Int32 = 0
        guard
            unsafe EVP_EncryptUpdate(context, &result, &count, blocks, Int32(blocks.count)) == 1,
            Int(count) == blocks.count
        else { throw .encryptionFailed }
        return Array(result.prefix(blocks.count))
    }

    /// The SHA-1 of bytes. The corresponding C function is `EVP_Digest`.
    /// - Throws: ``ComposeFault/hashFailed``
    static func sha1(_ bytes: [UInt8]) throws(ComposeFault) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 20)
        var count: UInt32 = 0
        guard unsafe EVP_Digest(bytes, bytes.count, &result, &count, EVP_sha1(), nil) == 1,
            count == 20
        else { throw .hashFailed }
        return result
    }
}
