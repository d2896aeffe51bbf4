internal import Glibc
internal import Secrets

/// Makes a lane's arena as an ordinary user who may lock so much memory.
enum LockLimit {
    static func run(kibibytes: UInt) {
        var limit = rlimit(rlim_cur: kibibytes * 1024, rlim_max: kibibytes * 1024)
        let lowered = unsafe setrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
        // Root may lock without limit; so does whoever keeps CAP_IPC_LOCK.
        let dropped = geteuid() != 0 || (setgid(65_534) == 0 && setuid(65_534) == 0)
        guard lowered == 0, dropped else {
            say("could not become an ordinary user")
            return
        }
        do throws(SecretError) {
            let arena = try SecretArena()
            var secret = try arena.take(capacity: SecretArena.blockBytes)
            try secret.append(1)
            say("locked \(arena.freeBlocks)")
        } catch {
            let isLockRefused =
                error == .pagesRefused(.lock, errno: EPERM)
                || error == .pagesRefused(.lock, errno: ENOMEM)
            say(isLockRefused ? "lock refused" : "other fault")
        }
    }
}
