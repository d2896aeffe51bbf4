import GatewayLink
import PayHub
import Readers
import Secrets
import Timeline
import Values

@testable import HotPath

/// A hot path to a scripted server, with a card at hand.
struct Till: ~Copyable {
    static let created =
        "HTTP/1.1 201 Created\r\nLocation: /api/v2/sale/7\r\nContent-Length: 0\r\n\r\n"
    static let approved = resource(
        #"{"saleResponse":{"saleId":"7","approvalCode":"VTLMC1","responseCode":"00"}}"#)

    static func resource(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// True for the approval that the resource tells.
    static func isApproved(_ outcome: Outcome) -> Bool {
        guard case .approved(let approval) = outcome else { return false }
        return approval.transactionID == "7" && approval.responseCode.text == "00"
            && approval.approvalCode == "VTLMC1"
    }

    let arena: SecretArena
    var path: HotPath
    private var sequence: UInt64 = 0

    init(
        _ server: ScriptedServer, deadlines: LinkDeadlines = LinkDeadlines(),
        time: any TimeSource = SystemTime()
    ) throws {
        let arena = try SecretArena(blocks: 16)
        let context = try LinkFixture.context(server)
        var setup = HotPath.Setup(
            endpoint: try GatewayEndpoint(url: "https://localhost:\(server.port)"))
        setup.deadlines = deadlines
        let token = try LinkFixture.bytes("00000000-0000", in: arena)
        let path = try HotPath(setup, context: context, token: token, arena: arena, time: time)
        self.arena = arena
        self.path = path
    }

    mutating func arm() throws {
        sequence += 1
        let reference = PaymentReference(lane: 1, journal: 1, sequence: sequence)
        try path.arm(
            PaymentOrder(
                operation: .sale, merchant: Merchant(organizationID: 1, terminalID: 1),
                amount: try Amount(cents: 1_275), reference: reference))
    }

    mutating func swipe() throws -> Outcome {
        defer { path.rest() }
        return try submit()
    }

    /// A swipe whose outcome has not been told yet.
    mutating func submit() throws -> Outcome {
        let text = "%B4012881888818888^TEST/CARD^49121010000000000000?"
        let card = GatheredSwipe(
            profile: ReaderCatalogue.genericKeyboard, lastReportAt: Moment(nanoseconds: 0),
            ending: .whole, bytes: try LinkFixture.bytes(text, in: arena))
        return path.submit(card, inHand: Moment(nanoseconds: 0)).outcome
    }
}
