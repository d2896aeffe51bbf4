internal import CHygiene
internal import Foundation
internal import Glibc

/// The memory and the vector registers of another process, read through the kernel. Needs root,
/// because a hardened process lets nobody else look.
struct ProcessMemory {
    let process: Int32

    private static let pieceBytes = 1 << 20

    /// Searches every mapping that can be written, and every one that is no file's: what stands in
    /// the others stood in a file before the process began.
    func search(_ search: CanarySearch) throws -> (tally: Tally, bytes: Int) {
        let maps = try wholeMaps()
        let file = unsafe open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw HygieneError.memoryUnreadable(errno: errno) }
        defer { close(file) }
        var found = (tally: Tally(), bytes: 0)
        for line in maps.split(separator: "\n") {
            let fields = line.split(separator: " ", maxSplits: 5).map(String.init)
            let bounds = fields[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            let isFile = fields.count == 6 && fields[5].trimming.hasPrefix("/")
            guard bounds.count == 2, fields[1].hasPrefix("rw") || !isFile,
                fields[1].hasPrefix("r"), !fields[5...].contains(where: { $0.contains("[v") })
            else { continue }
            try read(file, bounds[0]..<bounds[1], search, &found)
        }
        try readRegisters(search, &found)
        return found
    }

    /// The kernel gives its list of mappings a page at a time: a short read is not its end.
    private func wholeMaps() throws -> String {
        let file = unsafe open("/proc/\(process)/maps", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw HygieneError.memoryUnreadable(errno: errno) }
        defer { close(file) }
        var text: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(file, &room, room.count)
            guard count >= 0 else { throw HygieneError.memoryUnreadable(errno: errno) }
            guard count > 0 else { break }
            text += room[..<count]
        }
        guard text.last == UInt8(ascii: "\n") else {
            throw HygieneError.unexpected("the list of mappings ends in the middle of a line")
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Waits until it has no thread of this name any more.
    func wait(forEndOf name: String) throws {
        let end = ContinuousClock.now + .seconds(30)
        while try threads().contains(where: { thread in
            let path = "/proc/\(process)/task/\(thread)/comm"
            return FileManager.default.contents(atPath: path) == Data("\(name)\n".utf8)
        }) {
            guard ContinuousClock.now < end else {
                throw HygieneError.unexpected("the thread \(name) does not end")
            }
            sched_yield()
        }
    }

    private func threads() throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
            .compactMap(Int32.init)
    }

    /// What a thread's registers hold is in no mapping, and in every core.
    private func readRegisters(
        _ search: CanarySearch, _ found: inout (tally: Tally, bytes: Int)
    ) throws {
        for thread in try threads() {
            var room = [UInt8](repeating: 0, count: 16_384)
            let got = unsafe swl_registers(thread, &room, room.count)
            guard got > 0 else { throw HygieneError.memoryUnreadable(errno: errno) }
            found.tally.add(search.tally(Array(room[..<got])))
            found.bytes += got
        }
    }

    /// In pieces that overlap by the longest needle.
    private func read(
        _ file: Int32, _ range: Range<UInt64>, _ search: CanarySearch,
        _ found: inout (tally: Tally, bytes: Int)
    ) throws {
        let overlap = 64
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes + overlap)
        var place = range.lowerBound
        while place < range.upperBound {
            let wanted = min(piece.count, Int(range.upperBound - place))
            let got = unsafe pread(file, &piece, wanted, Int(place))
            // Pages of a file behind its end cannot be read.
            guard got > 0 else { return }
            found.tally.add(
                search.tally(piece.span.extracting(0..<got), starts: Self.pieceBytes))
            found.bytes += min(got, Self.pieceBytes)
            place += UInt64(Self.pieceBytes)
        }
    }
}

extension String {
    /// Without the blanks before it.
    fileprivate var trimming: Substring { drop { $0 == " " } }
}

/// Why the hygiene cannot be checked.
public enum HygieneError: Error, Equatable, Sendable {
    /// A program cannot be started.
    case notStarted(String)
    /// A program said or did something else than it was to.
    case unexpected(String)
    /// The memory of a process cannot be read.
    case memoryUnreadable(errno: Int32)
}

extension HygieneError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notStarted(let program): "\(program) cannot be started: run Tools/install-packages"
        case .unexpected(let what): what
        case .memoryUnreadable(let code):
            "a process's memory cannot be read (errno \(code)): run this as root"
        }
    }
}
