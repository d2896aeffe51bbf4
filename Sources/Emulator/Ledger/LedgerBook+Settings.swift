extension LedgerBook {
    /// What a merchant has set up.
    internal func administration(of organization: Int) -> Administration {
        administrations[organization] ?? .initial
    }

    /// The risk rules of a merchant; one that has set up nothing has none.
    internal func riskPolicy(of organization: Int) -> RiskPolicy {
        administrations[organization].map { RiskPolicy($0) } ?? .none
    }

    /// Writes down what a merchant has set up.
    internal mutating func set(_ administration: Administration, of organization: Int) {
        apply(.administration(organization: organization, administration))
    }

    /// Lets a transaction go that a risk rule holds: it settles with the open batch. False when it
    /// is not held.
    internal mutating func release(_ id: String, at moment: Timestamp) -> Bool {
        guard let entry = entry(id: id), entry.isHeld else { return false }
        let batch = openBatch(
            organization: entry.organization, terminal: entry.terminal, at: moment)
        change(id, at: moment) {
            $0.risk?.releasedAt = moment
            $0.batch = batch
        }
        return true
    }
}

extension LedgerBook {
    /// Writes down the notification of a transaction, if its merchant wants one.
    internal mutating func announce(_ entry: LedgerEntry) {
        let source = entry.recurringBillID == nil ? "api" : "recurringBill"
        guard let endpoint = endpoint(for: source, of: entry.organization),
            let message = WebhookMessage.transaction(entry, endpoint: endpoint)
        else { return }
        let subject = Announcement(
            organization: entry.organization, endpoint: endpoint, event: "transaction",
            subject: entry.id, at: entry.createdAt)
        announce(subject, message)
    }

    /// Writes down the notification of a batch that was settled with these transactions.
    internal mutating func announce(_ batch: LedgerBatch, _ settled: [LedgerEntry]) {
        guard let moment = batch.settledAt,
            let endpoint = endpoint(for: "batchIsActive", of: batch.organization)
        else { return }
        let subject = Announcement(
            organization: batch.organization, endpoint: endpoint, event: "batch_settled",
            subject: String(batch.number), at: moment)
        announce(subject, WebhookMessage.batch(batch, settled, endpoint: endpoint))
    }

    private struct Announcement {
        let organization: Int
        let endpoint: String
        let event: String
        let subject: String
        let at: Timestamp
    }

    private mutating func announce(_ announcement: Announcement, _ message: JSONValue) {
        apply(
            .delivery(
                WebhookDelivery(
                    number: deliveries.count + 1, organization: announcement.organization,
                    endpoint: announcement.endpoint, event: announcement.event,
                    subject: announcement.subject, message: message,
                    createdAt: announcement.at, nextAt: announcement.at)))
    }

    /// Where notifications of a subject go; most merchants want none.
    private func endpoint(for subject: String, of organization: Int) -> String? {
        administrations[organization]?.endpoint(for: subject)
    }

    /// Notifications that are due, in their order.
    internal func dueDeliveries(at now: Timestamp) -> [WebhookDelivery] {
        waitingDeliveries.sorted().map { deliveries[$0 - 1] }.filter { delivery in
            delivery.nextAt.map { $0.milliseconds <= now.milliseconds } ?? false
        }
    }

    /// When the next notification is due, `nil` when none waits.
    internal var nextDelivery: Timestamp? {
        waitingDeliveries.compactMap { deliveries[$0 - 1].nextAt }
            .min { $0.milliseconds < $1.milliseconds }
    }

    /// Tries a notification no more: its merchant has switched them off.
    internal mutating func giveUp(_ number: Int, at moment: Timestamp) {
        guard deliveries.indices.contains(number - 1) else { return }
        var delivery = deliveries[number - 1]
        delivery.giveUp(at: moment)
        apply(.delivery(delivery))
    }

    /// Notes what became of a try.
    internal mutating func note(_ attempt: WebhookDelivery.Attempt, ofDelivery number: Int) {
        guard deliveries.indices.contains(number - 1) else { return }
        var delivery = deliveries[number - 1]
        delivery.note(attempt)
        apply(.delivery(delivery))
    }
}
