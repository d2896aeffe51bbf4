internal import Glibc
internal import Secrets

/// Dies of a signal while a test card's number stands in secret memory and in registers.
enum Crash {
    static func run(_ name: String, hardened: Bool) {
        do throws(SecretError) {
            if hardened { try ProcessHardening.apply() }
            let arena = try SecretArena(blocks: 1)
            var secret = try arena.take(capacity: 64)
            for byte in "4111111111111111".utf8 { try secret.append(byte) }
            say("holding")
            secret.withBytes { die(name, holding: $0) }
        } catch {
            say("refused")
        }
    }

    /// Keeps the number's address and digits live up to the crash.
    @inline(never)
    private static func die(_ name: String, holding bytes: Span<UInt8>) {
        var low: UInt64 = 0
        for index in 0..<8 { low = low << 8 | UInt64(bytes[index]) }
        unsafe bytes.withUnsafeBytes { raw in
            let address = Int(bitPattern: raw.baseAddress)
            switch name {
            case "SEGV": unsafe write(low, to: UnsafeMutablePointer(bitPattern: 8), address)
            case "ILL": precondition(low == 0 && address == 0, "a trap while a card is in hand")
            case "ABRT": abort()
            default: raiseUnblocked(signals[name] ?? SIGKILL)
            }
        }
    }

    /// Sends the signal to this process; whoever started it may have left it blocked.
    private static func raiseUnblocked(_ signal: Int32) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigprocmask(SIG_SETMASK, &none, nil)
        kill(getpid(), signal)
    }

    private static let signals: [String: Int32] = [
        "BUS": SIGBUS, "FPE": SIGFPE, "QUIT": SIGQUIT, "SYS": SIGSYS, "TRAP": SIGTRAP,
    ]

    @inline(never)
    private static func write(_ value: UInt64, to place: UnsafeMutablePointer<UInt64>?, _ seen: Int)
    {
        unsafe place?.pointee = value &+ UInt64(seen)
    }
}
