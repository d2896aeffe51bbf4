import Journal
import Lane
import Values

/// The till: what it wants paid, what it was told, what it then believes.
struct SimulatedTill {
    /// One thing to be paid.
    struct Sale {
        var ticket: String
        var cents: Int
        var operation: JournalOperation
        var triesLeft = 2
        var isCancelled = false
        /// What the till wants done once it is approved.
        var after: After?
        var isAfterAsked = false
    }

    enum After: CaseIterable {
        case void
        case refundAll
        case refundPart
        case capture
    }

    var sales: [Sale] = []
    /// The last word about each attempt.
    var words: [UInt64: AttemptState] = [:]
    /// Tickets whose cancellation was acknowledged.
    var acknowledged: Set<String> = []
    var alarms = 0
    var isStopped = false

    mutating func plan(_ random: inout SeededGenerator) {
        for number in 1...random.pick(1...3) {
            let isHold = random.happens(250)
            var sale = Sale(
                ticket: "T\(number)", cents: random.pick(1...9) * 1275,
                operation: isHold ? .authOnly : .sale)
            if random.happens(150) {
                sale.operation = .refund
                if random.happens(300) { sale.after = .void }
            } else if random.happens(350) {
                sale.after = isHold ? (random.happens(500) ? .capture : .void) : nil
                if sale.after == nil {
                    sale.after = [After.void, .refundAll, .refundPart][random.pick(0...2)]
                }
            }
            sales.append(sale)
        }
    }

    /// A till asks for the truth when its lane comes back.
    mutating func restarted(_ book: JournalBook) {
        isStopped = false
        for attempt in book.attempts.values where attempt.state.isEnd {
            words[attempt.sequence] = attempt.state
        }
        for index in sales.indices where sales[index].isAfterAsked {
            sales[index].isAfterAsked = false
        }
    }
}

extension Simulation {
    /// One look of the till at what it has to do.
    mutating func tillActs() {
        guard time < 3_600_000 else { return }
        queue.add(.till, at: time + random.pick(2000...60_000))
        guard let lane = machine else { return }
        for index in till.sales.indices { askAfter(index) }
        // Now and then one more is asked for while one is under way, and has to wait.
        guard !lane.isBusy || random.happens(300), lane.stop == nil,
            let index = till.sales.indices.first(where: { mayArm(till.sales[$0], lane.book) })
        else { return }
        let sale = till.sales[index]
        guard let ticket = Ticket(sale.ticket), let amount = try? Amount(cents: sale.cents) else {
            return
        }
        till.sales[index].triesLeft -= 1
        feed(.arm(.init(sale.operation, amount, ticket: ticket), history: []))
        if random.happens(250) {
            queue.add(.cancel(sale.ticket), at: time + random.pick(1...150_000))
        }
    }

    private func mayArm(_ sale: SimulatedTill.Sale, _ book: JournalBook) -> Bool {
        guard sale.triesLeft > 0, !sale.isCancelled else { return false }
        return book.attempts.values.allSatisfy {
            $0.ticket.text != sale.ticket || !$0.isPayment
                || !$0.state.mayHoldMoney && $0.state != .queued
        }
    }

    private mutating func askAfter(_ index: Int) {
        guard let after = till.sales[index].after, !till.sales[index].isAfterAsked,
            let book = machine?.book,
            let parent = book.attempts.values.first(where: {
                $0.ticket.text == till.sales[index].ticket && $0.isPayment
                    && $0.state == .approved
            })
        else { return }
        let earlier = book.attempts.values.filter { $0.parent == parent.sequence }
        guard !earlier.contains(where: { $0.cause == .till }) else { return }
        till.sales[index].isAfterAsked = true
        let operation: JournalOperation =
            switch after {
            case .void: .void
            case .capture: .capture
            case .refundAll, .refundPart: .refund
            }
        let part = after == .refundPart ? try? Amount(cents: 100) : nil
        feed(.followUp(.init(operation, of: parent, earlier: Array(earlier), amount: part)))
    }

    /// What the till hears, and whether it is true at that moment.
    mutating func told(_ news: LaneNews) {
        switch news {
        case .ended(let attempt):
            note(attempt.state.rawValue)
            heard(attempt)
        case .willBeCancelled(let ticket):
            till.acknowledged.insert(ticket.text)
            if let index = till.sales.firstIndex(where: { $0.ticket == ticket.text }) {
                till.sales[index].isCancelled = true
            }
        case .alarm: till.alarms += 1
        case .stopped: till.isStopped = true
        case .queued, .armed, .swipeAgain, .duplicateSwipe, .inDoubt, .refused: break
        }
    }

    private mutating func heard(_ attempt: Attempt) {
        let reference = attempt.reference.text
        if let before = till.words[attempt.sequence], before != attempt.state {
            let isTakenBack = before == .approved && attempt.state == .reversed
            if !isTakenBack {
                violations.append("I5: \(reference) was \(before), now \(attempt.state)")
            }
        }
        till.words[attempt.sequence] = attempt.state
        guard attempt.isPayment else { return }
        let live = gateway.live(reference)
        if attempt.state == .approved, live.isEmpty {
            violations.append("I3: \(reference) is told approved without a charge")
        }
        if !attempt.state.mayHoldMoney, !live.isEmpty, !wasCopied(attempt) {
            violations.append("I4: \(reference) is told \(attempt.state) and is charged")
        }
    }

    /// True when the network made a copy of the request: nothing can be told for sure then, and
    /// the sweep puts it right. "Taken back" is sure even so, unless the copy broke A1 as well.
    private func wasCopied(_ attempt: Attempt) -> Bool {
        let reference = attempt.reference.text
        return attempt.state == .reversed
            ? copiedLate.contains(reference) : copied.contains(reference)
    }

    /// Everything has come to rest: the gateway's ledger against what was told.
    mutating func judgeEnd() {
        guard let book = machine?.book else {
            violations.append("the lane did not come back")
            return
        }
        if book != disk.book, mutant == nil { violations.append("the disk differs from the lane") }
        for attempt in book.attempts.values where attempt.isPayment {
            judge(attempt, book)
        }
        for sale in till.sales {
            let live = gateway.transactions.filter { $0.ticket == sale.ticket && $0.isLive }
            if live.count > 1, !till.isStopped, !isBlind, !isKeptByCustomer(sale.ticket, book) {
                violations.append("I6: \(sale.ticket) is charged \(live.count) times")
            }
            judgeRefunds(sale, book)
        }
        for note in Set(gateway.transactions.map(\.note)) {
            guard let reference = PaymentReference(note) else { continue }
            if book.attempts[reference.sequence] == nil {
                violations.append("I1: \(note) is at the gateway and not in the journal")
            }
        }
    }

    /// True when the gateway hides our references: doubt cannot end, and copies cannot be seen.
    private var isBlind: Bool { gateway.habits.cutsNotes || gateway.habits.showsWrongAmount }

    /// True where money went to a card that no call takes back, the batch being settled; a person
    /// was called.
    private func isKeptByCustomer(_ ticket: String, _ book: JournalBook) -> Bool {
        till.alarms > 0
            && book.attempts.values.contains {
                $0.ticket.text == ticket && $0.operation == .void && $0.state == .rejected
                    && $0.facts.reason == "settled"
                    && $0.parent.flatMap { book.attempts[$0] }?.isUnlinkedRefund == true
            }
    }

    private mutating func judge(_ attempt: Attempt, _ book: JournalBook) {
        if isKeptByCustomer(attempt.ticket.text, book) { return }
        let live = gateway.live(attempt.reference.text)
        let name = "\(attempt.reference), \(attempt.state)"
        switch attempt.state {
        case .approved:
            let isGivenBack = book.attempts.values.contains {
                $0.parent == attempt.sequence && $0.operation == .refund && $0.state == .approved
            }
            if live.isEmpty, !isGivenBack {
                violations.append("I3: \(name) without a charge")
            }
        case .intent, .accepted:
            let hasControl = book.attempts.values.contains {
                $0.sequence < attempt.sequence && $0.state == .approved
                    && $0.operation == attempt.operation && bearsNote($0, book)
            }
            if hasControl, !isBlind, !till.isStopped {
                violations.append("I7: \(name) has found no end")
            } else if attempt.facts.reason == nil, machine?.inDoubt.contains(attempt) != true {
                violations.append("I7: \(name) does not say why")
            }
        case .queued: violations.append("I7: \(name) has found no end")
        case .reversing:
            if !isBlind || attempt.facts.reason == nil {
                violations.append("I11: \(name) has found no end")
            }
        case .declined, .rejected, .notSent, .cancelled, .notCharged, .reversed:
            if !live.isEmpty, !isBlind || !wasCopied(attempt) {
                violations.append("I4: \(name) is charged")
            }
        }
        if till.acknowledged.contains(attempt.ticket.text), !live.isEmpty, !isBlind,
            attempt.state.isEnd
        {
            violations.append("I11: \(attempt.reference) was to be cancelled and is charged")
        }
    }

    /// A refund of all of a payment goes out without a note.
    private func bearsNote(_ attempt: Attempt, _ book: JournalBook) -> Bool {
        guard attempt.operation == .refund, let parent = attempt.parent else { return true }
        return book.attempts[parent]?.amount != attempt.amount
    }

    /// What was given back is what the journal says was given back.
    private mutating func judgeRefunds(_ sale: SimulatedTill.Sale, _ book: JournalBook) {
        let given = gateway.transactions.filter {
            $0.ticket == sale.ticket && $0.kind == .refund && $0.isApproved && !$0.isVoided
        }.reduce(0) { $0 + $1.cents }
        let refunds = book.attempts.values.filter {
            $0.ticket.text == sale.ticket && $0.operation == .refund
        }
        // Nothing takes a refund back that is settled, or that cannot be seen; the lane alarms.
        if sale.operation == .refund, till.alarms > 0 || till.isStopped || isBlind { return }
        guard refunds.allSatisfy(\.state.isEnd) else {
            let open = refunds.filter { !$0.state.isEnd }
            if !isBlind, !till.isStopped, open.contains(where: { $0.facts.reason == nil }) {
                violations.append("I7: a refund of \(sale.ticket) is open")
            }
            return
        }
        let told = refunds.filter { $0.state == .approved }
            .reduce(0) { $0 + ($1.amount?.cents ?? 0) }
        if given != told {
            violations.append("\(sale.ticket): given back \(given), told \(told)")
        }
    }
}
