import Emulator
import GatewayLink
import HotPath
import LaneRig
import PayHub
import Readers
import Secrets
import Testing
import Timeline
import Values

/// A refund without a sale: the same secret way as a sale, by a swipe, a keyed card or a token.
@Suite struct UnlinkedRefundTests {
    private static let reference = PaymentReference(lane: 1, journal: 2, sequence: 3)

    private func path(_ rig: OfficeRig, _ arena: SecretArena) throws -> HotPath {
        let endpoint = try GatewayEndpoint(url: "https://localhost:\(rig.gateway.port)")
        var token = try arena.take(capacity: 64)
        for byte in OfficeRig.token.utf8 { try token.append(byte) }
        return try HotPath(
            HotPath.Setup(endpoint: endpoint),
            context: LinkContext(endpoint: endpoint, trust: .file(path: rig.gateway.authorityPath)),
            token: token, arena: arena, time: SystemTime())
    }

    private func order() throws -> PaymentOrder {
        var order = PaymentOrder(
            operation: .refund, merchant: Office.merchant, amount: try Amount(cents: 500),
            reference: Self.reference)
        order.customer = Customer(name: ("Ann", "Test"), emailAddress: "ann@example.com")
        return order
    }

    private func check(_ report: PaymentReport, _ rig: OfficeRig, _ entry: CardEntry) throws {
        guard case .approved(let approval) = report.outcome else {
            Issue.record("\(report.outcome)")
            return
        }
        #expect(report.mismatch == nil)
        let kept = try #require(rig.core.ledger.entry(id: approval.transactionID))
        #expect(kept.kind == .refund && kept.target == nil)
        #expect(kept.bill.totalCents == 500 && kept.bill.note == Self.reference.text)
        #expect(kept.customer?.firstName == "Ann")
        #expect(kept.card?.entry == entry)
        #expect(rig.core.ledger.charges.map(\.liveCents) == [-500])
    }

    @Test func `by a swipe`() throws {
        let rig = try OfficeRig()
        let arena = try SecretArena(blocks: 24)
        var path = try path(rig, arena)
        try path.arm(try order())
        let swipe = try TestCard.visa.swipe(in: arena)
        try check(path.submit(swipe, inHand: SystemTime().now()), rig, .plainTracks)
        path.rest()
    }

    @Test func `by a keyed card`() throws {
        let rig = try OfficeRig()
        let arena = try SecretArena(blocks: 24)
        var path = try path(rig, arena)
        try path.arm(try order())
        var number = try arena.take(capacity: 32)
        for byte in "4012881888818888".utf8 { try number.append(byte) }
        var expiry = try arena.take(capacity: 8)
        for byte in "4912".utf8 { try expiry.append(byte) }
        let card = try CardInHand(
            keyed: KeyedCard(number: number, expiry: expiry),
            on: CivilDate(year: 2026, month: 11, day: 21))
        try check(path.submit(card, inHand: SystemTime().now()), rig, .keyed)
        path.rest()
    }

    @Test func `without a customer it is refused before the card is taken`() throws {
        let rig = try OfficeRig()
        let arena = try SecretArena(blocks: 24)
        var path = try path(rig, arena)
        var order = try order()
        order.customer = nil
        let fault = ArmFailure.request(.breach(RuleBreach("customer", .neededForRefund)))
        do throws(ArmFailure) {
            try path.arm(order)
            Issue.record("armed")
        } catch { #expect(error == fault) }
        #expect(rig.core.ledger.entries.isEmpty)
    }
}
