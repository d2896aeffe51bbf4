public import Values

/// What an answer to a money request means.
///
/// Source: PayHub API 4.1, 4.2, 4.6, 4.7; a 201 is no approval, its resource is read next.
public enum Judgement: Equatable, Sendable {
    /// 201 with a `Location` of our own form: read this resource.
    case accepted(TransactionID)
    /// 201 with a `Location` on another host or path: never followed; ours only if the bill of
    /// this id on our own gateway bears our reference.
    case acceptedElsewhere(TransactionID)
    /// The end, with no resource to read.
    case ended(Outcome)
}

extension BodyReader {
    /// Judges the answer to a POST.
    public mutating func judge(
        status: Int, location: Location?, body: Span<UInt8>
    ) -> Judgement {
        switch status {
        case 201:
            switch location {
            case .own(let id): .accepted(id)
            case .foreign(let id?): .acceptedElsewhere(id)
            case .foreign(nil): .ended(.inDoubt(Doubt(.locationForeign)))
            case nil: .ended(.inDoubt(Doubt(.locationMissing)))
            }
        case 400: .ended(refusal(errors(body)))
        case 401, 403: .ended(.rejected(Rejection(status: status, codes: errorCodes(body))))
        default: .ended(.inDoubt(Doubt(.unexpectedStatus)))
        }
    }

    /// A 400: the first code decides, by the table that it stands in, unless one of the codes
    /// leaves open what the gateway has done.
    internal func refusal(_ errors: [GatewayError]) -> Outcome {
        let codes = errors.compactMap(\.code)
        guard let first = codes.first else { return .inDoubt(Doubt(.errorWithoutCode)) }
        guard !codes.contains(where: Self.contradictsRefusal) else {
            return .inDoubt(Doubt(.contradictoryCode))
        }
        let rejection = Outcome.rejected(Rejection(status: 400, codes: codes))
        // 02 stands in both tables; an error names the member that is wrong.
        if first.text == "02", errors.first?.location != nil { return rejection }
        if let code = ResponseCode(first.text), ResponseCodeTable.row(for: code) != nil {
            return .declined(Decline(responseCode: code))
        }
        return ErrorCodeTable.name(of: first) != nil
            ? rejection : .inDoubt(Doubt(.errorWithoutCode))
    }

    /// True for approving codes, and for errors that may come after the issuer was asked: an
    /// internal error, a network that is unavailable, a token that could not be made.
    private static func contradictsRefusal(_ code: ErrorCode) -> Bool {
        switch code.text {
        case "4046", "4059", "4060", "4076", "4077", "9999": true
        default: ResponseCode(code.text)?.isApproval ?? false
        }
    }
}

/// A `Location` as far as we trust it: an id, and whether it stands on our own gateway.
public enum Location: Equatable, Sendable {
    /// On our base, of our own form.
    case own(TransactionID)
    /// Somewhere else; the id if its last segment is one.
    case foreign(TransactionID?)

    /// Reads a `Location` field. Only the last path segment is ever used; the URL that is read
    /// next is built on our own base.
    public init(_ field: Span<UInt8>, _ kind: ResourceKind, at endpoint: GatewayEndpoint) {
        guard field.count <= 512 else {
            self = .foreign(nil)
            return
        }
        var text = ""
        for index in field.indices { text.unicodeScalars.append(Unicode.Scalar(field[index])) }
        let slash = text.lastIndex(of: "/")
        let id = slash.flatMap { TransactionID(String(text[text.index(after: $0)...])) }
        guard let slash, let id else {
            self = .foreign(id)
            return
        }
        let base = text[..<slash].lowercased()
        let authority = endpoint.authority.lowercased()
        let path = endpoint.path + "/" + kind.rawValue
        let isOwn = [path, kind == .void ? endpoint.voidPath : path].contains { path in
            let path = path.lowercased()
            return [path, "https://\(authority)\(path)", "https://\(authority):443\(path)"]
                .contains(base)
        }
        self = isOwn ? .own(id) : .foreign(id)
    }
}
