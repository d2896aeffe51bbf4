public import Testing

/// Says which rows of docs/coverage.md a test shows. ``Evidence`` reads it from the test's text.
public struct CoverageTrait: TestTrait {
    private let ids: [String]

    fileprivate init(_ ids: [String]) { self.ids = ids }

    /// The rows, told with a failure of the test.
    public var comments: [Comment] {
        [Comment(rawValue: "covers \(ids.joined(separator: ", "))")]
    }
}

extension Trait where Self == CoverageTrait {
    /// The test shows these rows of docs/coverage.md.
    public static func covers(_ ids: String...) -> Self { CoverageTrait(ids) }
}
