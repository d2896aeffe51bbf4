import Foundation
import HostileClient
import Journal
import LaneRig
import Settings
import Testing
import Values

@testable import Service

/// What is printed of a payment.
@Suite(.serialized) struct ReceiptTests {
    private static func text(
        _ rig: ServiceRig, _ attempt: Attempt, _ query: String = ""
    ) async throws -> Answer {
        try await rig.ask("GET", "/v1/payments/\(attempt.reference)/receipt\(query)")
    }

    @Test func `an approved sale has all that its receipt needs`() async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1275)
            let text = try await Self.text(rig, sale).body
            let needed = [
                "Corner Shop", "SALE", "USD 12.75", "APPROVED", "Visa", "**** 1111", "Swiped",
                "A1B2C3", "1001", "T-1", sale.reference.text, "Signature",
            ]
            for word in needed { #expect(text.contains(word), "\(word)") }
            #expect(!text.contains("COPY"))
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 42 })
        }
    }

    @Test func `a refund's receipt has the card and the reference of its payment`() async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1275)
            var demand = Attempt.Demand(.refund, try Amount(cents: 500), ticket: sale.ticket)
            demand.parent = sale.sequence
            let refund = try rig.add(demand).moved(to: .approved, at: rig.desk.parts.wall())
            try rig.journal.append([.attempt(refund)])
            let text = try await Self.text(rig, refund).body
            let needed = [
                "REFUND", "USD 5.00", "Visa", "**** 1111", refund.reference.text,
                "Of payment", sale.reference.text,
            ]
            for word in needed { #expect(text.contains(word), "\(word)") }
            #expect(!text.contains("A1B2C3") && !text.contains("Signature"))
        }
    }

    @Test func `a copy says that it is one`() async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1275)
            #expect(try await Self.text(rig, sale, "?copy=true").body.contains("COPY"))
            let spanish = try await Self.text(rig, sale, "?copy=true&language=es").body
            #expect(spanish.contains("COPIA") && spanish.contains("APROBADO"))
        }
    }

    @Test(arguments: [24, 32, 42, 80])
    func `no line is longer than the paper`(width: Int) async throws {
        try await ServiceRig.run {
            $0.settings.shop.name = "A shop with a name that is longer than any paper is wide"
            $0.settings.shop.lines = ["12 Long Street, Springfield, and some more words"]
        } _: { rig in
            let sale = try rig.sold(1275)
            let text = try await Self.text(rig, sale, "?width=\(width)").body
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
            #expect(text.contains(sale.reference.text))
        }
    }

    @Test func `a printer gets its own bytes and no orders from the shop's name`() async throws {
        try await ServiceRig.run {
            $0.settings.shop.name = "Peña\u{1B}@\u{1D}V"
        } _: { rig in
            let sale = try rig.sold(1275)
            let words = (rig.desk.settings.shop.name, rig.desk.settings.shop.lines)
            let receipt = Receipt(of: sale, shop: words, date: "2026-11-21", form: .init())
            let bytes = receipt.printed
            #expect(bytes.starts(with: [0x1B, 0x40]))
            #expect(bytes.suffix(4) == [0x1D, 0x56, 0x42, 0])
            // One start and one cut, both ours.
            let pairs = zip(bytes, bytes.dropFirst())
            #expect(pairs.count { $0 == 0x1B && $1 == 0x40 } == 1)
            #expect(pairs.count { $0 == 0x1D && $1 == 0x56 } == 1)
            #expect(bytes.contains(0xA4))
        }
    }

    @Test func `the receipt is told as JSON too, and refused in other forms`() async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1275)
            let lines = try await Self.text(rig, sale, "?format=json").json["lines"] as? [Any]
            #expect((lines?.count ?? 0) > 10)
            #expect(try await Self.text(rig, sale, "?format=pdf").status == 400)
            #expect(try await Self.text(rig, sale, "?width=1000").status == 400)
        }
    }

    @Test func `a payment that is not at its end has no receipt`() async throws {
        try await ServiceRig.run { rig in
            let key = ["Idempotency-Key": "k"]
            let body = #"{"operation":"sale","amount":{"cents":1,"currency":"USD"}}"#
            let made = try await rig.ask("POST", "/v1/payments", body, key)
            let path = "/v1/payments/\(made["reference"] ?? "")/receipt"
            #expect(try await rig.ask("GET", path).status == 409)
        }
    }
}
