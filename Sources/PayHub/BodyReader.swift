public import Values

/// Reads the bodies that the gateway answers with. One reader a lane: its memory is kept from
/// one answer to the next.
public struct BodyReader: Sendable {
    internal var tape = JSONTape()

    /// A reader.
    public init() {}

    /// Reads the resource of a sale, an authorisation or a verification: what became of it.
    ///
    /// Source: PayHub API, "Sale", "AuthOnly" and "Verify", response.
    /// - Returns: `nil` when the body is no such resource, or names another transaction.
    public mutating func resource(
        _ body: Span<UInt8>, of operation: PaymentOperation, id: TransactionID
    ) -> PaymentResource? {
        guard let response = response(body, of: ResourceKind(operation), id: id),
            let code = responseCode(of: response, body)
        else { return nil }
        let approval = tape.member("approvalCode", of: response, body)
            .flatMap { tape.shortText($0, body) }
        let bill = tape.member("bill", of: 0, body)
        return PaymentResource(
            operation, id, responseCode: code, approvalCode: Self.nonBlank(approval),
            said: (bill.flatMap { self.bill(at: $0, body) }, organizationID(body)))
    }

    /// The member that tells what became of a transaction of this kind and id.
    /// - Returns: `nil` when the body is no such resource, or names another transaction.
    internal mutating func response(
        _ body: Span<UInt8>, of kind: ResourceKind, id: TransactionID
    ) -> Int? {
        guard isDocument(body),
            let response = tape.member(kind.responseMember, of: 0, body),
            tape.isObject(response)
        else { return nil }
        // Where the resource names itself, it must be the one that was asked for.
        let isNamed = kind.idMember.map { names($0, of: response, body, id.text) } ?? true
        guard isNamed, linksToItself(body, id) else { return nil }
        return response
    }

    /// The organization of a resource: a member of its own, the merchant that is embedded, or who
    /// made it, which is the organization's number too. Source: PayHub API, 4.3, "Void", "Verify".
    internal func organizationID(_ body: Span<UInt8>) -> Int? {
        tape.number("merchantOrganizationId", of: 0, body)
            ?? tape.member("merchant", of: 0, body)
            .flatMap { tape.number("organization_id", of: $0, body) }
            ?? tape.number("createdBy", of: 0, body)
    }

    /// Reads the error codes of a refusal: `errors[].code`, or one object with `code`.
    ///
    /// Source: PayHub API, "RestErrorStructure"; all members are optional strings.
    /// - Returns: the codes in order; empty when the body is none of the known forms.
    public mutating func errorCodes(_ body: Span<UInt8>) -> [ErrorCode] {
        errors(body).compactMap(\.code)
    }

    /// The code as it is written: a string. As a number it would have lost its zeros (`0` for
    /// `00`), and is not guessed at.
    internal func responseCode(of response: Int, _ body: Span<UInt8>) -> ResponseCode? {
        guard let node = tape.member("responseCode", of: response, body), tape.isString(node)
        else { return nil }
        return tape.shortText(node, body).flatMap(ResponseCode.init)
    }

    /// False when a member is there and not null, and says something else.
    internal func names(
        _ name: String, of object: Int, _ body: Span<UInt8>, _ text: String
    ) -> Bool {
        guard let node = tape.member(name, of: object, body), !tape.isNull(node) else {
            return true
        }
        return tape.isShortText(node) && tape.isEqual(tape.range(of: node), to: text, body)
    }

    /// The last path segment of the link to itself. Source: PayHub API, 4.3 and 4.4.
    internal func selfLink(of object: Int, _ body: Span<UInt8>) -> String? {
        guard let link = tape.link("self", of: object, body),
            let href = tape.text("href", of: link, body)
        else { return nil }
        return href.split(separator: "/").last.map(String.init)
    }

    /// False when the last path segment of the link to itself is another id.
    private func linksToItself(_ body: Span<UInt8>, _ id: TransactionID) -> Bool {
        guard let link = tape.link("self", of: 0, body),
            let href = tape.member("href", of: link, body)
        else { return true }
        guard tape.isString(href) else {
            let segments = tape.text(href, body)?.split(separator: "/")
            return segments?.last.map { $0 == id.text } ?? true
        }
        var range = tape.range(of: href)
        while range.count > 0, body[range.end - 1] == UInt8(ascii: "/") {
            range = ByteRange(range.start, upTo: range.end - 1)
        }
        var start = range.end
        while start > range.start, body[start - 1] != UInt8(ascii: "/") { start -= 1 }
        return range.isEmpty || tape.isEqual(ByteRange(start, upTo: range.end), to: id.text, body)
    }

    /// True when the body is one JSON object by the strict rules.
    internal mutating func isDocument(_ body: Span<UInt8>) -> Bool {
        do { try tape.read(body) } catch { return false }
        return tape.isObject(0)
    }

    internal static func nonBlank(_ text: String?) -> String? {
        guard let text, text.utf8.contains(where: { $0 != 0x20 }) else { return nil }
        return text
    }
}
