public import Secrets
internal import Values

/// Writes requests, head and body, into one secret buffer each.
///
/// A money request is written in two steps: all that is known when the lane is armed
/// (``prepare(_:for:token:into:)``), and the card when it is swiped
/// (``complete(_:with:from:in:)``): no allocation, one buffer, one TLS record.
public enum RequestWriter {
    /// Where the second step goes on.
    public struct Prepared: Equatable, Sendable {
        /// The bytes of the prepared part.
        fileprivate let count: Int
        /// Where the body begins.
        fileprivate let bodyStart: Int
        /// The blanks in which the body's length is written.
        fileprivate let lengthField: ByteRange
        /// A customer whose name comes from the card.
        fileprivate let customerFromCard: Customer?
        /// True when only the card can name the customer, who is left out if it does not.
        public var namesCustomerByCard: Bool { customerFromCard != nil }
    }

    /// Writes head and body of a sale, an authorisation or a verification up to the card.
    /// - Throws: ``RequestFault``
    public static func prepare(
        _ order: PaymentOrder, for endpoint: GatewayEndpoint, token: borrowing SecretBytes,
        into buffer: inout SecretBytes
    ) throws(RequestFault) -> Prepared {
        buffer.wipe()
        do { try order.check() } catch { throw .breach(error) }
        let path = endpoint.path + "/" + order.operation.rawValue
        try head("POST", path, endpoint, token, &buffer)
        let field = try lengthField(into: &buffer)
        let bodyStart = buffer.count
        try buffer.fill { (output: inout OutputSpan<UInt8>) throws(RequestFault) in
            try JSONWriter.order(order, into: &output)
        }
        // What was lent to the body and not used is wiped now, and not after the payment.
        buffer.truncate(to: buffer.count)
        let fromCard = order.customer.flatMap { $0.name == nil ? $0 : nil }
        return Prepared(
            count: buffer.count, bodyStart: bodyStart, lengthField: field,
            customerFromCard: fromCard)
    }

    /// Writes the card and the body's length behind what was prepared.
    /// - Throws: ``RequestFault``; the buffer is back to what was prepared then.
    public static func complete(
        _ prepared: Prepared, with card: CardData, from bytes: borrowing SecretBytes,
        in buffer: inout SecretBytes
    ) throws(RequestFault) {
        do throws(RequestFault) {
            try bytes.withBytes { (secret: Span<UInt8>) throws(RequestFault) in
                let room = prepared.customerFromCard == nil ? JSONWriter.room(for: card) : .max
                try buffer.fill(atMost: room) {
                    (output: inout OutputSpan<UInt8>) throws(RequestFault) in
                    try JSONWriter.card(card, prepared.customerFromCard, secret, into: &output)
                }
            }
        } catch {
            buffer.truncate(to: prepared.count)
            throw error
        }
        write(length: buffer.count - prepared.bodyStart, at: prepared.lengthField, in: &buffer)
    }

    /// Takes the card out again: what was prepared remains.
    public static func forgetCard(_ prepared: Prepared, in buffer: inout SecretBytes) {
        buffer.truncate(to: prepared.count)
    }

    /// Writes a GET of a resource.
    /// - Throws: ``RequestFault``
    public static func get(
        _ resource: TransactionResource, from endpoint: GatewayEndpoint,
        token: borrowing SecretBytes, into buffer: inout SecretBytes
    ) throws(RequestFault) {
        buffer.wipe()
        try put("GET ", into: &buffer)
        try put(endpoint.path, into: &buffer)
        try put("/", into: &buffer)
        try put(resource.kind.rawValue, into: &buffer)
        try put("/", into: &buffer)
        try put(resource.id.text, into: &buffer)
        if let part = resource.part {
            try put("/", into: &buffer)
            try put(part.rawValue, into: &buffer)
        }
        try endHead(endpoint, token, &buffer)
        try put("\r\n", into: &buffer)
    }

    /// Writes a request whose body is known at once.
    static func send(
        _ line: (method: GatewayMethod, path: String, secret: KeptSecret?),
        _ endpoint: GatewayEndpoint,
        _ token: borrowing SecretBytes, into buffer: inout SecretBytes,
        body: (inout OutputSpan<UInt8>) throws(RequestFault) -> Void
    ) throws(RequestFault) {
        buffer.wipe()
        try put("\(line.method.rawValue) \(line.path)", into: &buffer)
        if let secret = line.secret {
            try put("/", into: &buffer)
            try secret.withBytes { (bytes: Span<UInt8>) throws(RequestFault) in
                do { try buffer.append(bytes) } catch { throw .tooLarge }
            }
        }
        try endHead(endpoint, token, &buffer)
        let field = try lengthField(into: &buffer)
        let bodyStart = buffer.count
        try buffer.fill(body)
        write(length: buffer.count - bodyStart, at: field, in: &buffer)
    }

    /// The end of a head with a body: where the body's length is to be written.
    private static func lengthField(
        into buffer: inout SecretBytes
    ) throws(RequestFault) -> ByteRange {
        try put("Content-Type: application/json\r\nContent-Length: ", into: &buffer)
        let field = ByteRange(start: buffer.count, count: 6)
        try put("      \r\n\r\n", into: &buffer)
        return field
    }

    private static func write(length: Int, at field: ByteRange, in buffer: inout SecretBytes) {
        buffer.edit { span in
            var rest = length
            var offset = field.end
            repeat {
                offset -= 1
                span[offset] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
        }
    }

    static func head(
        _ method: String, _ path: String, _ endpoint: GatewayEndpoint,
        _ token: borrowing SecretBytes, _ buffer: inout SecretBytes
    ) throws(RequestFault) {
        try put("\(method) \(path)", into: &buffer)
        try endHead(endpoint, token, &buffer)
    }

    /// What every head has behind its path.
    private static func endHead(
        _ endpoint: GatewayEndpoint, _ token: borrowing SecretBytes, _ buffer: inout SecretBytes
    ) throws(RequestFault) {
        try put(" HTTP/1.1\r\nHost: ", into: &buffer)
        try put(endpoint.authority, into: &buffer)
        try put("\r\nAuthorization: Bearer ", into: &buffer)
        try token.withBytes { (secret: Span<UInt8>) throws(RequestFault) in
            do { try buffer.append(secret) } catch { throw .tooLarge }
        }
        try put("\r\nAccept: application/json\r\nUser-Agent: Swipeline\r\n", into: &buffer)
    }

    static func put(
        _ text: String, into buffer: inout SecretBytes
    ) throws(RequestFault) {
        do { try buffer.append(text.utf8Span.span) } catch { throw .tooLarge }
    }
}
