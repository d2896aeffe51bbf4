import Lane
import Values

/// The gateway's side of a simulation: what really moved money.
struct SimulatedGateway {
    /// A transaction.
    struct Transaction {
        var id: Int
        var note: String
        var ticket: String
        var cents: Int
        var kind: Sighting.Kind
        var isApproved: Bool
        var isVoided = false
        var refundedCents = 0
        var isCaptured = false
        var isSettled = false
        /// When the report shows it.
        var visibleAt: Int
        /// True for a copy that the network made.
        var isCopy: Bool
        /// True for a refund without a payment.
        var isUnlinked = false

        var isLive: Bool {
            (kind == .charge || isUnlinked) && isApproved && !isVoided && refundedCents < cents
        }
    }

    /// How this gateway's report behaves.
    struct Habits {
        var ignoresFilter = false
        var cutsNotes = false
        var lagMaximum = 30_000
        var showsWrongAmount = false
    }

    var habits = Habits()
    /// While it cannot be reached.
    var outage = 0..<0
    private(set) var transactions: [Transaction] = []

    mutating func commit(_ transaction: Transaction) -> Int {
        var kept = transaction
        kept.id = 1000 + transactions.count
        transactions.append(kept)
        return kept.id
    }

    func live(_ note: String) -> [Transaction] {
        transactions.filter { $0.note == note && $0.isLive }
    }

    func find(_ id: String) -> Int? {
        guard let number = Int(id), transactions.indices.contains(number - 1000) else { return nil }
        return number - 1000
    }

    mutating func settleAll() {
        for index in transactions.indices { transactions[index].isSettled = true }
    }

    mutating func void(_ id: String) -> CallResult {
        guard let index = find(id) else { return .refused([]) }
        if transactions[index].isVoided { return .alreadyDone }
        if transactions[index].isSettled { return .settled }
        transactions[index].isVoided = true
        return .done(transactionID: nil)
    }

    mutating func refund(_ id: String, cents: Int?, note: String, at time: Int) -> CallResult {
        guard let index = find(id), !transactions[index].isVoided,
            transactions[index].kind == .charge
        else { return .refused([]) }
        let left = transactions[index].cents - transactions[index].refundedCents
        guard left > 0 else { return .alreadyDone }
        let amount = cents ?? left
        guard amount <= left else { return .refused([]) }
        transactions[index].refundedCents += amount
        let row = Transaction(
            id: 0, note: note, ticket: transactions[index].ticket, cents: amount, kind: .refund,
            isApproved: true, visibleAt: time, isCopy: false)
        return .done(transactionID: String(commit(row)))
    }

    mutating func capture(_ id: String) -> CallResult {
        guard let index = find(id), transactions[index].isLive else { return .refused([]) }
        transactions[index].isCaptured = true
        return .done(transactionID: nil)
    }

    /// A row as the report shows it.
    func sighting(_ transaction: Transaction) -> Sighting {
        var row = Sighting(String(transaction.id))
        row.note = habits.cutsNotes ? String(transaction.note.prefix(12)) : transaction.note
        row.cents = transaction.cents * (habits.showsWrongAmount ? 100 : 1)
        row.kind = transaction.kind
        row.isApproved = transaction.isApproved
        row.isVoided = transaction.isVoided
        row.isRefunded = transaction.refundedCents > 0
        row.isCaptured = transaction.isCaptured
        row.responseCode = transaction.isApproved ? "00" : "05"
        return row
    }

    /// What the lists show: everything at once, and of a refund no note.
    func list(_ question: ListQuestion) -> ListFinding {
        var finding = ListFinding()
        for row in transactions where row.kind == .charge || row.isUnlinked {
            let id = String(row.id)
            if question.known.contains(id) {
                finding.seen.insert(id)
            } else if row.kind == .charge {
                finding.others.append(listed(row))
                if let own = question.own[row.note].flatMap(find) {
                    finding.others.append(listed(transactions[own]))
                }
            }
        }
        return finding
    }

    private func listed(_ transaction: Transaction) -> Sighting {
        var row = Sighting(String(transaction.id))
        row.note = transaction.note
        row.cents = transaction.cents
        row.isApproved = transaction.isApproved
        return row
    }

    /// What the report answers to a question about a note or an amount.
    func report(note: String?, cents: Int?, at time: Int) -> [Sighting] {
        transactions.filter { row in
            guard row.visibleAt <= time else { return false }
            if habits.ignoresFilter { return true }
            if let note { return row.note == note }
            if let cents { return row.cents == cents }
            return true
        }.map(sighting)
    }
}
