internal import Logging

extension EmulatorCore {
    /// Notifications whose time has come, in the order in which they came to be. Those of a
    /// merchant who wants none any more are given up.
    package func dueDeliveries() -> [WebhookDelivery] {
        let now = clock.now()
        let due = ledger.read { $0.dueDeliveries(at: now) }
        let unwanted = due.filter { delivery in
            let administration = ledger.read { $0.administration(of: delivery.organization) }
            return administration.webhook["webhookActive"] != .boolean(true)
        }
        for delivery in unwanted { _ = ledger.write { $0.giveUp(delivery.number, at: now) } }
        let numbers = Set(unwanted.map(\.number))
        return due.filter { !numbers.contains($0.number) }
    }

    /// Milliseconds of the gateway's clock until a notification is due, 0 when one is; `nil` when
    /// none waits.
    package var millisecondsToDelivery: Int? {
        let now = clock.now()
        return ledger.read { $0.nextDelivery }.map { max(0, $0.milliseconds - now.milliseconds) }
    }

    /// Notes that somebody answered a notification with this status, or did not for this reason.
    package func noteDelivery(_ number: Int, status: Int?, failure: String?) {
        let attempt = WebhookDelivery.Attempt(at: clock.now(), status: status, failure: failure)
        _ = ledger.write { $0.note(attempt, ofDelivery: number) }
        logger.info("webhook \(number) \(status.map(String.init) ?? failure ?? "")")
    }

    /// Wakes whoever delivers, if there is something to deliver.
    internal func wakeCourier() {
        if !ledger.read({ $0.waitingDeliveries.isEmpty }) { courierBell.continuation.yield() }
    }
}
