internal import CPlatform
internal import Glibc

/// A page of a file that is shared with whoever comes after this process.
@safe internal final class LatchPage: Sendable {
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer

    /// Where the word stands: on a line of the cache of its own.
    private static let wordOffset = 64
    static let count = 4096

    /// Maps a file of ``count`` bytes. The corresponding C function is `mmap`.
    init(_ file: OpenFile) throws(FileFault) {
        let page = unsafe mmap(
            nil, Self.count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file.descriptor, 0)
        guard let page = unsafe page, unsafe page != MAP_FAILED else { throw FileFault() }
        unsafe start = page
    }

    deinit { unsafe munmap(start, Self.count) }

    private var address: UnsafeMutablePointer<UInt64> {
        unsafe start.advanced(by: Self.wordOffset).assumingMemoryBound(to: UInt64.self)
    }

    /// The word, and everything that was written before it was raised.
    var word: UInt64 { unsafe swl_read_word(address) }

    /// Raises the word; it never falls.
    func raise(to value: UInt64) { unsafe swl_raise_word(address, value) }
}
