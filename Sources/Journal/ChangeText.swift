internal import Values

/// The one form of a change in the audit chain: fields in a fixed order with a tab between them,
/// in UTF-8. Nothing is an empty field; in free text a backslash stands before what would break
/// the form (`\\`, `\t`, `\n`), and `\e` is a text without a character.
internal enum ChangeText {
    static let tab = UInt8(ascii: "\t")
    static let backslash = UInt8(ascii: "\\")

    /// The first field.
    enum Kind: String, CaseIterable {
        case attempt
        case wish
        case remark
    }

    /// The fields of an attempt. What it asks comes first and never changes.
    enum AttemptField: Int, CaseIterable {
        case kind, sequence, reference, ticket, operation, amount, cause, target, parent
        case incarnation, decidedAt
        case state, stateAt, transactionID, maskedPAN, brand, entry, responseCode, approvalCode
        case errorCodes, reason, settledBy
        /// Only where the till gave a key, so that what was written before there were keys stays.
        case key, keyDigest

        /// How many fields an attempt without a till's key has.
        static let countWithoutKey = key.rawValue
    }

    enum WishField: Int, CaseIterable {
        case kind, ticket, at
    }

    enum RemarkField: Int, CaseIterable {
        case kind, remarkKind, attempt, at, text
    }

    /// The bytes of a change.
    static func write(_ change: JournalChange) -> [UInt8] {
        let fields: [String] =
            switch change {
            case .attempt(let attempt): fields(of: attempt)
            case .wish(let ticket, let at):
                [Kind.wish.rawValue, ticket.text, String(at.milliseconds)]
            case .remark(let remark):
                [
                    Kind.remark.rawValue, remark.kind.rawValue, text(remark.attempt),
                    String(remark.at.milliseconds), escaped(remark.text),
                ]
            }
        return joined(fields)
    }

    private static func joined(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(320)
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(tab) }
            bytes.append(contentsOf: field.utf8)
        }
        return bytes
    }

    private static func fields(of attempt: Attempt) -> [String] {
        let facts = attempt.facts
        let key = attempt.key.map { [$0.text, $0.digest] } ?? []
        return [
            Kind.attempt.rawValue, String(attempt.sequence), attempt.reference.text,
            attempt.ticket.text, attempt.operation.rawValue, text(attempt.amount?.cents),
            attempt.cause.rawValue, escaped(attempt.target), text(attempt.parent),
            String(attempt.incarnation), String(attempt.decidedAt.milliseconds),
            attempt.state.rawValue, String(attempt.stateAt.milliseconds),
            escaped(facts.transactionID), facts.maskedPAN.description,
            facts.brand?.rawValue ?? "", escaped(facts.entry), facts.responseCode?.text ?? "",
            escaped(facts.approvalCode), facts.errorCodes.map(\.text).joined(separator: ","),
            escaped(facts.reason), facts.settledBy?.rawValue ?? "",
        ] + key
    }

    private static func text(_ number: (some BinaryInteger)?) -> String {
        number.map { String($0) } ?? ""
    }

    private static func escaped(_ text: String?) -> String {
        guard let text else { return "" }
        guard !text.isEmpty else { return "\\e" }
        guard text.utf8.contains(where: { [tab, backslash, 0x0A].contains($0) }) else {
            return text
        }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case tab: bytes += [backslash, UInt8(ascii: "t")]
            case backslash: bytes += [backslash, backslash]
            case 0x0A: bytes += [backslash, UInt8(ascii: "n")]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
