/// What faults make of an answer, before a transaction is written down and after it.
internal struct AnswerFaults {
    private let faults: ActiveFaults

    init(_ faults: ActiveFaults) { self.faults = faults }

    private static let internalError = GatewayResponse.failure(
        .internalError, status: .internalServerError)

    /// What happens in place of anything else; `nil` when the request goes on.
    func before(_ request: GatewayRequest) -> RequestOutcome? {
        let end: WireEvent? =
            if faults.has(.dropBeforeCommit) {
                .drop
            } else if faults.has(.resetBeforeCommit) {
                .reset
            } else if faults.has(.stallBeforeCommit) { .stall } else { nil }
        if let end {
            return RequestOutcome(response: Self.internalError, faults: faults, end: end)
        }
        return refusal(request).map { RequestOutcome(response: $0, faults: faults) }
    }

    private func refusal(_ request: GatewayRequest) -> GatewayResponse? {
        if let fault = faults[.errorBeforeCommit] { return Self.error(fault, 503) }
        if let fault = faults[.htmlBeforeCommit] {
            return .html(GatewayStatus(rawValue: fault.status ?? 502))
        }
        if let fault = faults[.redirectBeforeCommit] {
            return .redirect(fault.status ?? 307, to: fault.text ?? request.path)
        }
        if faults.has(.unauthorized) { return .unauthorized }
        if faults.has(.forbidden) {
            return .failure(.accessDenied, status: .forbidden)
        }
        if faults.has(.tooManyRequests) {
            return .failure(
                .internalError, status: .tooManyRequests,
                headers: [GatewayHeader("Retry-After", "1")])
        }
        guard let fault = faults[.refuseWithCode] else { return nil }
        return .failure(code: fault.text ?? "4073", status: .badRequest)
    }

    /// What becomes of the answer to a request that was done; `before` is the transaction made
    /// before this one.
    func after(
        _ response: GatewayResponse, _ request: GatewayRequest, before: String?, base: String
    ) -> RequestOutcome {
        var outcome = RequestOutcome(response: response, faults: faults)
        if faults.has(.dropAfterCommit) { outcome.end = .drop }
        if faults.has(.resetAfterCommit) { outcome.end = .reset }
        if faults.has(.stallAfterCommit) { outcome.end = .stall }
        if let fault = faults[.errorAfterCommit] { outcome.response = Self.error(fault, 500) }
        if let fault = faults[.htmlAfterCommit] {
            outcome.response = .html(GatewayStatus(rawValue: fault.status ?? 502))
        }
        if let fault = faults[.redirectAfterCommit] {
            outcome.response = .redirect(fault.status ?? 303, to: fault.text ?? request.path)
        }
        guard outcome.response.status == .created else { return outcome }
        if faults.has(.okInsteadOfCreated) {
            outcome.response = GatewayResponse(.ok, [], [])
        } else if let location = response.header("Location") {
            outcome.response.headers = locations(location, before: before, base: base)
                .map { GatewayHeader("Location", $0) }
        }
        return outcome
    }

    private func locations(_ location: String, before: String?, base: String) -> [String] {
        let path = "/api/v2" + location.dropFirst(base.count)
        let collection = location.prefix(
            through: location.lastIndex(of: "/") ?? location.startIndex)
        if faults.has(.locationMissing) { return [] }
        if faults.has(.locationForeignHost) { return ["https://payhub.example" + path] }
        if faults.has(.locationRelative) { return [path] }
        if faults.has(.locationTraversal) { return ["\(collection)../../../etc/passwd"] }
        if faults.has(.locationNUL) { return [location + "\0.html"] }
        if let fault = faults[.locationHugeID] {
            return [collection + String(repeating: "9", count: max(0, fault.count ?? 5000))]
        }
        if faults.has(.locationOfAnother), let before { return [collection + before] }
        return faults.has(.locationTwice) ? [location, collection + "1"] : [location]
    }

    private static func error(_ fault: FaultRule, _ standard: Int) -> GatewayResponse {
        .failure(
            .internalError, status: GatewayStatus(rawValue: fault.status ?? standard))
    }
}
