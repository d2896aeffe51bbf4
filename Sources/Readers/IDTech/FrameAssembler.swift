internal import Values

/// Finds ID TECH frames in a stream of bytes that comes in pieces: packets of 8 to 64 bytes.
///
/// Every 02 may begin a frame, and its length may lie. So each is a candidate until what its
/// length tells has come and does not hold; the first that holds is the frame, also when an
/// earlier candidate still waits for its bytes. A false one costs nothing that follows it, and
/// what is kept is bounded by the longest frame.
internal struct FrameAssembler: Sendable {
    /// What stands in the bytes gathered so far.
    internal enum Finding: Equatable, Sendable {
        /// No frame has begun: nothing needs to be kept.
        case noise
        /// A frame may have begun here; what stands before can go.
        case begun(at: Int)
        /// A sound frame.
        case frame(ByteRange)
    }

    /// Bytes that had the look of a frame and were none have gone since the last sound one.
    private(set) var hasBroken = false

    /// The longest frame that is waited for. The longest of the manuals, three tracks with
    /// hashes, serial number and session id, has under 600 bytes.
    static let frameBytesMaximum = 1024
    /// Encode type, status, three lengths.
    private static let cardDataBytesMinimum = 5

    mutating func begin() { hasBroken = false }

    /// Looks at all that is gathered.
    mutating func look(at bytes: Span<UInt8>) -> Finding {
        var first: Int?
        for offset in bytes.indices where bytes[offset] == IDTechEnvelope.start {
            switch Self.candidate(bytes, at: offset) {
            case .sound(let frame):
                hasBroken = false
                return .frame(frame)
            case .incomplete: if first == nil { first = offset }
            case .none: if first == nil { hasBroken = true }
            }
        }
        return first.map { .begun(at: $0) } ?? .noise
    }

    private enum Candidate {
        case none
        case incomplete
        case sound(ByteRange)
    }

    private static func candidate(_ bytes: Span<UInt8>, at offset: Int) -> Candidate {
        let left = bytes.count - offset
        guard left >= 3 else { return .incomplete }
        let count = Int(bytes[offset + 1]) | Int(bytes[offset + 2]) << 8
        let total = count + IDTechEnvelope.overhead
        guard count >= cardDataBytesMinimum, total <= frameBytesMaximum else { return .none }
        guard total <= left else { return .incomplete }
        let range = ByteRange(start: offset, count: total)
        // Looked at first, it spares the sums of nearly every false candidate.
        guard bytes[range.end - 1] == IDTechEnvelope.end,
            (try? IDTechEnvelope.cardData(bytes, in: range, form: .binary)) != nil
        else { return .none }
        return .sound(range)
    }
}
