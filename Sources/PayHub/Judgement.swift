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
        self.init(
            field, below: kind.rawValue, or: kind == .void ? endpoint.voidPath : nil, at: endpoint)
    }

    /// Reads the `Location` of what was made below a path of the API.
    public init(_ field: Span<UInt8>, _ path: GatewayPath, at endpoint: GatewayEndpoint) {
        self.init(field, below: path.text, or: nil, at: endpoint)
    }

    /// The id stands below `path`, which is below the API's own, or below `other`, a whole path.
    private init(
        _ field: Span<UInt8>, below path: String, or other: String?, at endpoint: GatewayEndpoint
    ) {
        var slash = field.count - 1
        while slash >= 0, field[slash] != UInt8(ascii: "/") { slash -= 1 }
        guard field.count <= 512, slash >= 0,
            let id = TransactionID(field.extracting((slash + 1)..<field.count))
        else {
            self = .foreign(nil)
            return
        }
        var base = Prefix(of: field, upTo: slash)
        if base.take("https://") {
            guard base.take(endpoint.authority) else {
                self = .foreign(id)
                return
            }
            _ = base.take(":443")
        }
        var whole = base
        var isOwn = base.take(endpoint.path) && base.take("/") && base.take(path) && base.isEmpty
        if let other, !isOwn { isOwn = whole.take(other) && whole.isEmpty }
        self = isOwn ? .own(id) : .foreign(id)
    }

    /// The beginning of a field that has not been taken yet; ASCII letters of both cases are one.
    private struct Prefix: ~Escapable {
        private let field: Span<UInt8>
        private let end: Int
        private var position = 0

        @_lifetime(copy field)
        init(of field: Span<UInt8>, upTo end: Int) {
            self.field = field
            self.end = end
        }

        var isEmpty: Bool { position == end }

        /// Takes a text that stands here; false, with nothing taken, when it does not.
        @_lifetime(self: copy self)
        mutating func take(_ text: String) -> Bool {
            guard text.utf8.count <= end - position else { return false }
            var next = position
            for byte in text.utf8 {
                guard Self.lowercased(field[next]) == Self.lowercased(byte) else { return false }
                next += 1
            }
            position = next
            return true
        }

        private static func lowercased(_ byte: UInt8) -> UInt8 {
            (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        }
    }
}
