internal import COpenSSL
internal import Secrets

/// Every call into OpenSSL that this module makes.
internal enum Calls {
    enum Direction: Int32 {
        case decrypt = 0
        case encrypt = 1
    }

    /// Runs whole blocks through CBC from an IV of zeros, without padding, and appends the result.
    /// One block is the same as in ECB mode. The context wipes its key schedule when it is freed.
    ///
    /// The corresponding C functions are `EVP_CipherInit_ex` and `EVP_CipherUpdate`.
    static func cbc(
        _ direction: Direction, _ key: borrowing SecretKey, _ blocks: Span<UInt8>,
        into output: inout SecretBytes
    ) throws(DUKPTError) {
        guard blocks.count.isMultiple(of: key.cipher.blockBytes) else {
            throw .notWholeBlocks(blocks.count)
        }
        guard output.capacity - output.count >= blocks.count else { throw .secrets(.noRoom) }
        guard !blocks.isEmpty else { return }
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .cipherRefused }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        let start = [UInt8](repeating: 0, count: key.cipher.blockBytes)
        let cipher = unsafe key.cipher.implementation
        let isReady = key.bytes.withBytes { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe EVP_CipherInit_ex(
                    context, cipher, nil, key.baseAddress, start, direction.rawValue) == 1
                    && EVP_CIPHER_CTX_set_padding(context, 0) == 1
            }
        }
        guard isReady else { throw .cipherRefused }
        let isDone = output.fill { room in
            unsafe room.withUnsafeMutableBufferPointer { room, initialized in
                unsafe blocks.withUnsafeBufferPointer { blocks in
                    var count: Int32 = 0
                    let isDone =
                        unsafe EVP_CipherUpdate(
                            context, room.baseAddress, &count, blocks.baseAddress,
                            Int32(blocks.count)) == 1
                    initialized = Int(count)
                    return isDone && Int(count) == blocks.count
                }
            }
        }
        guard isDone else { throw .cipherRefused }
    }
}

extension Cipher {
    /// OpenSSL's cipher; each is in the default provider.
    fileprivate var implementation: OpaquePointer? {
        switch self {
        case .tripleDES: unsafe EVP_des_ede_cbc()
        case .aes128: unsafe EVP_aes_128_cbc()
        case .aes256: unsafe EVP_aes_256_cbc()
        }
    }
}
