import Examples
import PayHub
import Testing
import Values

/// The printed samples of the gateway's document, as the lane reads them.
@Suite(.needsReference) struct ReferenceSampleTests {
    private func sample(_ name: String) throws -> [UInt8] {
        let text = try ReferenceExamples.text(name)
        print("external resource sample: \(name)")
        return Array(text.utf8)
    }

    @Test(arguments: [
        ("sale", PaymentOperation.sale, "478"), ("authonly", .authOnly, "182349"),
    ])
    func `the samples of payments are read`(
        name: String, operation: PaymentOperation, id: String
    ) throws {
        let body = try sample("\(name).get-by-id.response")
        var reader = BodyReader()
        let resource = reader.resource(
            body.span, of: operation, id: try #require(TransactionID(id)))
        #expect(resource?.responseCode.text == "00")
        #expect(resource?.approvalCode == "VTLMC1")
    }

    @Test func `the report's sample is read`() throws {
        let body = try sample("transaction-report.post.response")
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
        let body = try sample("\(kind.rawValue).get-by-id.response")
        var reader = BodyReader()
        let read = reader.followUp(
            body.span, of: kind, id: try #require(TransactionID(id)))
        let record = try #require(read)
        #expect(record.transactionID?.text == transaction)
        #expect(record.organizationID == 10127)
        if kind == .refund { #expect(FollowUpResult(refund: record) == .done(record.id)) }
    }

    @Test func `the verification's sample is read`() throws {
        let body = try sample("verify.get-by-id.response")
        var reader = BodyReader()
        let id = try #require(TransactionID("182364"))
        let resource = reader.resource(body.span, of: .verify, id: id)
        #expect(resource?.responseCode.isApproval == true)
        #expect(resource?.organizationID == 10127)
    }
}
