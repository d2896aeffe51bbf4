internal import Glibc

/// Leaks on purpose. What is leaked stands in a file; in arguments and environment it stands
/// already when the process starts.
enum Leak {
    /// What the handler of a crash writes: it may not allocate.
    nonisolated(unsafe) private static var bytes: UnsafeMutableRawBufferPointer = .allocate(
        byteCount: 4096, alignment: 1)
    nonisolated(unsafe) private static var count = 0

    static func into(_ channel: String, _ path: String) {
        if channel == "arguments" || channel == "environment" { return }
        load(path)
        switch channel {
        case "output": put(1)
        case "errors": put(2)
        case "screen": put(0)
        case "file": put(unsafe open("leaked", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600))
        case "socket": send()
        case "crash": crash()
        case "core": abort()
        case "memory":
            say("holding")
            _ = readLine()
        default: exit(2)
        }
    }

    private static func load(_ path: String) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        unsafe count = max(0, read(file, bytes.baseAddress, bytes.count))
        close(file)
    }

    private static func put(_ file: Int32) { _ = unsafe write(file, bytes.baseAddress, count) }

    private static func send() {
        var pair: [Int32] = [-1, -1]
        unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair)
        _ = unsafe Glibc.send(pair[0], bytes.baseAddress, count, 0)
    }

    private static func crash() {
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            Leak.put(2)
            _exit(3)
        }
        unsafe sigaction(SIGSEGV, &action, nil)
        raise(SIGSEGV)
    }
}
