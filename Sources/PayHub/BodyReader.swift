public import Values

/// Reads the bodies that the gateway answers with. One reader a lane: its memory is kept from
/// one answer to the next.
public struct BodyReader: Sendable {
    internal private(set) var tape = JSONTape()

    /// A reader.
    public init() {}

    /// Reads the resource of a sale or authorisation: what became of it.
    ///
    /// Source: PayHub API, "Sale" and "AuthOnly", response.
    /// - Returns: `nil` when the body is no such resource, or names another transaction.
    public mutating func resource(
        _ body: Span<UInt8>, of operation: PaymentOperation, id: TransactionID
    ) -> PaymentResource? {
        guard isDocument(body),
            let response = tape.member(operation.responseMember, of: 0, body),
            let codeNode = tape.member("responseCode", of: response, body),
            let code = tape.shortText(codeNode, body).flatMap(ResponseCode.init)
        else { return nil }
        if let named = tape.member(operation.idMember, of: response, body),
            !tape.isNull(named), tape.shortText(named, body) != id.text
        {
            return nil
        }
        let approval = tape.member("approvalCode", of: response, body)
            .flatMap { tape.shortText($0, body) }
        return PaymentResource(responseCode: code, approvalCode: Self.nonBlank(approval))
    }

    /// Reads the error codes of a refusal: `errors[].code`, or one object with `code`.
    ///
    /// Source: PayHub API, "RestErrorStructure"; all members are optional strings.
    /// - Returns: the codes in order; empty when the body is none of the known forms.
    public mutating func errorCodes(_ body: Span<UInt8>) -> [ErrorCode] {
        errors(body).compactMap(\.code)
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

/// What a transaction's resource says.
public struct PaymentResource: Equatable, Sendable {
    /// The response code, approving or not.
    public let responseCode: ResponseCode
    /// The issuer's approval code; `nil` when blank.
    public let approvalCode: String?
}
