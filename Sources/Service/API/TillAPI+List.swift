internal import Foundation
internal import Hummingbird
internal import Journal
internal import Values

/// Lists of payments.
extension TillAPI {
    private static let pageMaximum = 200

    /// Payments, newest first, a page at a time, with the totals of all that were asked for.
    func list(_ request: Request, _ context: APIContext) throws -> JSON {
        let query = Query(request)
        try query.allow(["day", "since", "state", "limit", "before", "language"])
        let limit = try query.integer("limit", 1...Self.pageMaximum) ?? 50
        let state = try query.text("state")
        guard state == nil || PaymentWords.State(rawValue: state ?? "") != nil else {
            throw Query.wrong("state", "is no state of a payment")
        }
        var asked = AttemptQuery(.all, limit: .max)
        (asked.from, asked.until) = try span(query)
        let all = try attempts(asked)
        let before = try query.integer("before", 0...Int.max).map { UInt64($0) } ?? .max
        let view = board.view
        let fitting = all.filter { attempt in
            let words = PaymentWords(attempt: attempt, live: view.live(of: attempt))
            return attempt.sequence < before && (state == nil || words.state.rawValue == state)
        }
        let page = fitting.prefix(limit)
        return [
            "payments": .array(page.map { shown($0, context.language) }),
            "next": fitting.count > limit ? .text(page.last.map { String($0.sequence) }) : nil,
            "totals": Self.totals(all),
        ]
    }

    private func attempts(_ query: AttemptQuery) throws -> [Attempt] {
        do throws(JournalFault) { return try journal.attempts(query) } catch {
            throw Problem(error)
        }
    }

    /// What was taken and what was given back.
    private static func totals(_ attempts: [Attempt]) -> JSON {
        let approved = attempts.filter { $0.state == .approved }
        func sum(_ operations: Set<JournalOperation>) -> Int {
            approved.filter { operations.contains($0.operation) }
                .reduce(0) { $0 + ($1.amount?.cents ?? 0) }
        }
        return [
            "approved": PaymentRecord.money(sum([.sale, .authOnly])),
            "refunded": PaymentRecord.money(sum([.refund])),
            "count": .integer(approved.count { $0.operation.charges }),
        ]
    }

    /// From when to when: a day of this machine, since a moment, or the last 30 days.
    private func span(_ query: Query) throws -> (from: WallTime?, until: WallTime?) {
        if let text = try query.text("day") {
            guard try query.text("since") == nil, let start = Self.start(ofDay: text),
                let end = Calendar.current.date(byAdding: .day, value: 1, to: start)
            else { throw Query.wrong("day", "must be a date like 2026-11-21, without since") }
            return (WallTime(start), WallTime(end))
        }
        if let text = try query.text("since") {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
            guard let date = try? style.parse(text) else {
                throw Query.wrong("since", "must be a time like 2026-11-21T09:00:00Z")
            }
            return (WallTime(date), nil)
        }
        let month = Int64(30) * 86_400_000
        return (WallTime(milliseconds: desk.parts.wall().milliseconds - month), nil)
    }

    private static func start(ofDay text: String) -> Date? {
        guard let date = CivilDate(iso8601: text) else { return nil }
        var parts = DateComponents()
        (parts.year, parts.month, parts.day) = (date.year, date.month, date.day)
        return Calendar.current.date(from: parts)
    }

    /// When today began on this machine.
    var today: WallTime {
        let now = Date(
            timeIntervalSince1970: Double(desk.parts.wall().milliseconds) / 1000)
        return WallTime(Calendar.current.startOfDay(for: now))
    }
}

extension WallTime {
    /// The moment of a date.
    fileprivate init(_ date: Date) {
        self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}
