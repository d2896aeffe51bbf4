import Foundation

/// What a till is doing when it is killed.
enum Scenario: String, CaseIterable {
    case saleApproved = "sale, approved"
    case saleDeclined = "sale, declined"
    case saleInDoubt = "sale, answer lost"
    case threeCards = "replay of three: declined, lost, approved"
    case firstSale = "first sale of a journal"
    case authorization = "authorization"
    case capture = "capture"
    case void = "void"
    case voidInDoubt = "void, answer lost"
    case refund = "refund, all"
    case refundInDoubt = "refund, answer lost"
    case partRefund = "refund, a part"
    case cardRefund = "refund to a card"
    case cardRefundInDoubt = "refund to a card, answer lost"
    case reconcileCharged = "reconcile, charged"
    case reconcileEmpty = "reconcile, not charged"
    case sweep = "sweep, a copy"

    /// A network that doubled a request is no fault of the till; the sweep mends it.
    var hasCopies: Bool { self == .sweep }

    /// The journal has sold before.
    var isWarm: Bool { self != .firstSale }

    /// A folder that is only coming to be has no earlier syncs to go back to.
    var hasSyncs: Bool { self != .firstSale }

    /// True when cards are read in it, and each request is told in a line.
    var sells: Bool {
        switch self {
        case .saleApproved, .saleDeclined, .saleInDoubt, .threeCards, .firstSale, .authorization,
            .cardRefund, .cardRefundInDoubt:
            true
        default: false
        }
    }

    /// Brings the shop to where the till is about to be killed.
    /// - Returns: the command that is to be killed.
    func prepare(_ shop: Shop) throws -> [String] {
        switch self {
        case .saleApproved, .firstSale: return Self.sale()
        case .saleDeclined: return Self.sale("clear-visa-decline", "0.01")
        case .saleInDoubt:
            try shop.plant(#"{"name": "dropAfterCommit", "operation": "sale", "times": 1}"#)
            return Self.sale()
        case .threeCards:
            try shop.plant(
                #"{"name": "dropAfterCommit", "operation": "sale", "from": 2, "times": 1}"#)
            let cards = ["clear-visa-decline", "clear-mastercard", "clear-discover"]
            return ["replay"] + cards.map { "Fixtures/\($0).hid" } + ["--amount", "0.01", "--json"]
        case .authorization: return Self.sale(["--operation", "authOnly"])
        case .capture: return Self.follow("capture", try shop.payment(.authOnly))
        case .void: return Self.follow("void", try shop.payment(.sale))
        case .refund: return Self.follow("refund", try shop.payment(.sale))
        case .partRefund:
            return Self.follow("refund", try shop.payment(.sale)) + ["--amount", "2.00"]
        case .cardRefund: return try Self.cardRefund(shop)
        case .cardRefundInDoubt:
            try shop.plant(#"{"name": "dropAfterCommit", "operation": "refund", "times": 1}"#)
            return try Self.cardRefund(shop)
        case .voidInDoubt, .refundInDoubt:
            let operation = self == .voidInDoubt ? "void" : "refund"
            let payment = try shop.payment(.sale)
            try shop.plant(
                #"{"name": "dropAfterCommit", "operation": "\#(operation)", "times": 1}"#)
            return Self.follow(operation, payment)
        case .reconcileCharged: return try afterSale(shop, "dropAfterCommit")
        case .reconcileEmpty: return try afterSale(shop, "dropBeforeCommit")
        case .sweep: return try afterSale(shop, "duplicateDelivery")
        }
    }

    private func afterSale(_ shop: Shop, _ fault: String) throws -> [String] {
        try shop.plant(#"{"name": "\#(fault)", "operation": "sale", "times": 1}"#)
        _ = try shop.till(Self.sale())
        return Self.reconcile
    }

    private static func follow(_ operation: String, _ payment: String) -> [String] {
        [operation, payment, "--json", "--patience", "3"]
    }

    /// Money to a card that the gateway knows by its token: one of the emulator's, which is no
    /// card's number.
    private static func cardRefund(_ shop: Shop) throws -> [String] {
        let token = "\(shop.folder)/card-token"
        _ = FileManager.default.createFile(
            atPath: token, contents: Data("9999000000000001".utf8),
            attributes: [.posixPermissions: 0o600])
        return [
            "refund", "--unlinked", "--amount", "3.00", "--card-token-file", token,
            "--first-name", "Ada", "--last-name", "Test", "--email", "ada@shop.example", "--yes",
            "--json", "--patience", "3",
        ]
    }

    static let reconcile = ["journal", "reconcile", "--patience", "3"]

    /// A recorded swipe, sold. The cards are the published test cards of `Fixtures`.
    static func sale(
        _ card: String = "clear-visa", _ amount: String = "12.75", _ more: [String] = []
    ) -> [String] {
        ["replay", "Fixtures/\(card).hid", "--amount", amount, "--json"] + more
    }

    static func sale(_ more: [String]) -> [String] { sale("clear-visa", "12.75", more) }
}

extension Shop {
    enum Payment: String {
        case sale
        case authOnly
    }

    /// The reference of an approved payment that nothing has been done to; so many are made at
    /// once when there is none.
    func payment(_ operation: Payment, of count: Int = 10) throws -> String {
        if spare[operation, default: []].isEmpty {
            let result = try till(
                Scenario.sale(["--operation", operation.rawValue, "--repeat", String(count)]))
            spare[operation] = result.lines.filter { $0["outcome"] as? String == "approved" }
                .compactMap { $0["reference"] as? String }
        }
        guard let reference = spare[operation]?.popLast() else {
            throw Mishap("no payment could be made")
        }
        return reference
    }

    /// One payment of each kind, for the inquiry to have something that it must find.
    func warm() throws {
        let sale = try payment(.sale, of: 1)
        _ = try payment(.authOnly, of: 1)
        let result = try till(["refund", sale, "--amount", "1.00", "--json"])
        guard result.status == 0 else { throw Mishap("no refund: \(result.complaint)") }
    }
}
