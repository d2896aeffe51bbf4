/// The lock of a journal's folder, held as long as this lives. A second process finds it taken,
/// and finds the first one's number in the file.
internal final class JournalLock: Sendable {
    private let file: OpenFile

    /// - Throws: ``JournalFault/inUse(process:)``
    init(_ path: String) throws(JournalFault) {
        let isOurs: Bool
        do throws(FileFault) {
            file = try OpenFile.open(path, create: true)
            isOurs = try file.lock()
            if isOurs {
                try file.cut(to: 0)
                try file.write(Array("\(Files.process)\n".utf8))
            }
        } catch {
            throw .stopped(error.cause)
        }
        guard isOurs else { throw .inUse(process: Self.holder(path)) }
    }

    deinit { file.unlock() }

    private static func holder(_ path: String) -> Int32? {
        guard let bytes = try? OpenFile.open(path, reading: true).read(maximum: 16) else {
            return nil
        }
        return Int32(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
    }
}
