public import PayHub
internal import Values

extension BackOffice {
    /// Asks for the report's rows that a filter finds.
    ///
    /// The gateway may ignore or cut a filter: rows are to be compared with what was asked for.
    /// Source: PayHub API, "Transaction report".
    /// - Parameters:
    ///   - filter: at least one value.
    ///   - isWanted: which rows are kept, of all that come; up to ``Limits/reportRowsMaximum``.
    /// - Returns: the rows that are wanted, with their details, in the gateway's order.
    /// - Throws: ``BackOfficeFault``; never an empty report for an answer that was not understood.
    public func report(
        _ filter: ReportFilter,
        keeping isWanted: @escaping @Sendable (ReportRow) -> Bool = { _ in true }
    ) async throws(BackOfficeFault) -> [ReportRow] {
        try await perform { caller in caller.report(filter, keeping: isWanted) }
    }

    /// The report of a long time, one stretch after the other, since the gateway's report has no
    /// pages and no limit that its document tells.
    /// - Parameters:
    ///   - filter: what else the rows have in common; its own times are replaced.
    ///   - moments: where the stretches begin and end, earliest first, two at least.
    /// - Returns: the stretches with their rows; nothing is asked before it is gone through.
    public func reports(
        _ filter: ReportFilter, between moments: [GatewayTime]
    ) -> ReportStretches {
        ReportStretches(office: self, filter: filter, moments: moments)
    }
}

/// The report of a long time, stretch by stretch. A row of the moment at which two of them meet is
/// told once.
public struct ReportStretches: AsyncSequence, Sendable {
    /// One stretch with its rows.
    public struct Element: Equatable, Sendable {
        /// Where it begins.
        public let from: GatewayTime
        /// Where it ends.
        public let to: GatewayTime
        /// Its rows, in the gateway's order.
        public let rows: [ReportRow]
    }

    /// Why it cannot be gone on with.
    public typealias Failure = BackOfficeFault

    fileprivate let office: BackOffice
    fileprivate let filter: ReportFilter
    fileprivate let moments: [GatewayTime]

    /// Goes through it from the earliest stretch.
    public func makeAsyncIterator() -> Iterator { Iterator(stretches: self) }

    /// Where one has come to.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let stretches: ReportStretches
        private var index = 0
        private var told: Set<TransactionID> = []

        fileprivate init(stretches: ReportStretches) { self.stretches = stretches }

        /// The next stretch; `nil` behind the last, and when the task is cancelled.
        /// - Throws: ``BackOfficeFault``
        public mutating func next() async throws(BackOfficeFault) -> Element? {
            try await next(isolation: nil)
        }

        /// The next stretch; `nil` behind the last, and when the task is cancelled.
        /// - Throws: ``BackOfficeFault``
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(BackOfficeFault) -> Element? {
            let moments = stretches.moments
            guard index + 1 < moments.count, !Task.isCancelled else { return nil }
            let (from, to) = (moments[index], moments[index + 1])
            guard from <= to else {
                throw .refusedByUs(.breach(RuleBreach("trnDateFrom", .beforeItsEnd)))
            }
            var filter = stretches.filter
            filter.times = ReportRange(from...to)
            let rows = try await stretches.office.report(filter)
            let new = rows.filter { !told.contains($0.transactionID) }
            told = Set(rows.map(\.transactionID))
            index += 1
            return Element(from: from, to: to, rows: new)
        }
    }
}

extension RequestRule {
    /// Moments in the wrong order.
    internal static let beforeItsEnd = RequestRule("must not lie behind trnDateTo")
}
