internal import Glibc

/// The product's code, measured in the patterns of README.md.
///
/// `ours link|full clear|encrypted PATTERN PORT DIR WARMUP COUNT IDLE_MS` prints a line for each
/// measurement; `ours stages clear|encrypted PORT DIR COUNT`, `ours memory PORT DIR REPLAYS
/// PAYMENTS` and `ours prepare PORT DIR` do what their types say.
@main
internal struct Ours {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("link", 8): try LinkRun(Plan(words)).run()
        case ("full", 8): try FullRun(Plan(words)).run()
        case ("stages", 5):
            try StageRun(entry: words[1], port: words[2], folder: words[3])
                .run(count: Int(words[4]) ?? 0)
        case ("memory", 5):
            try MemoryRun(port: words[1], folder: words[2])
                .run(replays: Int(words[3]) ?? 0, payments: Int(words[4]) ?? 0)
        case ("prepare", 3): try Material(port: words[1], folder: words[2]).write()
        default: throw WrongArguments()
        }
    }
}

/// Not the arguments of README.md.
internal struct WrongArguments: Error {}

/// What a client is asked to do.
internal struct Plan {
    let entry: String
    /// K: one kept-alive connection; P: one for each payment, opened ahead; cold and resumed: TCP
    /// and TLS alone.
    let pattern: String
    let port: String
    let folder: String
    let warmUp: Int
    let count: Int
    let idleMilliseconds: Int

    init(_ words: [String]) {
        entry = words[1]
        pattern = words[2]
        port = words[3]
        folder = words[4]
        warmUp = Int(words[5]) ?? 0
        count = Int(words[6]) ?? 0
        idleMilliseconds = Int(words[7]) ?? 0
    }

    /// Does it as often as asked; what `each` gives, in nanoseconds, is a line behind the warm-up.
    func measure(_ each: (Int) throws -> [UInt64?]) rethrows {
        var lines: [[UInt64?]] = []
        lines.reserveCapacity(count)
        for number in 1...(warmUp + count) {
            let times = try each(number)
            if number > warmUp { lines.append(times) }
        }
        for line in lines { print(line.map { String($0 ?? 0) }.joined(separator: " ")) }
    }

    func sleep() { usleep(UInt32(idleMilliseconds * 1000)) }
}
