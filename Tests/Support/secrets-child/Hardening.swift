internal import Glibc
internal import Secrets

/// Says what the system holds of the process before and after it is hardened.
enum Hardening {
    static func run() {
        say("before \(facts)")
        do throws(SecretError) {
            try ProcessHardening.apply()
            say("after \(facts)")
        } catch {
            say("refused")
        }
    }

    private static var facts: String {
        var core = rlimit()
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
        let handled = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGQUIT]
            .filter { isHandled($0) }.count
        return "closed=\(ProcessHardening.isApplied) core=\(core.rlim_max) handlers=\(handled)"
    }

    private static func isHandled(_ signal: Int32) -> Bool {
        var action = sigaction()
        unsafe sigaction(signal, nil, &action)
        return unsafe action.__sigaction_handler.sa_handler != nil
    }
}
