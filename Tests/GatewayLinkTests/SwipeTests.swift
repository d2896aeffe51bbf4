import HotPath
import OwnThreads
import PayHub
import Readers
import Secrets
import Testing
import Timeline
import Values

@testable import compose_fixtures

/// A swipe over a scripted gateway: what the hot path reports of the resource beside the outcome.
@Suite(.blocks) struct SwipeTests {
    private typealias Step = ScriptedServer.Step

    private func pay(
        _ operation: PaymentOperation, _ script: [Step]
    ) throws -> (PaymentReport, ScriptedServer.Seen) {
        let server = try ScriptedServer([script])
        let arena = try SecretArena()
        let context = try LinkFixture.context(server)
        let endpoint = try GatewayEndpoint(url: "https://localhost:\(server.port)")
        let token = try LinkFixture.bytes("test-token", in: arena)
        var path = try HotPath(
            HotPath.Setup(endpoint: endpoint), context: context, token: token, arena: arena,
            time: SystemTime())
        try path.arm(
            PaymentOrder(
                operation: operation, merchant: CallerFixture.merchant,
                amount: try Amount(cents: 1275), reference: CallerFixture.reference))
        let profile = try #require(ReaderCatalogue.rows.first { $0.productID == 0x0500 })
        var gatherer = try SwipeGatherer(profile: profile, arena: arena)
        let card = TestCard.visa
        let report = IDTechWriter.clear(track1: .read(card.track1), track2: .read(card.track2))
        _ = gatherer.take(report.span, at: Moment(nanoseconds: 1))
        let told = path.submit(try gatherer.release(), inHand: Moment(nanoseconds: 2))
        path.rest()
        return (told, try server.finished())
    }

    private func exchange(_ kind: String, _ resource: String) -> [Step] {
        [
            .handshake, .readRequest, .write(CallerFixture.created("\(kind)/7")), .readRequest,
            .write(CallerFixture.answer(200, resource)), .waitForEnd,
        ]
    }

    private func isApproved(_ report: PaymentReport) -> Bool {
        if case .approved = report.outcome { true } else { false }
    }

    @Test func `a card is verified by a swipe, without amount and reference`() throws {
        let (report, seen) = try pay(
            .verify,
            exchange("verify", #"{"verifyResponse":{"verifyId":"7","responseCode":"00"}}"#))
        #expect(isApproved(report))
        #expect(report.mismatch == nil)
        #expect(
            seen.requests.map(CallerFixture.line) == [
                "POST /api/v2/verify HTTP/1.1", "GET /api/v2/verify/7 HTTP/1.1",
            ])
        let post = try #require(seen.requests.first)
        #expect(post.contains("track2_data"))
        #expect(!post.contains("amount") && !post.contains(CallerFixture.reference.text))
    }

    @Test func `a verification of a foreign location is in doubt, and no bill is asked for`() throws
    {
        let answer = CallerFixture.answer(201, "", location: "https://elsewhere/api/v2/verify/7")
        let (report, seen) = try pay(
            .verify, [.handshake, .readRequest, .write(answer), .waitForEnd])
        #expect(report.outcome == .inDoubt(Doubt(.locationForeign, transactionID: "7")))
        #expect(seen.requests.count == 1)
    }

    @Test func `a charge of another amount is approved, and told as a mismatch`() throws {
        let (report, _) = try pay(
            .sale,
            exchange(
                "sale",
                #"{"saleResponse":{"responseCode":"00"},"bill":{"base_amount":{"amount":127.5}}}"#))
        #expect(isApproved(report))
        let mismatch = try #require(report.mismatch)
        #expect(mismatch.amount == .different(cents: 12_750))
        #expect(mismatch.organizationID == nil)
        #expect(report.resource?.bill?.totalCents == 12_750)
    }

    @Test func `a charge of another merchant is told as a mismatch`() throws {
        let (report, _) = try pay(
            .authOnly,
            exchange(
                "authonly",
                #"{"authOnlyResponse":{"responseCode":"00"},"merchantOrganizationId":7}"#))
        #expect(isApproved(report))
        #expect(report.mismatch?.organizationID == 7)
        #expect(report.mismatch?.amount == nil)
    }

    @Test func `a charge as it was ordered is no mismatch`() throws {
        let (report, _) = try pay(
            .sale,
            exchange(
                "sale",
                #"{"saleResponse":{"responseCode":"00"},"createdBy":"10002","#
                    + #""bill":{"base_amount":{"amount":"12.75"}}}"#))
        #expect(isApproved(report))
        #expect(report.mismatch == nil)
        #expect(report.resource?.organizationID == 10002)
    }

    @Test func `without a resource there is nothing to compare`() throws {
        let (report, _) = try pay(
            .sale,
            [.handshake, .readRequest, .write(CallerFixture.refusal("05")), .waitForEnd])
        #expect(report.resource == nil)
        #expect(report.mismatch == nil)
    }
}
