public import Foundation

/// Which tests show which rows, read from the tests' own text: a test that is not there shows
/// nothing.
public struct Evidence: Sendable {
    /// A test, by its target, its suite and its name.
    public struct ShowingTest: Hashable, Sendable {
        /// The folder of its target.
        public let target: String
        /// The suite's type.
        public let suite: String
        /// The sentence.
        public let name: String

        /// A test.
        public init(target: String, suite: String, name: String) {
            self.target = target
            self.suite = suite
            self.name = name
        }
    }

    /// The tests by what they name: whole ids, and beginnings of ids.
    private var byID: [String: [ShowingTest]] = [:]
    private var byPrefix: [String: [ShowingTest]] = [:]

    /// Everything that the tests name, whether there is such a row or not.
    public var named: Set<String> { Set(byID.keys).union(byPrefix.keys) }

    /// No evidence.
    public init() {}

    /// The evidence in all tests below a folder.
    public init(below folder: URL) {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let paths = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
        let depth = folder.standardizedFileURL.pathComponents.count
        for path in paths.sorted(by: { $0.path < $1.path }) {
            let components = path.standardizedFileURL.pathComponents
            read((try? String(contentsOf: path, encoding: .utf8)) ?? "", of: components[depth])
        }
    }

    /// Reads the tests of a target's file.
    public mutating func read(_ text: String, of target: String) {
        var suite = ""
        var rest = text[...]
        // Either the beginning of a type or a test: its attribute up to the name in backticks.
        let next =
            /(?m)^(?:@Suite\b.*\s)?(?:struct|extension) (\w+)|[@]Test\b([^`]*?)func `([^`]+)`/
        while let match = rest.firstMatch(of: next) {
            if let type = match.1 { suite = String(type) }
            if let attribute = match.2, let name = match.3 {
                let test = ShowingTest(target: target, suite: suite, name: String(name))
                add(test, String(attribute))
            }
            rest = rest[match.range.upperBound...]
        }
    }

    private mutating func add(_ test: ShowingTest, _ attribute: String) {
        for call in attribute.matches(of: /\.covers\(([^)]*)\)/) {
            for id in Self.texts(call.1) { byID[id, default: []].append(test) }
        }
        for call in attribute.matches(of: /CoverageRow\.rows\(([^)]*)\)/) {
            for prefix in Self.texts(call.1) { byPrefix[prefix, default: []].append(test) }
        }
    }

    private static func texts(_ arguments: Substring) -> [String] {
        arguments.matches(of: /"([^"]+)"/).map { String($0.1) }
    }

    /// The tests that show a row.
    public func tests(of row: CoverageRow) -> [ShowingTest] {
        let whole = byPrefix.filter { row.id.hasPrefix($0.key) }
            .sorted { $0.key < $1.key }.flatMap(\.value)
        return whole + (byID[row.id] ?? [])
    }
}
