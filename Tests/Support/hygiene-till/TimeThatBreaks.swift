internal import Glibc
internal import Synchronization
internal import Timeline

/// The system's time, until a look at the clock that crashes the process: the clock is looked at
/// whenever a report has come and at each stage of a payment, with a track in hand.
final class TimeThatBreaks: TimeSource {
    private struct Plan {
        var kind = ""
        /// How many more looks; 0 never crashes.
        var left = 0
    }
    private let plan = Mutex(Plan())

    func willBreak(_ kind: String, at look: Int) {
        plan.withLock { $0 = Plan(kind: kind, left: look) }
    }

    func holds() { plan.withLock { $0.left = 0 } }

    func today() -> Int { SystemTime().today() }

    func now() -> Moment {
        let kind = plan.withLock { plan -> String? in
            guard plan.left > 0 else { return nil }
            plan.left -= 1
            return plan.left == 0 ? plan.kind : nil
        }
        if let kind { crash(kind) }
        return SystemTime().now()
    }

    private func crash(_ kind: String) {
        switch kind {
        case "segmentation": unsafe UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        case "instruction": preconditionFailure("an illegal instruction with a track in hand")
        case "memory": exhaust()
        default: abort()
        }
    }

    /// Asks for memory until the system has none to give.
    private func exhaust() {
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        var hoard: [[UInt8]] = []
        while true { hoard.append([UInt8](repeating: 1, count: 1 << 20)) }
    }
}
