/// Turns an answer into what happens on the wire, after the faults that are on.
internal struct AnswerShape {
    private let faults: ActiveFaults

    init(_ faults: ActiveFaults) { self.faults = faults }

    /// What happens, in this order.
    func events(of outcome: RequestOutcome) -> [WireEvent] {
        if let end = outcome.end { return [end] }
        var events: [WireEvent] = []
        if let fault = faults[.interimAnswer] {
            let interim = WireEvent.interim(status: fault.status ?? 103)
            events += Array(repeating: interim, count: max(0, fault.count ?? 1))
        }
        if let fault = faults[.slowAnswer] {
            events.append(.pause(milliseconds: fault.milliseconds ?? 1000))
        }
        return events + answer(outcome.response)
    }

    private func answer(_ response: GatewayResponse) -> [WireEvent] {
        var response = response
        if let fault = faults[.trickle] { return trickle(response, fault) }
        if let fault = faults.first(of: .cutAnswer, .resetInAnswer, .stallInAnswer) {
            return cut(response, fault)
        }
        if faults.has(.closeAfterAnswer) {
            response.headers.append(GatewayHeader("Connection", "close"))
            return [.bytes(response.wireBytes), .close]
        }
        if faults.has(.silentClose) { return [.bytes(response.wireBytes), .close] }
        if response.headers.contains(where: { $0.value.utf8.contains(0) }) {
            // No server writes such a field.
            return [.bytes(response.wireBytes), .close]
        }
        response.isChunked = faults.has(.chunkedAnswer)
        return [.answer(response)]
    }

    private func trickle(_ response: GatewayResponse, _ fault: FaultRule) -> [WireEvent] {
        let bytes = response.wireBytes
        let size = max(1, fault.count ?? 1)
        let pause = WireEvent.pause(milliseconds: fault.milliseconds ?? 10)
        let pieces = stride(from: 0, to: bytes.count, by: size).flatMap { start in
            [.bytes(Array(bytes[start..<min(start + size, bytes.count)])), pause]
        }
        return pieces.dropLast() + [.close]
    }

    private func cut(_ response: GatewayResponse, _ fault: FaultRule) -> [WireEvent] {
        let bytes = response.wireBytes
        let count = fault.count ?? (bytes.count - 1)
        let end: WireEvent =
            switch fault.name {
            case .resetInAnswer: .reset
            case .stallInAnswer: .stall
            default: .drop
            }
        return [.bytes(Array(bytes.prefix(max(0, count)))), end]
    }
}
