internal import Emulator

/// A request as it stands on the wire.
struct RawRequest {
    var bytes: [UInt8]

    private static let end = Array("\r\n\r\n".utf8)

    /// Where the body begins; `nil` while the head is not whole.
    private var bodyStart: Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 0...(bytes.count - 4) where Array(bytes[index..<index + 4]) == Self.end {
            return index + 4
        }
        return nil
    }

    /// What is still to come: 0 when it is whole, `nil` when nobody knows.
    var missing: Int? {
        guard let start = bodyStart, let head = head(upTo: start) else { return nil }
        return max(0, (Int(head.fields["content-length"] ?? "0") ?? 0) - (bytes.count - start))
    }

    private func head(upTo end: Int) -> (method: String, target: String, fields: [String: String])?
    {
        let lines = String(decoding: bytes[..<(end - 4)], as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2] == "HTTP/1.1" else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields[line[..<colon].lowercased()] = String(value)
        }
        return (String(words[0]), String(words[1]), fields)
    }

    /// The request; `nil` when no server could read it.
    var parsed: GatewayRequest? {
        guard let start = bodyStart, let head = head(upTo: start) else { return nil }
        let said = head.fields["content-length"].map { Int($0) ?? -1 } ?? 0
        guard said >= 0, bytes.count - start >= said else { return nil }
        return GatewayRequest(
            method: head.method, target: head.target, headers: head.fields,
            body: Array(bytes[start..<(start + said)]))
    }

    /// Which of a lane's exchanges it is.
    var exchange: WireFault.Exchange? {
        guard let request = parsed else { return nil }
        let path = request.path
        if request.method == "GET", path.contains("/sale/"), !path.hasSuffix("/bill") {
            return .resource
        }
        guard request.method == "POST" else { return nil }
        if path.hasSuffix("/sale") { return .sale }
        if path.hasSuffix("/void") { return .void }
        let asksForNote = String(decoding: request.body, as: UTF8.self).contains("\"note\"")
        return path.hasSuffix("/transactionReport") && asksForNote ? .inquiry : nil
    }
}
