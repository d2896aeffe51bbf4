internal import Values

extension ChangeText {
    /// Reads what ``write(_:)`` wrote; `nil` for anything else.
    static func read(_ bytes: [UInt8]) -> JournalChange? {
        let fields = bytes.split(separator: tab, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let change: JournalChange? =
            switch Kind(rawValue: fields[0]) {
            case .attempt: attempt(Fields<AttemptField>(attempt: fields)).map { .attempt($0) }
            case .wish: wish(Fields<WishField>(fields))
            case .remark: remark(Fields<RemarkField>(fields))
            case nil: nil
            }
        // One change, one form: whatever reads the same and is written otherwise is none of ours.
        guard let change, write(change) == bytes else { return nil }
        return change
    }

    private static func wish(_ fields: Fields<WishField>?) -> JournalChange? {
        guard let fields, let ticket = Ticket(fields[.ticket]), let at = fields.time(.at) else {
            return nil
        }
        return .wish(ticket, at: at)
    }

    private static func remark(_ fields: Fields<RemarkField>?) -> JournalChange? {
        guard let fields, let kind = JournalRemark.Kind(rawValue: fields[.remarkKind]),
            let at = fields.time(.at), let text = fields.text(.text)
        else { return nil }
        return .remark(JournalRemark(kind, text, attempt: UInt64(fields[.attempt]), at: at))
    }

    private static func attempt(_ fields: Fields<AttemptField>?) -> Attempt? {
        guard let fields, let sequence = UInt64(fields[.sequence]),
            let reference = PaymentReference(fields[.reference]), let demand = demand(fields),
            let incarnation = UInt64(fields[.incarnation]),
            let decidedAt = fields.time(.decidedAt), let stateAt = fields.time(.stateAt),
            let state = AttemptState(rawValue: fields[.state]), let facts = facts(fields)
        else { return nil }
        var attempt = Attempt(
            .init(sequence: sequence, reference: reference), asks: demand,
            incarnation: incarnation, decidedAt: decidedAt
        ).moved(to: state, at: stateAt)
        attempt.facts = facts
        return attempt
    }

    private static func demand(_ fields: Fields<AttemptField>) -> Attempt.Demand? {
        guard let ticket = Ticket(fields[.ticket]),
            let operation = JournalOperation(rawValue: fields[.operation]),
            let cause = AttemptCause(rawValue: fields[.cause])
        else { return nil }
        let amount = Int(fields[.amount]).flatMap { try? Amount(cents: $0) }
        var demand = Attempt.Demand(operation, amount, ticket: ticket)
        demand.cause = cause
        demand.target = fields.text(.target)
        demand.parent = UInt64(fields[.parent])
        if fields.has(.key) {
            guard let key = TillKey(fields[.key], digest: fields[.keyDigest]) else { return nil }
            demand.key = key
        }
        return demand
    }

    private static func facts(_ fields: Fields<AttemptField>) -> AttemptFacts? {
        var facts = AttemptFacts()
        facts.maskedPAN = maskedPAN(Array(fields[.maskedPAN].utf8))
        facts.brand = CardBrand(rawValue: fields[.brand])
        facts.entry = fields.text(.entry)
        facts.transactionID = fields.text(.transactionID)
        facts.responseCode = ResponseCode(fields[.responseCode])
        facts.approvalCode = fields.text(.approvalCode)
        facts.errorCodes = fields[.errorCodes].split(separator: ",")
            .compactMap { ErrorCode(String($0)) }
        facts.reason = fields.text(.reason)
        facts.settledBy = AttemptFacts.Settler(rawValue: fields[.settledBy])
        return facts
    }

    private static func maskedPAN(_ text: [UInt8]) -> MaskedPAN {
        guard text.count > 4 else { return .hidden }
        let last = text.suffix(4).map { $0 }
        return MaskedPAN(length: text.count, lastFour: (last[0], last[1], last[2], last[3]))
    }
}

/// The fields of a change by their names.
private struct Fields<Name: RawRepresentable<Int> & CaseIterable> {
    private let texts: [String]

    /// `nil` when there are more or fewer than the form has.
    init?(_ texts: [String]) {
        guard texts.count == Name.allCases.count else { return nil }
        self.texts = texts
    }

    subscript(name: Name) -> String { texts[name.rawValue] }

    /// Whether the form has come as far as this field.
    func has(_ name: Name) -> Bool { name.rawValue < texts.count }

    /// The same for an attempt, whose last fields are there only with a till's key.
    init?(attempt texts: [String]) where Name == ChangeText.AttemptField {
        let counts = [Name.countWithoutKey, Name.allCases.count]
        guard counts.contains(texts.count) else { return nil }
        self.texts = texts
    }

    func time(_ name: Name) -> WallTime? {
        Int64(self[name]).map { WallTime(milliseconds: $0) }
    }

    /// A free text, or `nil` where there is none.
    func text(_ name: Name) -> String? {
        let field = self[name]
        guard !field.isEmpty else { return nil }
        guard field.utf8.contains(ChangeText.backslash) else { return field }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in field.utf8 {
            switch (isEscaped, byte) {
            case (false, ChangeText.backslash):
                isEscaped = true
                continue
            case (true, UInt8(ascii: "t")): bytes.append(ChangeText.tab)
            case (true, UInt8(ascii: "n")): bytes.append(0x0A)
            case (true, UInt8(ascii: "e")): break
            default: bytes.append(byte)
            }
            isEscaped = false
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
