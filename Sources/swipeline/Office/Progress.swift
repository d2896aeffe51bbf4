internal import Foundation

/// A count that stands still on a terminal while something long goes on; nothing elsewhere.
internal struct Progress {
    private static let isShown = isatty(STDERR_FILENO) == 1
    private let words: String
    private var count = 0

    init(_ words: String) { self.words = words }

    /// One more is done.
    mutating func step() {
        count += 1
        guard Self.isShown, count.isMultiple(of: 100) else { return }
        show("\(count) \(words)")
    }

    /// What is going on now.
    func show(_ text: String) {
        guard Self.isShown else { return }
        _ = OutputStream.standardError.write("\r\u{1B}[K\(text) ...")
    }

    /// Takes the line away.
    func end() {
        guard Self.isShown else { return }
        _ = OutputStream.standardError.write("\r\u{1B}[K")
    }
}
