package import Emulator
internal import Foundation
public import Journal
internal import Logging
internal import Timeline
internal import Values

/// One emulated gateway with one lane's journal and latch: what outlives the lane's process.
public final class Shop {
    /// What it shares with other shops.
    public let base: RigBase
    /// The gateway's core, with the ledger that judges.
    package let core: EmulatorCore
    /// The lane's journal.
    public var journal: any JournalStore
    /// The lane's latch.
    public var latch: Latch
    /// The charges that were there before.
    package let earlier: Set<String>
    /// The number of the first attempt that is not an earlier one.
    public let firstSequence: UInt64

    /// The bearer token of the emulated merchant.
    package static let token = "0b8e1c55-4a5f-4d0c-9a3b-6a1c2f0e7d11"
    private static let lane = 1
    private static let number: UInt32 = 7

    /// A shop that has sold once before, or never.
    /// - Throws: what the emulator throws.
    package init(
        _ base: RigBase, hasSold: Bool = true,
        _ change: (inout EmulatorSettings) -> Void = { _ in }
    ) throws {
        self.base = base
        var settings = EmulatorSettings(merchants: [.standard(token: Self.token)])
        change(&settings)
        let clock = RigClock(time: base.gateway.time)
        core = try EmulatorCore(
            settings, clock: clock,
            logger: Logger(label: "rig") { _ in SwiftLogNoOpLogHandler() })
        latch = base.latch
        base.gateway.take(core)
        let sold =
            hasSold
            ? [
                try Self.sell(1, .sale, at: core, clock.wall),
                try Self.sell(2, .authOnly, at: core, clock.wall),
            ] : []
        earlier = Set(sold.compactMap(\.facts.transactionID))
        firstSequence = UInt64(sold.count) + 1
        journal = MemoryJournal(
            lane: Self.lane, number: Self.number,
            holding: JournalBook(attempts: sold, nextSequence: firstSequence))
    }

    /// An earlier payment, which the report can show as a control.
    private static func sell(
        _ sequence: UInt64, _ operation: JournalOperation, at core: EmulatorCore, _ wall: WallTime
    ) throws -> Attempt {
        let ticket = try demand("earlier-\(sequence)", operation)
        let attempt = Attempt(
            .init(sequence: sequence, lane: lane, journal: number), asks: ticket, incarnation: 1,
            decidedAt: wall)
        let id = try charge(attempt.reference.text, operation, at: core)
        var approved = attempt.moved(to: .approved, at: wall)
        approved.facts.transactionID = id
        approved.facts.responseCode = ResponseCode("00")
        approved.facts.maskedPAN = MaskedPAN(length: 16, lastFour: (0x38, 0x38, 0x38, 0x38))
        return approved
    }

    /// Charges a card past the lane; the transaction's id.
    /// - Throws: ``RigFailure/setUp(_:)``
    @discardableResult package static func charge(
        _ note: String, _ operation: JournalOperation = .sale, at core: EmulatorCore
    ) throws -> String {
        let body = """
            {"merchant":{"organization_id":20001,"terminal_id":1},
             "bill":{"base_amount":{"amount":12.75,"currency":"USD"},
              "note":"\(note)","invoice_number":"1"},
             "card_data":{"track1_data":"B4012881888818888^TEST/CARD^49121010000000000000",
              "track2_data":"4012881888818888=49121010000000001"}}
            """
        let answer = core.respond(
            to: GatewayRequest(
                method: "POST", target: "/api/v2/\(operation.rawValue.lowercased())",
                headers: [
                    "authorization": "Bearer \(token)", "content-type": "application/json",
                ], body: Array(body.utf8)))
        guard let id = answer.header("Location")?.split(separator: "/").last else {
            throw RigFailure.setUp("no earlier sale: status \(answer.status.rawValue)")
        }
        return String(id)
    }

    /// What a till wants paid.
    /// - Throws: ``RigFailure/setUp(_:)``
    public static func demand(
        _ ticket: String, cents: Int = 1275, _ operation: JournalOperation = .sale
    ) throws -> Attempt.Demand {
        guard let ticket = Ticket(ticket) else { throw RigFailure.setUp("ticket") }
        return .init(operation, try Amount(cents: cents), ticket: ticket)
    }

    /// Charges at the gateway that were not there before.
    package var charges: [Charge] { core.ledger.charges.filter { !earlier.contains($0.id) } }

    /// Lets a fault meet the gateway.
    public func set(_ fault: WireFault?) { base.gateway.set(fault) }
}

/// The wall clock of gateway and lane, which goes with the lane's own clock.
internal struct RigClock: GatewayClock {
    let time: ManualTime

    var wall: WallTime { WallTime(milliseconds: Int64(now().milliseconds)) }

    func now() -> Timestamp {
        Timestamp(
            day: CivilDate(daysSinceEpoch: time.today()), millisecondOfDay: 36_000_000
        ).adding(milliseconds: Int(time.now().nanoseconds / 1_000_000))
    }
}
