/// A JSON value that keeps the text of a number, so that 1.10 is never a binary fraction.
package enum JSONValue: Equatable, Sendable {
    case object([JSONMember])
    case array([JSONValue])
    case string(String)
    /// The number's own text.
    case number(String)
    case boolean(Bool)
    case null

    /// The value of a member; the last one wins when a name stands twice.
    package subscript(name: String) -> JSONValue? {
        members?.last { $0.name == name }?.value
    }

    /// The members when it is an object.
    package var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements when it is an array.
    package var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text when it is a string.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The text when it is a number or a string: the gateway's samples mix both for ids and
    /// amounts.
    package var numberText: String? {
        switch self {
        case .number(let text), .string(let text): text
        default: nil
        }
    }

    /// A text, or null when there is none.
    package static func optional(_ text: String?) -> JSONValue { text.map(Self.string) ?? .null }

    /// A whole number.
    package static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

    /// An object of members in this order.
    package static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { JSONMember(name: $0.key, value: $0.value) })
    }

    /// This object with more members at its end.
    package func adding(_ more: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object((members ?? []) + more.map { JSONMember(name: $0.key, value: $0.value) })
    }
}

/// A name and its value.
package struct JSONMember: Equatable, Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: JSONValue

    /// A name and its value.
    package init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }
}
