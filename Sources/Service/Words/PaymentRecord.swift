internal import Advice
internal import Journal
internal import Timeline
internal import Values

/// A payment with what followed it, as it is told.
internal struct PaymentRecord {
    let words: PaymentWords
    /// The captures, voids and refunds of it.
    let children: [Attempt]
    let parent: PaymentReference?

    private init(
        _ attempt: Attempt, _ live: LaneView.Live, in journal: any JournalStore
    ) throws(JournalFault) {
        words = PaymentWords(attempt: attempt, live: live)
        let family = try journal.attempts(AttemptQuery(.ticket(attempt.ticket), limit: .max))
        children = family.filter { $0.parent == attempt.sequence }
        parent = attempt.parent.map {
            PaymentReference(lane: journal.lane, journal: journal.number, sequence: $0)
        }
    }

    private init(alone attempt: Attempt, _ live: LaneView.Live) {
        words = PaymentWords(attempt: attempt, live: live)
        (children, parent) = ([], nil)
    }

    /// What belongs to a payment, or the payment alone when its family cannot be read.
    static func best(
        _ attempt: Attempt, _ live: LaneView.Live, in journal: any JournalStore
    ) -> PaymentRecord {
        do throws(JournalFault) { return try PaymentRecord(attempt, live, in: journal) } catch {
            return PaymentRecord(alone: attempt, live)
        }
    }

    private var attempt: Attempt { words.attempt }

    /// What was taken of an authorisation, in cents.
    var captured: Int? {
        children.first { $0.operation == .capture && $0.state == .approved }
            .map { $0.amount?.cents ?? attempt.amount?.cents ?? 0 }
    }

    /// What was taken, or is reserved, in cents.
    var taken: Int { captured ?? attempt.amount?.cents ?? 0 }

    /// What was given back, in cents.
    var refunded: Int? {
        let refunds = children.filter { $0.operation == .refund && $0.state == .approved }
        guard !refunds.isEmpty else { return nil }
        return refunds.reduce(0) { $0 + ($1.amount?.cents ?? 0) }
    }

    private var isFollowedUp: Bool { children.contains { !$0.state.isEnd } }

    /// What may be done with it now.
    var can: [String] {
        switch words.state {
        case .queued, .arming: ["cancel"]
        case .waitingForCard:
            words.live.isDuplicateAsked ? ["cancel", "allowDuplicate"] : ["cancel"]
        case .sending, .inDoubt: attempt.isPayment ? ["cancel"] : []
        case .approved where attempt.isPayment && !isFollowedUp: afterwards
        default: []
        }
    }

    private var afterwards: [String] {
        var can: [String] = []
        if attempt.operation == .authOnly, captured == nil { can.append("capture") }
        if refunded == nil { can.append("void") }
        if attempt.operation == .sale || captured != nil, refunded ?? 0 < taken {
            can.append("refund")
        }
        return can
    }

    /// The payment as it is told.
    func json(in language: Language) -> JSON {
        let facts = attempt.facts
        return JSON.object([]).adding([
            "reference": .string(attempt.reference.text),
            "ticket": .string(attempt.ticket.text),
            "operation": .string(Self.name(of: attempt.operation)),
            "amount": Self.money(attempt.amount?.cents),
            "state": .string(words.state.rawValue), "final": .boolean(attempt.state.isEnd),
            "createdAt": .string(attempt.decidedAt.text),
            "updatedAt": .string(attempt.stateAt.text), "card": card,
            "transactionId": .text(facts.transactionID),
            "responseCode": .text(facts.responseCode?.text),
            "approvalCode": .text(facts.approvalCode),
            "errorCodes": .array(facts.errorCodes.map { .string($0.text) }),
            "reason": .text(facts.reason), "parent": .text(parent?.text),
            "captured": Self.money(captured), "refunded": Self.money(refunded),
            "can": .array(can.map { .string($0) }),
            "question": words.live.isDuplicateAsked && words.state == .waitingForCard
                ? "duplicateSwipe" : nil,
            "badRead": words.badRead(in: language),
            "badReads": .integer(words.live.badReads), "advice": words.advice(in: language),
            "stages": stages,
        ])
    }

    private var card: JSON {
        let facts = attempt.facts
        guard facts.maskedPAN != .hidden || facts.brand != nil else { return .null }
        return [
            "masked": .string("**** \(facts.maskedPAN.lastFour ?? "****")"),
            "brand": .text(facts.brand?.rawValue), "entry": .text(facts.entry),
        ]
    }

    private var stages: JSON {
        guard let times = words.live.stages else { return .null }
        func microseconds(_ nanoseconds: UInt64?) -> JSON { .number(nanoseconds.map { $0 / 1000 }) }
        return [
            "handOff": microseconds(times.handOff), "decode": microseconds(times.decode),
            "build": microseconds(times.build), "send": microseconds(times.send),
            "firstByte": microseconds(times.firstByte), "answer": microseconds(times.answer),
            "total": microseconds(times.total),
        ]
    }

    /// Cents with their currency.
    static func money(_ cents: Int?) -> JSON {
        guard let cents else { return .null }
        return ["cents": .integer(cents), "currency": "USD"]
    }

    /// What a till calls an operation.
    static func name(of operation: JournalOperation) -> String {
        operation == .authOnly ? "authorize" : operation.rawValue
    }

    /// The operation that a till calls so.
    static func operation(named name: String) -> JournalOperation? {
        name == "authorize"
            ? .authOnly : name == "authOnly" ? nil : JournalOperation(rawValue: name)
    }
}
