internal import Secrets
internal import Timeline
internal import Values

/// Reports that wait to be read, in the order of their coming, in locked memory.
internal struct ReportQueue: ~Copyable, Sendable {
    private struct Entry {
        let count: Int
        let moment: Moment
    }

    private var bytes: SecretBytes
    private var entries: [Entry] = []

    init(room: consuming SecretBytes) {
        bytes = room
        entries.reserveCapacity(Limits.unreadReportsMaximum)
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Appends a report; false when there is no room for it.
    mutating func append(_ report: Span<UInt8>, at moment: Moment) -> Bool {
        guard entries.count < Limits.unreadReportsMaximum else { return false }
        do { try bytes.append(report) } catch { return false }
        entries.append(Entry(count: report.count, moment: moment))
        return true
    }

    /// Forgets everything.
    mutating func wipe() {
        bytes.wipe()
        entries.removeAll(keepingCapacity: true)
    }

    /// True when the oldest report came before `moment`.
    func isOlder(than moment: Moment) -> Bool {
        entries.first.map { $0.moment < moment } ?? false
    }

    /// Moves the oldest report over. It is lost when there is no room for it.
    /// - Returns: when it came, and whether it was moved; `nil` when there is none.
    mutating func moveFirst(to report: inout SecretBytes) -> (moment: Moment, moved: Bool)? {
        guard let first = entries.first else { return nil }
        let moved = bytes.withBytes { bytes in
            do {
                try report.append(bytes.extracting(first: first.count))
                return true
            } catch { return false }
        }
        bytes.dropFirst(first.count)
        entries.removeFirst()
        return (first.moment, moved)
    }
}
