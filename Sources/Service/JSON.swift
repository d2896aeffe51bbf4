/// A JSON value that is told: the members of an object keep their order, and one without a value
/// is `null`.
internal enum JSON: Equatable, Sendable {
    case object([Member])
    case array([JSON])
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null

    /// A name and its value.
    struct Member: Equatable, Sendable {
        let name: String
        let value: JSON
    }

    /// A text, or null where there is none.
    static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// A number, or null where there is none.
    static func number(_ number: (some BinaryInteger)?) -> JSON {
        number.map { .integer(Int(clamping: $0)) } ?? .null
    }

    /// This object with more members behind its own.
    func adding(_ more: KeyValuePairs<String, JSON>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + more.map { Member(name: $0.key, value: $0.value) })
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral
{
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(nilLiteral: ()) { self = .null }
}

extension JSON {
    /// The value as JSON text without blanks. Source: RFC 8259.
    var written: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .object(let members):
            Self.list(members, "{", "}", to: &output) { member, output in
                Self.write(member.name, to: &output)
                output += ":"
                member.value.write(to: &output)
            }
        case .array(let values):
            Self.list(values, "[", "]", to: &output) { $0.write(to: &$1) }
        case .string(let text): Self.write(text, to: &output)
        case .integer(let number): output += String(number)
        case .boolean(let value): output += value ? "true" : "false"
        case .null: output += "null"
        }
    }

    private static func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, to output: inout String,
        _ write: (Element, inout String) -> Void
    ) {
        output += open
        for (index, element) in elements.enumerated() {
            if index > 0 { output += "," }
            write(element, &output)
        }
        output += close
    }

    private static func write(_ text: String, to output: inout String) {
        output += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
        output += "\""
    }
}
