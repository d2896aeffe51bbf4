public import PayHub

/// Where two documents differ.
public struct TreeDifference: Equatable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// In which way the second differs from the first.
    public enum Kind: String, Sendable {
        /// It lacks a member or element.
        case missing
        /// It has one more.
        case added
        /// It says something else.
        case value
        /// It says the same in another form: `"114"` for 114, `"False"` for false, 10.0 for 10.
        case form
        /// One of them has null and the other nothing.
        case null
    }

    /// The names of the members around it, with dots between.
    public let path: String
    /// How they differ.
    public let kind: Kind

    /// A difference.
    public init(_ path: String, _ kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// `bill.note: missing`
    public var description: String { "\(path): \(kind.rawValue)" }

    /// Orders by path.
    public static func < (one: TreeDifference, other: TreeDifference) -> Bool {
        (one.path, one.kind.rawValue) < (other.path, other.kind.rawValue)
    }

    /// Every difference of a second document from the first, by path.
    public static func all(_ expected: JSONTree, _ actual: JSONTree) -> [TreeDifference] {
        compare(expected, actual, "").sorted()
    }

    private static func compare(
        _ expected: JSONTree, _ actual: JSONTree, _ path: String
    ) -> [TreeDifference] {
        switch (expected, actual) {
        case (.object(let one), .object(let other)):
            return Set(one.keys).union(other.keys).flatMap { name in
                compare(one[name], other[name], path.isEmpty ? name : "\(path).\(name)")
            }
        case (.array(let one), .array(let other)):
            return (0..<max(one.count, other.count)).flatMap { index in
                compare(
                    index < one.count ? one[index] : nil,
                    index < other.count ? other[index] : nil, "\(path)[\(index)]")
            }
        default:
            if expected == actual { return [] }
            let isSame = expected.plainText != nil && expected.plainText == actual.plainText
            return [TreeDifference(path, isSame ? .form : .value)]
        }
    }

    private static func compare(
        _ expected: JSONTree?, _ actual: JSONTree?, _ path: String
    ) -> [TreeDifference] {
        switch (expected, actual) {
        case (let expected?, let actual?): compare(expected, actual, path)
        case (.null?, nil), (nil, .null?): [TreeDifference(path, .null)]
        case (_?, nil): [TreeDifference(path, .missing)]
        case (nil, _?): [TreeDifference(path, .added)]
        case (nil, nil): []
        }
    }
}

extension TreeDifference {
    /// Where the shape of a second document is another than the first's: other members, another
    /// kind of value. Null goes with everything, and of an array the first element counts.
    public static func ofShape(_ expected: JSONTree, _ actual: JSONTree) -> [TreeDifference] {
        compareShape(expected, actual, "").sorted()
    }

    private static func compareShape(
        _ expected: JSONTree, _ actual: JSONTree, _ path: String
    ) -> [TreeDifference] {
        switch (expected, actual) {
        case (.null, _), (_, .null): return []
        case (.object(let one), .object(let other)):
            return Set(one.keys).union(other.keys).flatMap { name -> [TreeDifference] in
                let inner = path.isEmpty ? name : "\(path).\(name)"
                guard let expected = one[name] else { return [TreeDifference(inner, .added)] }
                guard let actual = other[name] else { return [TreeDifference(inner, .missing)] }
                return compareShape(expected, actual, inner)
            }
        case (.array(let one), .array(let other)):
            guard let expected = one.first, let actual = other.first else { return [] }
            return compareShape(expected, actual, "\(path)[]")
        case (.text, .text), (.number, .number), (.boolean, .boolean): return []
        default: return [TreeDifference(path, .form)]
        }
    }
}

extension JSONTree {
    /// What a scalar says, whatever its form: numbers without zeros that say nothing, booleans in
    /// small letters.
    fileprivate var plainText: String? {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .number(let number): Self.plain(number.text)
        case .text(let text): Self.plain(text)
        case .null, .array, .object: nil
        }
    }

    private static func plain(_ text: String) -> String {
        let small = text.lowercased()
        if small == "true" || small == "false" { return small }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
        else { return text }
        var decimals = parts[1]
        while decimals.last == "0" { decimals.removeLast() }
        return decimals.isEmpty ? String(parts[0]) : "\(parts[0]).\(decimals)"
    }
}
