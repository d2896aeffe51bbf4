internal import GatewayLink
internal import PayHub
internal import Secrets
internal import Values

extension GatewayCaller {
    /// Asks for a resource.
    internal mutating func ask<Result>(
        _ path: GatewayPath, _ read: (Span<UInt8>) throws(RecordFault) -> Result
    ) -> CallResult<Result> {
        ask(limit: Limits.listAnswerBytesMaximum) { endpoint, token, request throws(RequestFault) in
            try RequestWriter.call(
                GatewayCall(.get, path), to: endpoint, token: token, into: &request)
        } reading: { _, body in
            do throws(RecordFault) { return .success(try read(body)) } catch {
                return .failure(.transport(.unreadable(error)))
            }
        }
    }

    /// Asks for a report.
    internal mutating func report(
        _ filter: ReportFilter, keeping isWanted: (ReportRow) -> Bool
    ) -> CallResult<[ReportRow]> {
        ask(limit: Limits.reportAnswerBytesMaximum) {
            endpoint, token, request throws(RequestFault) in
            try RequestWriter.report(filter, from: endpoint, token: token, into: &request)
        } reading: { reader, body in
            do throws(ReportFault) {
                return .success(try reader.report(body, withDetails: true, keeping: isWanted))
            } catch { return .failure(.transport(.report(error))) }
        }
    }

    /// Asks a question, whose answer must be a 200.
    private mutating func ask<Result>(
        limit: Int, writing write: Writing,
        reading read: (inout BodyReader, Span<UInt8>) -> CallResult<Result>
    ) -> CallResult<Result> {
        do throws(CallFault) {
            return try carry(.read, limit: limit, writing: write) { got, reader, bytes in
                let body = bytes.extracting(got.body.range)
                return got.status == 200
                    ? read(&reader, body) : .failure(reader.faultOfQuestion(got.status, body))
            }
        } catch {
            switch error {
            case .request(let fault): return .failure(.refusedByUs(fault))
            case .link(let failure): return .failure(.transport(.unanswered(failure)))
            }
        }
    }

    /// Sends a change, once.
    internal mutating func change(
        _ call: GatewayCall, _ body: GatewayBody, appearsAt place: GatewayPath,
        accepting statuses: ClosedRange<Int>
    ) -> CallResult<Acceptance> {
        let endpoint = setup.endpoint
        do throws(CallFault) {
            return try carry(.money) { endpoint, token, request throws(RequestFault) in
                try RequestWriter.call(call, body, to: endpoint, token: token, into: &request)
            } reading: { got, reader, bytes in
                guard statuses.contains(got.status) else {
                    let body = bytes.extracting(got.body.range)
                    return .failure(reader.faultOfChange(got.status, body))
                }
                let location = got.location.map {
                    Location(bytes.extracting($0.range), place, at: endpoint)
                }
                return .success(Acceptance(status: got.status, location: location))
            }
        } catch {
            switch error {
            case .request(let fault): return .failure(.refusedByUs(fault))
            case .link(let failure):
                return .failure(
                    .transport(
                        failure.sent == .all
                            ? .inDoubt(Doubt(failure.doubtReason)) : .notSent(failure)))
            }
        }
    }
}

extension BodyReader {
    /// What an answer to a question means that is no 200.
    fileprivate mutating func faultOfQuestion(
        _ status: Int, _ body: Span<UInt8>
    ) -> BackOfficeFault {
        (400...499).contains(status)
            ? .refused(GatewayRefusal(status: status, errors: errors(body)))
            : .transport(.unexpectedStatus(status))
    }

    /// What an answer to a change means that does not say that it was made.
    ///
    /// A 400 is read as on the way of a swipe: its codes may decline, or leave open what was done.
    /// Any other 4xx but 408 refuses before anything is done.
    fileprivate mutating func faultOfChange(
        _ status: Int, _ body: Span<UInt8>
    ) -> BackOfficeFault {
        let refusal = GatewayRefusal(status: status, errors: errors(body))
        guard status == 400 else {
            return (401...499).contains(status) && status != 408
                ? .refused(refusal) : .transport(.inDoubt(Doubt(.unexpectedStatus)))
        }
        switch judge(status: status, location: nil, body: body) {
        case .ended(.declined(let decline)): return .declined(decline)
        case .ended(.inDoubt(let doubt)): return .transport(.inDoubt(doubt))
        default: return .refused(refusal)
        }
    }
}
