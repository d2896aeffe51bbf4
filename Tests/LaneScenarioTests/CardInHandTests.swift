import Emulator
import HotPath
import Journal
import Lane
import LaneRig
import OwnThreads
import PayHub
import Secrets
import Testing
import Timeline
import Values

/// Payments by a keyed card and by a token: journal, latch and reconciler as with a swipe.
@Suite(.blocks) struct CardInHandTests {
    private enum Card: String, CaseIterable {
        case keyed
        case token
    }

    /// The gateway asks for a customer where no card was swiped.
    private static let details = {
        var details = OrderDetails()
        details.customer = Customer(name: ("Ann", "Test"), emailAddress: "ann@example.com")
        return details
    }()

    private static let today = CivilDate(year: 2026, month: 1, day: 15)

    private func secret(_ text: String, _ arena: SecretArena) throws -> SecretBytes {
        var bytes = try arena.take(capacity: 32)
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }

    private func card(_ card: Card, _ rig: LaneRig) throws -> CardInHand {
        let arena = rig.shop.base.arena
        switch card {
        case .keyed:
            var billing = BillingAddress()
            billing.zip = "94901"
            return try CardInHand(
                keyed: KeyedCard(
                    number: secret("4012881888818888", arena), expiry: secret("4912", arena),
                    cvv: secret("999", arena)), on: Self.today, billing: billing)
        case .token:
            // The shop has sold before, so the gateway has a token of this card.
            return try CardInHand(token: secret("9999000000000001", arena))
        }
    }

    private func demand(
        _ card: Card, _ operation: JournalOperation = .sale
    ) throws -> Attempt.Demand {
        var demand = try Shop.demand("T1", operation)
        demand.entry = card.rawValue
        return demand
    }

    @discardableResult private func pay(
        _ rig: LaneRig, _ card: Card, _ operation: JournalOperation = .sale,
        _ details: OrderDetails = Self.details
    ) throws -> PaymentReport {
        _ = try #require(try rig.lane.arm(try demand(card, operation), details))
        let submitted = rig.lane.submit(try self.card(card, rig), inHand: rig.time.now())
        return try #require(submitted).report
    }

    @Test(arguments: Card.allCases)
    private func `it is approved, and told how it came`(_ card: Card) throws {
        let rig = try LaneRig(Shop.with())
        let report = try pay(rig, card)
        guard case .approved = report.outcome else {
            Issue.record("\(report.outcome)")
            return
        }
        #expect(report.reader == nil)
        #expect(report.entry?.rawValue == card.rawValue)
        #expect(report.maskedPAN.lastFour == (card == .keyed ? "8888" : nil))
        #expect(rig.ends == [.approved] && rig.wrong == [])
        #expect(rig.live.map(\.liveCents) == [1275])
        #expect(rig.shop.core.ledger.entries.last?.card?.entry.rawValue == card.rawValue)
    }

    @Test func `an authorisation and a verification go the same way`() throws {
        for operation in [JournalOperation.authOnly, .verify] {
            let rig = try LaneRig(Shop.with())
            try pay(rig, .token, operation)
            #expect(rig.ends == [.approved] && rig.wrong == [])
        }
    }

    @Test func `what else is known of an order goes out with it`() throws {
        let rig = try LaneRig(Shop.with())
        var details = Self.details
        details.tax = try Amount(cents: 75)
        details.purchaseOrderNumber = "PO 7"
        try pay(rig, .keyed, .sale, details)
        let entry = try #require(rig.shop.core.ledger.entries.last)
        #expect(entry.customer?.firstName == "Ann")
        #expect(entry.bill.baseCents == 1200 && entry.bill.taxCents == 75)
        #expect(entry.bill.purchaseOrder == "PO 7")
        #expect(entry.card?.address.zip == "94901")
        #expect(rig.live.map(\.liveCents) == [1275] && rig.wrong == [])
    }

    @Test func `details that leave nothing of the amount arm no lane`() throws {
        let rig = try LaneRig(Shop.with())
        var details = OrderDetails()
        details.shipping = try Amount(cents: 1275)
        #expect(try rig.lane.arm(try demand(.keyed), details) == nil)
        #expect(rig.ends == [.notSent] && rig.live == [])
    }

    @Test(arguments: Card.allCases, [FaultName.dropAfterCommit, .dropBeforeCommit])
    private func `an answer that is lost is found out`(_ card: Card, _ fault: FaultName) throws {
        let rig = try LaneRig(Shop.with(once(fault)))
        try pay(rig, card)
        #expect(rig.ends == [])
        rig.work()
        let isDone = fault == .dropAfterCommit
        #expect(rig.ends == [isDone ? .approved : .notCharged] && rig.wrong == [])
        #expect(rig.live.map(\.liveCents) == (isDone ? [1275] : []))
    }

    @Test(arguments: Card.allCases)
    private func `it is found by amount and card where the filter on notes is broken`(
        _ card: Card
    ) throws {
        let rig = try LaneRig(
            Shop.with(once(.dropAfterCommit), FaultRule(.reportFilterIgnored)))
        try pay(rig, card)
        rig.work()
        #expect(rig.ends == [.approved] && rig.wrong == [])
    }

    @Test func `the sweep sees what was not swiped, and takes back a second charge`() throws {
        let rig = try LaneRig(Shop.with(once(.duplicateDelivery)))
        try pay(rig, .keyed)
        #expect(rig.live.count == 2)
        rig.sweep()
        rig.work()
        #expect(rig.live.map(\.liveCents) == [1275] && rig.wrong == [])
    }

    @Test func `a lane that is armed for a swipe takes no card in hand`() throws {
        let rig = try LaneRig(Shop.with())
        _ = try #require(try rig.lane.arm(try Shop.demand("T1")))
        let card = try card(.keyed, rig)
        #expect(rig.lane.submit(card, inHand: rig.time.now()) == nil)
        #expect(rig.live == [])
        #expect(try rig.swipe()?.state == .approved)
    }

    @Test func `how it came is durable before it is sent`() throws {
        let rig = try LaneRig(Shop.with())
        let armed = try #require(try rig.lane.arm(try demand(.token)))
        #expect(try rig.kept(armed)?.facts.entry == "token")
    }
}
