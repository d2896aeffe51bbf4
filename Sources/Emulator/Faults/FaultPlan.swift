internal import Synchronization

/// The faults that are asked for, and how often each met a request.
package final class FaultPlan: Sendable {
    private struct Entry {
        let rule: FaultRule
        var seen = 0

        var isDone: Bool { rule.times.map { seen >= rule.from - 1 + $0 } ?? false }

        /// Counts a request that fits; true when it is met.
        mutating func meets(_ subject: FaultSubject) -> Bool {
            guard rule.fits(subject) else { return false }
            guard !isDone else { return false }
            seen += 1
            return seen >= rule.from
        }
    }

    private let entries = Mutex<[Entry]>([])

    /// No faults.
    package init() {}

    /// Adds faults to those that are there.
    package func add(_ rules: [FaultRule]) {
        entries.withLock { $0 += rules.map { Entry(rule: $0) } }
    }

    /// Ends all faults.
    package func removeAll() { entries.withLock { $0.removeAll() } }

    /// The faults that still may meet a request, and how many requests that fit each has seen.
    package var pending: [(rule: FaultRule, seen: Int)] {
        entries.withLock { $0.filter { !$0.isDone }.map { ($0.rule, $0.seen) } }
    }

    /// Counts a request; the faults that it meets.
    internal func meet(_ subject: FaultSubject) -> ActiveFaults {
        entries.withLock { entries in
            guard !entries.isEmpty else { return ActiveFaults() }
            var met: [FaultRule] = []
            for index in entries.indices {
                if entries[index].meets(subject) { met.append(entries[index].rule) }
            }
            return ActiveFaults(met)
        }
    }

    /// Counts a connection; the fault that it meets.
    internal func meetConnection() -> FaultRule? {
        let subject = FaultSubject(place: .connection, method: "", path: "")
        return entries.withLock { entries in
            var met: FaultRule?
            for index in entries.indices where met == nil {
                if entries[index].meets(subject) { met = entries[index].rule }
            }
            return met
        }
    }
}
