/// Swift source with its comments, the contents of its strings and its raw identifiers blanked,
/// line for line, so that rules look at code alone.
struct SwiftCode {
    let lines: [String]
    var text: String { lines.joined(separator: "\n") }

    init(_ source: String) {
        var scanner = Scanner(source)
        lines = String(decoding: scanner.blanked(), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Goes through the source once. A string holds code where it is interpolated, which is why
    /// it calls itself.
    private struct Scanner {
        private let source: [UInt8]
        private var result: [UInt8]
        private var position = 0

        init(_ source: String) {
            self.source = Array(source.utf8)
            result = self.source
        }

        mutating func blanked() -> [UInt8] {
            while position < source.count { code(untilParenthesis: false) }
            return result
        }

        private func starts(_ text: StaticString, at offset: Int = 0) -> Bool {
            source[min(source.count, position + offset)...].starts(with: "\(text)".utf8)
        }

        private mutating func blank(_ count: Int = 1) {
            for index in position..<min(position + count, source.count)
            where source[index] != UInt8(ascii: "\n") { result[index] = UInt8(ascii: " ") }
            position += count
        }

        private mutating func code(untilParenthesis: Bool) {
            var depth = 1
            while position < source.count {
                switch source[position] {
                case UInt8(ascii: "/") where starts("//"): lineComment()
                case UInt8(ascii: "/") where starts("/*"): blockComment()
                case UInt8(ascii: "\""), UInt8(ascii: "#"): string()
                case UInt8(ascii: "`"): rawIdentifier()
                case UInt8(ascii: "(") where untilParenthesis:
                    depth += 1
                    position += 1
                case UInt8(ascii: ")") where untilParenthesis:
                    depth -= 1
                    position += 1
                    if depth == 0 { return }
                default: position += 1
                }
            }
        }

        private mutating func lineComment() {
            while position < source.count, source[position] != UInt8(ascii: "\n") { blank() }
        }

        private mutating func blockComment() {
            while position < source.count, !starts("*/") { blank() }
            blank(2)
        }

        private mutating func rawIdentifier() {
            position += 1
            while position < source.count, source[position] != UInt8(ascii: "`") { blank() }
            position += 1
        }

        private mutating func string() {
            var hashes = 0
            while starts("#", at: hashes) { hashes += 1 }
            guard starts("\"", at: hashes) else {
                position += max(1, hashes)
                return
            }
            let quotes = starts("\"\"\"", at: hashes) ? 3 : 1
            position += hashes + quotes
            let marks = Array(repeating: UInt8(ascii: "#"), count: hashes)
            let end = Array(repeating: UInt8(ascii: "\""), count: quotes) + marks
            let escape = [UInt8(ascii: "\\")] + marks
            while position < source.count {
                let rest = source[position...]
                if rest.starts(with: end) {
                    position += end.count
                    return
                }
                guard rest.starts(with: escape) else {
                    blank()
                    continue
                }
                blank(escape.count)
                if position < source.count, source[position] == UInt8(ascii: "(") {
                    position += 1
                    code(untilParenthesis: true)
                } else {
                    blank()
                }
            }
        }
    }
}
