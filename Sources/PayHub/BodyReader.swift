public import Values

/// Reads the bodies that the gateway answers with. One reader a lane: its memory is kept from
/// one answer to the next.
public struct BodyReader: Sendable {
    private var tape = JSONTape()

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

    /// Reads the note of a bill, in which our reference travels.
    public mutating func billNote(_ body: Span<UInt8>) -> String? {
        guard isDocument(body), let note = tape.member("note", of: 0, body) else { return nil }
        return tape.shortText(note, body)
    }

    /// Reads the error codes of a refusal: `errors[].code`, or one object with `code`.
    ///
    /// Source: PayHub API, "RestErrorStructure"; all members are optional strings.
    /// - Returns: the codes in order; empty when the body is none of the known forms.
    public mutating func errorCodes(_ body: Span<UInt8>) -> [ErrorCode] {
        guard isDocument(body) else { return [] }
        let errors = tape.member("errors", of: 0, body).map { tape.elements(of: $0) } ?? [0]
        var codes: [ErrorCode] = []
        for error in errors.prefix(Limits.errorCodesMaximum) where tape.isObject(error) {
            if let node = tape.member("code", of: error, body),
                let code = tape.shortText(node, body).flatMap(ErrorCode.init)
            {
                codes.append(code)
            }
        }
        return codes
    }

    /// True when the body is one JSON object by the strict rules.
    private mutating func isDocument(_ body: Span<UInt8>) -> Bool {
        do { try tape.read(body) } catch { return false }
        return tape.isObject(0)
    }

    private static func nonBlank(_ text: String?) -> String? {
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
