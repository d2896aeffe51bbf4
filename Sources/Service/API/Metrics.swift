internal import Journal
internal import Synchronization
internal import Timeline

/// What is counted, told in the text form of Prometheus. Labels come from closed sets, so that
/// nothing a till sends can make new ones.
internal final class Metrics: Sendable {
    private struct Counted: Sendable {
        /// Ends of payments by operation and state.
        var payments: [String: Int] = [:]
        /// Requests by the hundred of their status.
        var requests = [Int](repeating: 0, count: 6)
        var refusals = 0
        /// Payments that took at most so long, by ``bounds``; the rest last.
        var buckets = [Int](repeating: 0, count: bounds.count + 1)
        var sumMicroseconds = 0
    }

    /// Seconds.
    private static let bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    private let counted = Mutex(Counted())

    /// A payment is at its end.
    func count(_ attempt: Attempt, _ stages: StageTimes?) {
        counted.withLock { counted in
            let name = PaymentRecord.name(of: attempt.operation)
            let labels = "operation=\"\(name)\",state=\"\(attempt.state.rawValue)\""
            counted.payments[labels, default: 0] += 1
            guard let total = stages?.total else { return }
            let seconds = Double(total) / 1_000_000_000
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            counted.buckets[place] += 1
            counted.sumMicroseconds += Int(total / 1000)
        }
    }

    /// A request was answered.
    func count(status: Int) {
        counted.withLock { $0.requests[min(max(status / 100, 0), 5)] += 1 }
    }

    /// A peer was refused.
    func countRefusal() { counted.withLock { $0.refusals += 1 } }

    /// The page of all of it.
    func text(_ view: LaneView, listeners: Int, uptimeSeconds: UInt64) -> String {
        let counted = counted.withLock { $0 }
        var page = Page()
        page.head("swipeline_payments_total", "counter", "Payments that came to their end.")
        for (labels, count) in counted.payments.sorted(by: { $0.key < $1.key }) {
            page.line("swipeline_payments_total{\(labels)}", count)
        }
        page.head("swipeline_payment_seconds", "histogram", "From the last report to the outcome.")
        var sum = 0
        for (bound, count) in zip(Self.bounds, counted.buckets) {
            sum += count
            page.line("swipeline_payment_seconds_bucket{le=\"\(bound)\"}", sum)
        }
        sum += counted.buckets.last ?? 0
        page.line("swipeline_payment_seconds_bucket{le=\"+Inf\"}", sum)
        page.text += "swipeline_payment_seconds_sum \(Double(counted.sumMicroseconds) / 1e6)\n"
        page.line("swipeline_payment_seconds_count", sum)
        page.head("swipeline_requests_total", "counter", "Requests to the local API.")
        for (hundred, count) in counted.requests.enumerated() where hundred > 0 {
            page.line("swipeline_requests_total{status=\"\(hundred)xx\"}", count)
        }
        page.gauge("swipeline_refused_peers", counted.refusals, "Peers refused since the start.")
        page.gauge("swipeline_in_doubt", view.inDoubt.count, "Payments whose end is not known.")
        page.gauge("swipeline_alarms", view.alarmCount, "Alarms since the start.")
        page.gauge("swipeline_lane_stopped", view.stop == nil ? 0 : 1, "1: it sells no more.")
        page.gauge(
            "swipeline_gateway_reachable", view.gateway.isReachable.map { $0 ? 1 : 0 } ?? -1,
            "1 or 0; -1 while nobody has asked.")
        page.gauge(
            "swipeline_reader_connected", view.readers.contains(where: \.isConnected) ? 1 : 0,
            "1: a reader is read.")
        page.gauge("swipeline_event_listeners", listeners, "Streams of events.")
        page.gauge("swipeline_uptime_seconds", Int(clamping: uptimeSeconds), "Since the start.")
        return page.text
    }

    private struct Page {
        var text = ""

        mutating func head(_ name: String, _ type: String, _ help: String) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        }

        mutating func line(_ name: String, _ value: Int) { text += "\(name) \(value)\n" }

        mutating func gauge(_ name: String, _ value: Int, _ help: String) {
            head(name, "gauge", help)
            line(name, value)
        }
    }
}
