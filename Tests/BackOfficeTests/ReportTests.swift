import BackOffice
import Emulator
import LaneRig
import PayHub
import Secrets
import Testing
import Values

/// Reports over real TLS.
@Suite struct ReportTests {
    private static let card =
        #""card_data":{"track2_data":"4012881888818888=49121011000000000"}"#

    @Test func `rows are read whole, with what nothing is decided by`() async throws {
        let rig = try OfficeRig()
        let contact = #""email_address":"ann@example.com","phone_number":"4155551234""#
        let id = try TransactionTests.post(
            rig, "sale", note: "SW-1", Self.card, TransactionTests.customer(contact))
        var filter = ReportFilter()
        filter.notes = .only("SW-1")
        let rows = try await rig.desk.report(filter)
        #expect(rows.map(\.transactionID) == [id])
        let details = try #require(rows.first?.details)
        #expect(details.customerName == "Ann Test")
        #expect(details.mailAddress == "ann@example.com")
        #expect(details.source == "3rd Party API")
        #expect(details.cardType == "Visa")
        #expect(details.authorizedCents == 1275)
        #expect(details.cardToken?.count == 16)
        #expect(details.recurringBillID == nil)
        filter = ReportFilter()
        filter.cardTokens = details.cardToken.map { .only($0) }
        #expect(try await rig.desk.report(filter).map(\.transactionID) == [id])
        filter.cardTokens = details.cardToken.map { .none(of: [$0]) }
        #expect(try await rig.desk.report(filter) == [])
    }

    @Test func `a filter that cannot be written is refused by us`() async throws {
        let rig = try OfficeRig()
        await #expect(throws: BackOfficeFault.refusedByUs(.filterEmpty)) {
            try await rig.desk.report(ReportFilter())
        }
    }

    @Test func `what is no report is never an empty one`() async throws {
        for (reaction, expected) in [
            (.answer(200, "{}"), .report(.malformed(offset: 0))),
            (.answer(200, "[{}]"), .report(.badRow(0))),
            (.answer(204), .unexpectedStatus(204)),
        ] as [(ScriptedGateway.Reaction, TransportFault)] {
            let gateway = try ScriptedGateway([reaction])
            let office = try Office(gateway)
            var filter = ReportFilter()
            filter.swiped = true
            await #expect(throws: BackOfficeFault.transport(expected)) {
                try await office.desk.report(filter)
            }
            #expect(gateway.requests.count == 1)
        }
    }

    @Test func `a long time is asked for in stretches, and no row is told twice`() async throws {
        let rig = try OfficeRig()
        var made: [TransactionID] = []
        for _ in 0..<4 {
            made.append(try TransactionTests.post(rig, "sale", Self.card))
            rig.clock.advance(milliseconds: 60_000)
        }
        let moments = ["10:00:00", "10:01:00", "10:02:30", "10:10:00"].compactMap {
            GatewayTime("2026-11-21 \($0)")
        }
        var stretches: [[TransactionID]] = []
        for try await stretch in rig.desk.reports(ReportFilter(), between: moments) {
            stretches.append(stretch.rows.map(\.transactionID))
        }
        #expect(stretches == [Array(made[0...1]), [made[2]], [made[3]]])
    }

    @Test func `moments in the wrong order are refused by us`() async throws {
        let rig = try OfficeRig()
        let moments = ["10:01:00", "10:00:00"].compactMap { GatewayTime("2026-11-21 \($0)") }
        await #expect {
            for try await _ in rig.desk.reports(ReportFilter(), between: moments) {}
        } throws: { fault in
            guard case BackOfficeFault.refusedByUs(.breach(let breach)) = fault else {
                return false
            }
            return breach.member == "trnDateFrom"
        }
        #expect(rig.gateway.connectionCount == 0)
    }
}
