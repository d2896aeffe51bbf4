/// The send latch: one word in a page of memory that outlives the process, and says how far the
/// attempts had come whose request may have left.
///
/// It costs no system call and no sync, and is believed only as long as the machine has not been
/// started anew: whenever the boot id is another, or the page is missing or damaged, a fresh page
/// with another incarnation is made, and what is known of the incarnation before is nothing.
/// An attempt carries the incarnation under which it was decided.
public final class Latch: Sendable {
    /// What names this page, random and never 0.
    public let incarnation: UInt64
    /// True when the page was made by this opening.
    public let isFresh: Bool
    private let page: LatchPage

    private static let name = "send.latch"

    /// Opens the page of a folder. Only the process that has the lane's journal may do so.
    /// - Parameters:
    ///   - folder: the journal's folder; it is there.
    ///   - bootID: what the system calls the time since it was started, 1 to 40 bytes; see
    ///     ``currentBootID()``.
    /// - Returns: the latch.
    /// - Throws: ``JournalFault/stopped(_:)`` when the page cannot be made durable or mapped.
    public static func open(_ folder: String, bootID: String) throws(JournalFault) -> Latch {
        do throws(FileFault) {
            return try Latch(folder, LatchHeader(bootID: bootID))
        } catch {
            throw .stopped(error.cause)
        }
    }

    private init(_ folder: String, _ fresh: LatchHeader) throws(FileFault) {
        let path = folder + "/" + Self.name
        let found = try Self.header(path)
        isFresh = found?.bootID != fresh.bootID
        if isFresh {
            let room = LatchPage.count - LatchHeader.count
            try Files.place(
                fresh.bytes + [UInt8](repeating: 0, count: room), as: Self.name, in: folder)
        }
        incarnation = isFresh ? fresh.incarnation : found?.incarnation ?? fresh.incarnation
        page = try LatchPage(OpenFile.open(path))
    }

    /// The header of a page that is there and whole.
    private static func header(_ path: String) throws(FileFault) -> LatchHeader? {
        guard Files.exists(path) else { return nil }
        let bytes = try OpenFile.open(path, reading: true).read(maximum: LatchPage.count + 1)
        return bytes.count == LatchPage.count ? LatchHeader(bytes) : nil
    }

    /// The highest number whose request may have left, 0 when none did.
    public var word: UInt64 { page.word }

    /// Says that the request of this number may leave from now on. One atomic store; a number
    /// below the word leaves it as it is.
    public func mark(_ sequence: UInt64) { page.raise(to: sequence) }

    /// The system's own id of the time since it was started.
    /// Source: Linux, proc(5), "/proc/sys/kernel/random/boot_id".
    /// - Throws: ``JournalFault/stopped(_:)`` when it cannot be read.
    public static func currentBootID() throws(JournalFault) -> String {
        do throws(FileFault) {
            let file = try OpenFile.open("/proc/sys/kernel/random/boot_id", reading: true)
            let bytes = try file.read(maximum: LatchHeader.bootIDCount)
            return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        } catch {
            throw .stopped(error.cause)
        }
    }
}

/// The first bytes of the page: which boot it is of and which incarnation, with a checksum.
private struct LatchHeader: Equatable {
    let bootID: String
    let incarnation: UInt64

    static let bootIDCount = 40
    static let count = 64
    private static let mark = Array("SWLATCH1".utf8)

    /// A header that no page had before.
    init(bootID: String) {
        precondition((1...Self.bootIDCount).contains(bootID.utf8.count), "a boot id is too long")
        self.bootID = bootID
        incarnation = UInt64.random(in: 1 ... .max)
    }

    /// The header of a page, or `nil` when it is damaged.
    init?(_ page: [UInt8]) {
        let id = page[16..<(16 + Self.bootIDCount)].prefix { $0 != 0 }
        bootID = String(decoding: id, as: UTF8.self)
        incarnation = page[8..<16].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        guard !bootID.isEmpty, incarnation != 0, page.prefix(Self.count).elementsEqual(bytes) else {
            return nil
        }
    }

    /// Mark, incarnation, boot id, checksum: 64 bytes.
    var bytes: [UInt8] {
        let id = Array(bootID.utf8.prefix(Self.bootIDCount))
        let body =
            Self.mark + Self.bytes(incarnation) + id
            + [UInt8](repeating: 0, count: Self.bootIDCount - id.count)
        return body + Self.bytes(Self.checksum(body))
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// FNV-1a, 64 bits.
    private static func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
