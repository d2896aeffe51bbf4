import Emulator
import Examples
import Testing
import Values

/// The document's own recurring bills, on the days on which they were printed.
@Suite(.needsReference) struct RecurringExampleTests {
    /// A sample, whose it is, and the days on which it bills.
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        let organization: Int
        let days: [String]

        var testDescription: String { name }
    }

    static let samples = [
        Sample(
            name: "recurring-bill.post.request", organization: 10_005,
            days: ["2015-10-01", "2016-09-30"]),
        Sample(
            name: "recurring-bill.post.request.java-sample", organization: 10_005,
            days: ["2016-02-01", "2016-10-31"]),
        Sample(
            name: "recurring-bill.post.request.csharp-sample", organization: 10_005,
            days: ["2016-02-01", "2016-10-31"]),
        Sample(
            name: "recurring-bill.post.request.php-sample", organization: 10_002,
            days: [
                "2015-06-01", "2015-07-01", "2015-08-01", "2015-09-01", "2015-10-01", "2015-11-01",
            ]),
    ]

    private static func post(
        _ body: [UInt8], to path: String, of organization: Int, _ gateway: TestGateway
    ) throws -> GatewayResponse {
        let account = try #require(
            MerchantAccount.ofTheDocument.first { $0.organization == organization })
        return gateway.send(
            "POST", "/api/v2/\(path)", body, token: account.tokens.first)
    }

    @Test(arguments: samples)
    func `bills a printed recurring bill on its days and is then complete`(
        sample: Sample
    ) throws {
        let text = try ReferenceExamples.text(sample.name)
        let gateway = try TestGateway(day: CivilDate(year: 2015, month: 5, day: 19))
        let response = try Self.post(
            Array(text.utf8), to: "recurring-bill", of: sample.organization, gateway)
        #expect(response.status == .created, "\(response.codes)")
        gateway.pass(days: 3 * 365)
        #expect(gateway.billed() == sample.days)
        #expect(gateway.core.ledger.recurringBills.map(\.status) == [.completed])
    }

    /// It is the body of an authorisation in all but its name.
    @Test func `refuses the Ruby sample, which has no schedule, but as what it is posted as`()
        throws
    {
        let name = "recurring-bill.post.request.ruby-sample"
        let text = try ReferenceExamples.text(name)
        let body = Array(text.utf8)
        let gateway = try TestGateway(day: CivilDate(year: 2015, month: 5, day: 19))
        let refused = try Self.post(body, to: "recurring-bill", of: 10_074, gateway)
        #expect(refused.codes == ["4524"])
        let taken = try Self.post(body, to: "authonly", of: 10_074, gateway)
        #expect(taken.status == .created)
    }

    @Test func `cancels by the printed change of status`() throws {
        let text = try ReferenceExamples.text("recurring-bill-status.patch.request")
        let gateway = try TestGateway()
        let id = try gateway.bill(Body.daily)
        let path = "/api/v2/recurring-bill-status/\(id)"
        #expect(gateway.send("PATCH", path, Array(text.utf8)).status == .noContent)
        #expect(try gateway.standing(id) == "CANCELED -")
    }
}
