internal import Foundation

/// Everything that processes handed to the kernel, from a log of `strace -f -yy -v -xx`: by
/// channel and descriptor, in order, so that a number written digit by digit is one number.
struct TraceLog {
    /// The calls that give bytes away.
    static let calls =
        "execve,execveat,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg"

    private struct Place: Hashable {
        let channel: Channel
        let process: [UInt8]
        let descriptor: [UInt8]
    }

    private var streams: [Place: [UInt8]] = [:]

    /// Reads a log.
    init(contentsOf path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw HygieneError.unexpected("there is no log of strace")
        }
        for line in [UInt8](data).split(separator: UInt8(ascii: "\n")) { take(line) }
    }

    /// How many bytes a channel has.
    func count(in channel: Channel) -> Int {
        streams.reduce(0) { $0 + ($1.key.channel == channel ? $1.value.count : 0) }
    }

    /// How often a text stands in a channel.
    func count(of text: String, in channel: Channel) -> Int {
        streams.reduce(0) { sum, next in
            guard next.key.channel == channel else { return sum }
            return sum
                + String(decoding: next.value, as: UTF8.self).components(separatedBy: text).count
                - 1
        }
    }

    /// What is found in all of it.
    func findings(_ search: CanarySearch) -> Findings {
        var findings = Findings()
        for (place, bytes) in streams {
            findings.add(search.tally(bytes), bytes: bytes.count, in: place.channel)
        }
        return findings
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        guard let open = line.firstIndex(of: UInt8(ascii: "(")) else { return }
        let process = Array(line.prefix { $0 != UInt8(ascii: " ") })
        let call = line[..<open].suffix(while: { $0 != UInt8(ascii: " ") })
        let rest = line[line.index(after: open)...]
        if call.starts(with: "execve".utf8) {
            takeStart(rest, process)
        } else if let label = Self.label(rest) {
            let number = Array(rest.prefix { $0 != UInt8(ascii: "<") })
            let place = Place(
                channel: Self.channel(number, label), process: process, descriptor: number + label)
            streams[place, default: []] += Self.strings(rest).flatMap { $0 }
        }
    }

    /// The path and the two lists of a program's start. A zero between two strings, as in the
    /// memory of the process.
    private mutating func takeStart(_ rest: ArraySlice<UInt8>, _ process: [UInt8]) {
        let lists = rest.split(separator: UInt8(ascii: "["), maxSplits: 2)
        guard lists.count == 3 else { return }
        for (channel, list) in [(Channel.arguments, lists[1]), (.environment, lists[2])] {
            let place = Place(channel: channel, process: process, descriptor: [])
            streams[place, default: []] += Array(Self.strings(list).joined(separator: [0])) + [0]
        }
    }

    private static func channel(_ number: [UInt8], _ label: [UInt8]) -> Channel {
        if number == [UInt8(ascii: "1")] { return .output }
        if number == [UInt8(ascii: "2")] { return .errors }
        let kinds = ["TCP", "UDP", "UNIX", "NETLINK", "socket", "RAW"]
        return kinds.contains { label.starts(with: $0.utf8) } ? .socket : .file
    }

    /// What strace says of a descriptor, between the brackets.
    private static func label(_ rest: ArraySlice<UInt8>) -> [UInt8]? {
        guard let open = rest.firstIndex(of: UInt8(ascii: "<")),
            let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return nil }
        let text = rest[rest.index(after: open)...].prefix { $0 != UInt8(ascii: ">") }
        return decoded(text)
    }

    /// The strings of a call, decoded.
    private static func strings(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
        let parts = text.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        return parts.enumerated().filter { $0.offset % 2 == 1 }.map { decoded($0.element) }
    }

    /// Each `\xHH` as its byte, and every other byte as it is.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4)
        var place = text.startIndex
        while place < text.endIndex {
            if text[place] == UInt8(ascii: "\\"), place + 3 < text.endIndex {
                bytes.append(nibble(text[place + 2]) << 4 | nibble(text[place + 3]))
                place += 4
            } else {
                bytes.append(text[place])
                place += 1
            }
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8 {
        digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
    }
}

extension ArraySlice<UInt8> {
    /// The longest end of it that fits.
    fileprivate func suffix(while fits: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, fits(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
