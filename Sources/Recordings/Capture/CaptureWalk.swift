internal import Values

/// Walks over the packets of a capture.
///
/// Source: pcapng (draft-ietf-opsawg-pcapng), section header, interface description and enhanced
/// packet blocks; link type 220 is LINKTYPE_USB_LINUX_MMAPPED.
internal struct CaptureWalk {
    /// The first four bytes of every such file.
    static let magic: [UInt8] = [0x0A, 0x0D, 0x0D, 0x0A]

    private static let sectionBlock: UInt32 = 0x0A0D_0D0A
    private static let interfaceBlock: UInt32 = 1
    private static let packetBlock: UInt32 = 6
    private static let orderMark: UInt32 = 0x1A2B_3C4D
    private static let usbLinkType: UInt16 = 220

    private var position = 0
    private var linkTypes: [UInt16] = []

    /// Where the next packet's bytes stand, `nil` after the last.
    mutating func next(_ bytes: Span<UInt8>) throws(CaptureFault) -> ByteRange? {
        while position < bytes.count {
            let block = try block(bytes)
            switch bytes.little32(at: block.start - 8) {
            case Self.sectionBlock:
                guard block.count >= 16, bytes.little32(at: block.start) == Self.orderMark else {
                    throw .byteOrder
                }
                linkTypes = []
            case Self.interfaceBlock:
                guard block.count >= 8, linkTypes.count < 256 else { throw .blockBroken }
                linkTypes.append(bytes.little16(at: block.start))
            case Self.packetBlock: return try packet(bytes, block)
            default: break
            }
        }
        return nil
    }

    /// The body of the block that begins here; the walk goes on behind it.
    private mutating func block(_ bytes: Span<UInt8>) throws(CaptureFault) -> ByteRange {
        guard bytes.count - position >= 12 else { throw .blockBroken }
        if bytes.little32(at: position) == Self.sectionBlock,
            bytes.little32(at: position + 8) != Self.orderMark
        {
            throw .byteOrder
        }
        let length = Int(bytes.little32(at: position + 4))
        guard length >= 12, length % 4 == 0, length <= bytes.count - position,
            Int(bytes.little32(at: position + length - 4)) == length
        else { throw .blockBroken }
        defer { position += length }
        return ByteRange(position + 8, upTo: position + length - 4)
    }

    private func packet(
        _ bytes: Span<UInt8>, _ block: ByteRange
    ) throws(CaptureFault) -> ByteRange {
        guard block.count >= 20 else { throw .blockBroken }
        let interface = Int(bytes.little32(at: block.start))
        guard interface < linkTypes.count, linkTypes[interface] == Self.usbLinkType else {
            throw .linkType
        }
        let count = Int(bytes.little32(at: block.start + 12))
        guard count <= block.count - 20 else { throw .blockBroken }
        return ByteRange(start: block.start + 20, count: count)
    }
}

extension Span where Element == UInt8 {
    /// Two bytes, the low one first.
    func little16(at offset: Int) -> UInt16 {
        UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
    }

    /// Four bytes, the low one first.
    func little32(at offset: Int) -> UInt32 {
        UInt32(little16(at: offset)) | UInt32(little16(at: offset + 2)) << 16
    }

    /// Eight bytes, the low one first.
    func little64(at offset: Int) -> UInt64 {
        UInt64(little32(at: offset)) | UInt64(little32(at: offset + 4)) << 32
    }
}
