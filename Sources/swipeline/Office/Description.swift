internal import Foundation
internal import PayHub

/// One thing for people: a line a fact, those that are not known left out.
internal struct Description {
    private let facts: JSONTree

    /// The facts of what would be a line of JSON.
    /// - Throws: what cannot be encoded.
    init(_ line: some Encodable) throws {
        facts = try JSONTree(
            parsing: String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
    }

    /// Prints it on standard output.
    /// - Throws: ``Failure``
    func say() throws {
        for line in Self.lines(of: facts) { try OutputStream.say(line) }
    }

    /// Facts first, then each part with its own.
    private static func lines(of tree: JSONTree) -> [String] {
        guard case .object(let members) = tree else { return [] }
        let sorted = members.sorted { $0.key < $1.key }
        let width = (members.keys.map(\.count).max() ?? 0) + 2
        let facts = sorted.compactMap { name, value in
            text(value).map { Terminal.pad(name, width) + Terminal.oneLine($0) }
        }
        return facts
            + sorted.filter { text($0.value) == nil }.flatMap { name, part in
                [name] + lines(of: part).map { "  " + $0 }
            }
    }

    private static func text(_ value: JSONTree) -> String? {
        switch value {
        case .null: "-"
        case .boolean(let truth): truth ? "yes" : "no"
        case .number(let number): number.text
        case .text(let text): text
        case .array(let elements): elements.compactMap(text).joined(separator: ", ")
        case .object: nil
        }
    }
}
