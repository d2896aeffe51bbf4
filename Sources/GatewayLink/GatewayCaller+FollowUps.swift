public import PayHub
internal import Values

extension GatewayCaller {
    /// Captures an authorisation, as authorised or for another amount.
    ///
    /// - Parameters:
    ///   - id: the authorisation.
    ///   - bill: the new amount, never above the authorised one, with a note that names it.
    /// - Returns: what became of it; sent at most once.
    public mutating func capture(_ id: TransactionID, bill: Bill? = nil) -> FollowUpResult {
        FollowUpResult(send(.capture(id, bill: bill)), to: .capture)
    }

    /// Voids a sale or a refund that is not settled.
    ///
    /// - Returns: what became of it; sent at most once, and may be repeated by the caller.
    public mutating func void(_ id: TransactionID) -> FollowUpResult {
        FollowUpResult(send(.void(id)), to: .void)
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
    ) -> FollowUpResult {
        let answer = send(.refund(id, bill: bill, format: format))
        if case .accepted(let made) = answer, let record = try? followUp(.refund, made) {
            return FollowUpResult(refund: record)
        }
        return FollowUpResult(answer, to: .refund)
    }

    /// Sends a request that changes something on a fresh connection, once.
    private mutating func send(_ followUp: FollowUp) -> FollowUpAnswer {
        let (merchant, endpoint) = (setup.merchant, setup.endpoint)
        do throws(CallFault) {
            return try carry(.money, limit: Limits.answerBytesMaximum) {
                endpoint, token, request throws(RequestFault) in
                try RequestWriter.post(
                    followUp, of: merchant, to: endpoint, token: token, into: &request)
            } reading: { got, reader, bytes in
                reader.judge(
                    followUpStatus: got.status,
                    location: got.location.map {
                        Location(bytes.extracting($0.range), followUp.kind, at: endpoint)
                    },
                    body: bytes.extracting(got.body.range))
            }
        } catch {
            switch error {
            case .request: return .notSent(.requestTooLarge)
            case .link(let failure):
                return failure.sent == .all
                    ? .unknown(Doubt(failure.doubtReason)) : .notSent(failure.sendFailure)
            }
        }
    }
}
