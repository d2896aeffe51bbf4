internal import Glibc

/// The system's promise that a thread runs when it has something to do: for tills whose machine
/// does other work too.
public enum RealTime {
    /// Above every ordinary thread, below the kernel's own threads for interrupts (50).
    public static let priority = 10

    /// Locks the memory of the process, present and future, as far as it is touched, and puts the
    /// calling thread, and every thread that it starts from then on, under SCHED_FIFO.
    ///
    /// To be called before the threads of a payment start, and after programs were started that
    /// must not have it: the scheduling is inherited. The corresponding C functions are `mlockall`
    /// and `sched_setscheduler`.
    /// - Throws: ``RealTimeFault``; nothing has changed then.
    public static func begin() throws(RealTimeFault) {
        let code = lockMemory()
        guard code == 0 else { throw .memoryNotLocked(errno: code) }
        var parameters = sched_param()
        parameters.sched_priority = Int32(priority)
        guard unsafe sched_setscheduler(0, SCHED_FIFO, &parameters) == 0 else {
            let code = errno
            munlockall()
            throw .notScheduled(errno: code)
        }
    }

    /// The errno, 0 when all that comes may be locked.
    private static func lockMemory() -> Int32 {
        // MCL_ONFAULT, or a thread's whole stack would be filled with pages that nobody needs.
        guard mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0 else { return errno }
        // A limit that today's memory fits would fail an allocation in the midst of a payment:
        // more than a till ever needs is asked for, and given back untouched.
        let trial = 1 << 30
        let pages = unsafe mmap(
            nil, trial, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard unsafe pages != MAP_FAILED else {
            let code = errno
            munlockall()
            return code
        }
        unsafe munmap(pages, trial)
        return 0
    }
}

/// Why there is no real-time scheduling. Nothing was charged.
public enum RealTimeFault: Error, Equatable, Sendable {
    /// `mlockall` was refused.
    case memoryNotLocked(errno: Int32)
    /// `sched_setscheduler` was refused.
    case notScheduled(errno: Int32)
}

extension RealTimeFault: CustomStringConvertible {
    /// The fault, and which right is missing.
    public var description: String {
        switch self {
        case .memoryNotLocked(let code):
            "--realtime may not lock all memory (errno \(code)): give the right CAP_IPC_LOCK or no "
                + "RLIMIT_MEMLOCK (ulimit -l unlimited, or LimitMEMLOCK=infinity in the unit)"
        case .notScheduled(let code):
            "--realtime may not use SCHED_FIFO (errno \(code)): give the right CAP_SYS_NICE or "
                + "RLIMIT_RTPRIO of \(RealTime.priority) (ulimit -r \(RealTime.priority), or "
                + "LimitRTPRIO=\(RealTime.priority) in the unit)"
        }
    }
}
