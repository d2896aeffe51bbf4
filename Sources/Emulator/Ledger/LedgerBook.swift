/// A batch: what one terminal settles together.
package struct LedgerBatch: Equatable, Sendable, Codable {
    /// The batch's number.
    package let number: Int
    /// The merchant's number.
    package let organization: Int
    /// The terminal's number.
    package let terminal: Int
    /// When its first transaction came.
    package let openedAt: Timestamp
    /// When it was settled, `nil` while it is open.
    package var settledAt: Timestamp?
}

/// What the ledger holds; what changes it tells what it changed, for the store.
package struct LedgerBook: Sendable {
    /// All transactions in the order in which they were made.
    package private(set) var entries: [LedgerEntry] = []
    /// All batches in the order in which they were opened.
    package private(set) var batches: [LedgerBatch] = []
    /// All recurring bills in the order in which they were made.
    package private(set) var recurringBills: [RecurringBill] = []
    /// What merchants have set up, by organization; one that has changed nothing is absent.
    internal private(set) var administrations: [Int: Administration] = [:]
    /// All notifications in the order in which they came to be; a number is its place, from 1.
    package private(set) var deliveries: [WebhookDelivery] = []
    /// The numbers of those that are still on their way.
    internal private(set) var waitingDeliveries: Set<Int> = []
    /// All mails in the order in which they came to be; a number is its place, from 1.
    package private(set) var mails: [LedgerMail] = []
    /// The milliseconds by which the operator has set the clock forward.
    internal private(set) var clockShift = 0
    private var indexByID: [String: Int] = [:]
    private var customers: [String: Int] = [:]
    private var lastCustomerID = 0
    private var lastID: Int
    /// What changed since the store was told last.
    internal private(set) var changes: [LedgerChange] = []

    /// An empty book whose ids count up from `firstID`.
    internal init(firstID: Int) { lastID = firstID - 1 }

    /// The number of the next transaction; each is given once.
    internal mutating func nextSequence() -> Int {
        lastID += 1
        return lastID
    }

    /// Gives no id that another ledger has given.
    internal mutating func skipSequences(of other: LedgerBook) {
        if other.lastID > lastID { apply(.lastID(other.lastID)) }
    }

    /// A transaction by its id.
    package func entry(id: String) -> LedgerEntry? { indexByID[id].map { entries[$0] } }

    /// The number of an organization's customer: the one who uses this mail address, or without one
    /// this phone number; a new one when there is none. Addresses are compared in any case, phone
    /// numbers by their digits.
    ///
    /// Source: PayHub API, "Linking customers".
    internal mutating func customerID(of customer: CustomerRecord?, organization: Int) -> Int {
        let phone = customer?.phoneNumber.map { number in
            "\(organization) \(number.filter { $0.isASCII && $0.isNumber })"
        }
        let mail = customer?.email.map { "\(organization) \($0.lowercased())" }
        guard let key = mail ?? phone else { return 0 }
        let id = customers[key] ?? lastCustomerID + 1
        for key in [mail, phone].compactMap(\.self) where customers[key] == nil {
            apply(.customer(key: key, id: id))
        }
        return id
    }

    /// The open batch of a terminal; a new one when there is none.
    internal mutating func openBatch(
        organization: Int, terminal: Int, at moment: Timestamp
    ) -> Int {
        let open = batches.last {
            $0.organization == organization && $0.terminal == terminal && $0.settledAt == nil
        }
        if let open { return open.number }
        let number = batches.count + 1
        apply(
            .batch(
                LedgerBatch(
                    number: number, organization: organization, terminal: terminal,
                    openedAt: moment)))
        return number
    }

    /// Writes a transaction down, with the notification and the mails of it.
    internal mutating func append(_ entry: LedgerEntry) {
        apply(.entry(entry))
        announce(entry)
        mail(entry)
    }

    /// Changes a transaction.
    internal mutating func change(
        _ id: String, at moment: Timestamp, _ change: (inout LedgerEntry) -> Void
    ) {
        guard var entry = entry(id: id) else { return }
        change(&entry)
        entry.changedAt = moment
        apply(.entry(entry))
    }

    /// Settles the open batches that are chosen; their numbers.
    internal mutating func settle(
        at moment: Timestamp, where isChosen: (LedgerBatch) -> Bool
    ) -> [Int] {
        let chosen = batches.filter { $0.settledAt == nil && isChosen($0) }
        for var batch in chosen {
            let settled = entries.filter { $0.batch == batch.number && $0.settles }
            for entry in settled { change(entry.id, at: moment) { $0.isSettled = true } }
            batch.settledAt = moment
            apply(.batch(batch))
            announce(batch, settled)
            mail(batch, settled)
        }
        return chosen.map(\.number)
    }

    /// Makes a change, new or read from the store.
    internal mutating func apply(_ change: LedgerChange) {
        switch change {
        case .entry(let entry):
            if let index = indexByID[entry.id] {
                entries[index] = entry
            } else {
                indexByID[entry.id] = entries.count
                entries.append(entry)
                lastID = max(lastID, Int(entry.id) ?? 0)
            }
        case .batch(let batch):
            if let index = batches.firstIndex(where: { $0.number == batch.number }) {
                batches[index] = batch
            } else {
                batches.append(batch)
            }
        case .customer(let key, let id):
            customers[key] = id
            lastCustomerID = max(lastCustomerID, id)
        case .recurringBill(let bill):
            if let index = recurringBills.firstIndex(where: { $0.id == bill.id }) {
                recurringBills[index] = bill
            } else {
                recurringBills.append(bill)
                lastID = max(lastID, Int(bill.id) ?? 0)
            }
        case .administration(let organization, let administration):
            administrations[organization] = administration
        case .delivery(let delivery):
            if deliveries.indices.contains(delivery.number - 1) {
                deliveries[delivery.number - 1] = delivery
            } else {
                deliveries.append(delivery)
            }
            if delivery.nextAt == nil {
                waitingDeliveries.remove(delivery.number)
            } else {
                waitingDeliveries.insert(delivery.number)
            }
        case .mail(let mail): mails.append(mail)
        case .lastID(let id): lastID = max(lastID, id)
        case .clock(let shift): clockShift = shift
        }
        changes.append(change)
    }

    /// Forgets what was changed: the store has it.
    internal mutating func changesAreKept() { changes.removeAll(keepingCapacity: true) }

    /// The cents of the refunds of a transaction that are not voided.
    package func refundedCents(of entry: LedgerEntry) -> Int {
        entry.refundedBy.compactMap { self.entry(id: $0) }
            .filter { $0.voidedBy == nil && $0.answer.isApproval }
            .reduce(0) { $0 + $1.bill.totalCents }
    }
}

/// One change of the ledger: the whole new state of one thing in it.
internal enum LedgerChange: Sendable {
    case entry(LedgerEntry)
    case batch(LedgerBatch)
    case customer(key: String, id: Int)
    case recurringBill(RecurringBill)
    case administration(organization: Int, Administration)
    case delivery(WebhookDelivery)
    case mail(LedgerMail)
    /// An id that was given and shall not be given again.
    case lastID(Int)
    case clock(shiftMilliseconds: Int)
}
