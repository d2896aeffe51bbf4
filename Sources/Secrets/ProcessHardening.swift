internal import CPlatform
internal import Glibc

/// What a process does before it touches card data.
public enum ProcessHardening {
    /// No core dumps, not dumpable (no ptrace by the same user, no /proc/PID/mem), and default
    /// actions for the crash signals, so that no backtrace prints registers.
    ///
    /// The first thing that an executable's main calls. Children start without it.
    /// - Throws: ``SecretError/notHardened(errno:)``; no card may then be read.
    public static func apply() throws(SecretError) {
        guard swl_forbid_core() == 0, swl_set_not_dumpable() == 0,
            swl_default_crash_signals() == 0
        else { throw .notHardened(errno: errno) }
    }

    /// True when the process cannot be dumped.
    public static var isApplied: Bool { swl_get_dumpable() == 0 }
}
