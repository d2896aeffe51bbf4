internal import Glibc
internal import Secrets

/// Forks while a secret is held and says what the two processes see of it.
enum Fork {
    static func run() {
        do throws(SecretError) {
            let arena = try SecretArena(blocks: 1)
            var secret = try arena.take(capacity: 64)
            for _ in 0..<64 { try secret.append(0xA5) }
            // Swift hides fork from its importer; nothing runs in the child but a look.
            guard let symbol = unsafe dlsym(nil, "fork") else {
                say("no fork")
                return
            }
            let fork = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
            let child = fork()
            if child == 0 { _exit(sum(secret) == 0 ? 0 : 1) }
            var status: Int32 = -1
            unsafe waitpid(child, &status, 0)
            say("child \(status == 0 ? "zeros" : "bytes") parent \(sum(secret))")
        } catch {
            say("refused")
        }
    }

    private static func sum(_ secret: borrowing SecretBytes) -> Int {
        secret.withBytes { bytes in
            var sum = 0
            for index in bytes.indices { sum += Int(bytes[index]) }
            return sum
        }
    }
}
