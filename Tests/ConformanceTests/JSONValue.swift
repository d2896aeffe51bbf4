import Foundation

/// A JSON document as plain values.
enum JSONValue: Decodable, Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// The member at a path of names with dots between them; `nil` when there is none.
    subscript(path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self as JSONValue?) { value, name in
            guard case .object(let members) = value else { return nil }
            return members[String(name)]
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    var list: [JSONValue]? { if case .list(let list) = self { list } else { nil } }

    /// The paths of all members, objects and what is in them; `[]` goes into a list.
    func paths(below prefix: String = "") -> Set<String> {
        switch self {
        case .object(let members):
            members.reduce(into: []) { paths, member in
                let path = prefix.isEmpty ? member.key : "\(prefix).\(member.key)"
                paths.insert(path)
                paths.formUnion(member.value.paths(below: path))
            }
        case .list(let elements):
            elements.reduce(into: []) { $0.formUnion($1.paths(below: "\(prefix).[]")) }
        default: []
        }
    }
}
