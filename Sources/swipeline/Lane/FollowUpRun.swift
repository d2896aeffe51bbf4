internal import Journal
internal import Lane
internal import PayHub
internal import Values

/// A capture, void or refund of a payment that the journal has, or of a transaction that another
/// lane or program made, to its end or as far as it comes.
internal struct FollowUpRun {
    /// The payment's reference; `nil` with an id.
    let reference: String?
    /// The gateway's id of a transaction.
    let id: GatewayID?
    let gateway: GatewayOptions
    let confirmation: Confirmation
    /// Seconds to keep asking.
    let patience: Int
    let json: Bool

    /// What the payment is called in a question.
    var name: String { reference ?? "transaction \(id?.id.text ?? "")" }

    /// Does it and waits for its end. What `question` gives is asked first; for a transaction that
    /// the journal does not hold somebody has to answer, or `--yes` be given.
    func run(
        _ operation: JournalOperation, amount: Amount?, question: () -> String?
    ) throws {
        let target = try gateway.target(emulatorDirectory: nil)
        if let reference {
            try ask(question)
            let desk = try LaneDesk(target)
            try followUp(operation, of: try desk.attempt(reference), amount, desk)
        } else if let id = id?.id {
            let desk = try LaneDesk(target)
            if let own = try desk.attempt(ofTransaction: id) {
                let kind = own.isPayment ? "payment" : "refund"
                Terminal.tell("Transaction \(id.text) is \(kind) \(own.reference) of this lane.")
                try ask(question)
                try followUp(operation, of: own, amount, desk)
            } else {
                let found = try desk.transaction(id, at: target)
                try found.check(operation, amount)
                let part = amount.map { "\($0)" } ?? "all"
                try confirmation.ask(
                    "The \(found.words) is not in this lane's journal: "
                        + "\(operation.rawValue) of \(part).")
                try followUp(operation, of: found, amount, desk)
            }
        }
    }

    private func ask(_ question: () -> String?) throws {
        if let words = question() { try confirmation.ask(words, mustAnswer: false) }
    }

    private func followUp(
        _ operation: JournalOperation, of parent: Attempt, _ amount: Amount?, _ desk: LaneDesk
    ) throws {
        do { try desk.lane.followUp(operation, of: parent, amount: amount) } catch {
            throw Failure(error.description, .internalFault)
        }
        try wait(
            for: Awaited(operation: operation, ticket: parent.ticket, parent: parent.sequence),
            desk)
    }

    private func followUp(
        _ operation: JournalOperation, of found: OutsideTransaction, _ amount: Amount?,
        _ desk: LaneDesk
    ) throws {
        let remark = "\(operation.rawValue) by the gateway's id of \(found.words), not of this lane"
        guard
            let wish = LaneEvent.Outside(
                operation, ofTransaction: found.id.text, amount: amount, remark: remark)
        else { throw Failure("--id: the journal cannot keep this id", .usage) }
        do { try desk.lane.followUp(wish) } catch {
            throw Failure(error.description, .internalFault)
        }
        try wait(for: Awaited(operation: operation, ticket: wish.ticket, parent: nil), desk)
    }

    /// The attempt whose end is waited for.
    private struct Awaited {
        let operation: JournalOperation
        let ticket: Ticket
        /// The payment that it is of; `nil` for a transaction that the journal does not hold.
        let parent: UInt64?

        func attempt(at desk: LaneDesk) throws -> Attempt? {
            try desk.journal.attempts(AttemptQuery(.ticket(ticket), limit: .max))
                .filter { attempt in
                    attempt.operation == operation
                        && (parent.map { attempt.parent == $0 } ?? attempt.isOutside)
                }
                .max { $0.sequence < $1.sequence }
        }

        /// The payment that it is of, while that is not at its end itself.
        func openParent(at desk: LaneDesk) throws -> Attempt? {
            guard let parent, let payment = try desk.journal.attempt(parent) else { return nil }
            return payment.state.isEnd ? nil : payment
        }
    }

    private func wait(for awaited: Awaited, _ desk: LaneDesk) throws {
        for case .refused(let refusal) in desk.takeNews() {
            throw Failure(refusal.description, .refusedByPolicy)
        }
        try desk.settle(seconds: max(1, patience)) {
            try awaited.attempt(at: desk)?.state.isEnd == true
                && awaited.openParent(at: desk) == nil
        }
        guard let child = try awaited.attempt(at: desk) else {
            throw Failure("the journal does not show it", .internalFault)
        }
        if json { try JSONLines.print(AttemptLine(child)) }
        try end(child, try awaited.openParent(at: desk))
    }

    private func end(_ child: Attempt, _ openParent: Attempt?) throws {
        switch child.state {
        case .approved:
            guard let openParent, openParent.state == .reversing else { return }
            Terminal.tell(
                "\(openParent.reference): taken back, the gateway says; the next run, or swipeline "
                    + "journal reconcile, looks once more whether a copy of it is left")
        case .rejected: throw Exit.refusedByGateway
        case .notCharged, .notSent: throw Exit.unreachable
        default:
            Terminal.tell(
                "\(child.reference): not known yet; it goes on with the next run, or with "
                    + "swipeline journal reconcile")
            throw Exit.inDoubt
        }
    }
}
