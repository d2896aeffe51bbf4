internal import GatewayLink
internal import Journal
internal import PayHub
internal import Values

/// A transaction of the gateway that is named by its id, as the gateway shows it.
internal struct OutsideTransaction {
    /// A sale, an authorisation or a refund.
    let kind: ResourceKind
    let id: TransactionID
    let cents: Int?
    let note: String?
    let isApproved: Bool

    /// Asks the gateway for it.
    /// - Throws: ``Failure`` when it has none that can be captured, voided or refunded.
    init(_ id: TransactionID, _ caller: inout GatewayCaller) throws {
        defer { caller.close() }
        self.id = id
        do throws(InquiryFault) {
            for operation in [PaymentOperation.sale, .authOnly, .refund] {
                guard let found = try Self.find(id, operation, &caller) else { continue }
                kind = ResourceKind(operation)
                (cents, note) = (found.amountCents, found.note)
                if case .approved = found.outcome { isApproved = true } else { isApproved = false }
                return
            }
        } catch {
            let exit: Exit = if case .link = error { .unreachable } else { .refusedByGateway }
            throw Failure("transaction \(id.text): \(error)", exit)
        }
        throw Failure(
            "the gateway has no sale, authorisation or refund with the id \(id.text); look at "
                + "`swipeline transactions list`", .refusedByGateway)
    }

    private static func find(
        _ id: TransactionID, _ operation: PaymentOperation, _ caller: inout GatewayCaller
    ) throws(InquiryFault) -> FoundTransaction? {
        do throws(InquiryFault) { return try caller.transaction(id, operation) } catch {
            if error == .notFound { return nil }
            throw error
        }
    }

    /// Refuses what the gateway would refuse, before anybody is asked.
    /// - Throws: ``Failure`` with exit code 6.
    func check(_ operation: JournalOperation, _ amount: Amount?) throws {
        let kinds: [ResourceKind] =
            switch operation {
            case .capture: [.authOnly]
            case .refund: [.sale, .authOnly]
            default: [.sale, .authOnly, .refund]
            }
        guard kinds.contains(kind), isApproved else {
            throw Failure(
                "transaction \(id.text) is a \(kind)\(isApproved ? "" : " that was not approved")"
                    + ", which has no \(operation.rawValue)", .refusedByPolicy)
        }
        if let amount, let cents, amount.cents > cents {
            throw Failure(
                "that is more than transaction \(id.text) has: \(cents) cents", .refusedByPolicy)
        }
    }

    /// "sale 1001 of 12.75".
    var words: String {
        let amount = cents.flatMap { try? Amount(cents: $0) }.map { " of \($0)" } ?? ""
        return "\(kind) \(id.text)\(amount)"
    }
}
