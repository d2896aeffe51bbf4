public import PayHub

extension GatewayCaller {
    /// Captures an authorisation, as authorised or for another amount.
    ///
    /// - Parameters:
    ///   - id: the authorisation.
    ///   - bill: the new amount, never above the authorised one, with a note that names it.
    /// - Returns: what became of it; sent at most once.
    public mutating func capture(_ id: TransactionID, bill: Bill? = nil) -> CaptureResult {
        CaptureResult(send(.capture(id, bill: bill)))
    }

    /// Voids a sale or a refund that is not settled.
    ///
    /// - Returns: what became of it; sent at most once, and may be repeated by the caller.
    public mutating func void(_ id: TransactionID) -> VoidResult {
        VoidResult(send(.void(id)))
    }

    /// Refunds a sale, in full or in part, and reads the refund's resource: a 201 is no approval.
    ///
    /// - Parameters:
    ///   - id: the sale.
    ///   - bill: the part that is given back, with a note that names it; `nil` refunds it in full.
    ///   - format: how the sale was charged.
    /// - Returns: what became of it; sent at most once.
    public mutating func refund(
        _ id: TransactionID, bill: Bill? = nil, format: RecordFormat = .creditCard
    ) -> RefundResult {
        let answer = send(.refund(id, bill: bill, format: format))
        guard case .accepted(let made) = answer else { return RefundResult(answer) }
        do { return RefundResult(try followUp(.refund, made)) } catch {
            return RefundResult(answer)
        }
    }
}
