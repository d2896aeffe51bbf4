import Foundation
import PayHub
import Testing
import Values

/// The printed samples of the gateway's document beyond sale and authorisation, where a machine has
/// them: SWIPELINE_REFERENCE names the folder.
@Suite struct ReferenceSampleTests {
    private static let folder = ProcessInfo.processInfo.environment["SWIPELINE_REFERENCE"]

    private func sample(_ name: String) throws -> [UInt8]? {
        guard let folder = Self.folder else {
            print("external sample \(name): did not run, SWIPELINE_REFERENCE is not set")
            return nil
        }
        return Array(try Data(contentsOf: URL(filePath: "\(folder)/gateway/examples/\(name).json")))
    }

    @Test func `the report's sample is read`() throws {
        guard let body = try sample("transaction-report.post.response") else { return }
        var reader = BodyReader()
        let rows = try reader.report(body.span)
        #expect(rows.map(\.transactionID.text) == ["180628", "180629"])
        #expect(rows.allSatisfy { $0.amountCents == 9925 && $0.isApproved == true })
        #expect(rows.allSatisfy { $0.voidedBy == nil && $0.refundedBy.isEmpty })
        #expect(rows.map(\.settlementStatus) == ["Risk Hold", "Settled"])
        #expect(rows.allSatisfy { $0.lastFour?.text == "8888" && $0.type == .sale })
        #expect(rows.allSatisfy { $0.swiped == true && $0.isCaptured == false })
    }

    @Test(arguments: [
        (ResourceKind.capture, "777", "114"), (.void, "181258", "181257"),
        (.refund, "181332", "181293"),
    ])
    func `the samples of captures, voids and refunds are read`(
        kind: ResourceKind, id: String, transaction: String
    ) throws {
        guard let body = try sample("\(kind.rawValue).get-by-id.response") else { return }
        var reader = BodyReader()
        let read = reader.followUp(
            body.span, of: kind, id: try #require(TransactionID(id)))
        let record = try #require(read)
        #expect(record.transactionID?.text == transaction)
        #expect(record.organizationID == 10127)
        if kind == .refund { #expect(RefundResult(record) == .refunded(record.id)) }
    }

    @Test func `the verification's sample is read`() throws {
        guard let body = try sample("verify.get-by-id.response") else { return }
        var reader = BodyReader()
        let id = try #require(TransactionID("182364"))
        let resource = reader.resource(body.span, of: .verify, id: id)
        #expect(resource?.responseCode.isApproval == true)
        #expect(resource?.organizationID == 10127)
    }
}
