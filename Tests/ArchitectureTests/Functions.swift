/// A function or initializer as the tidy rules see it.
struct FunctionShape: Equatable {
    /// The line of its declaration, from 1.
    let line: Int
    let parameters: Int
    /// From its declaration to its closing brace.
    let length: Int

    /// All functions of a file.
    static func all(in code: SwiftCode) -> [FunctionShape] {
        code.lines.indices.compactMap { index in
            guard declares(code.lines[index]) else { return nil }
            return shape(Array(code.lines[index...]), at: index + 1)
        }
    }

    private static let modifiers: Set<String> = [
        "public", "internal", "package", "private", "fileprivate", "static", "class", "final",
        "mutating", "borrowing", "consuming", "override", "convenience", "required", "nonisolated",
        "isolated", "unsafe", "lazy",
    ]

    private static func declares(_ line: String) -> Bool {
        let words = line.split(separator: " ").map(String.init)
        guard
            let first = words.first(where: { word in
                let isModifier = modifiers.contains(String(word.prefix { $0 != "(" }))
                return !isModifier && !word.hasPrefix("@")
            })
        else { return false }
        return first == "func" || first == "deinit" || first == "init" || first == "subscript"
            || ["init(", "init?(", "init<", "subscript("].contains { first.hasPrefix($0) }
    }

    private static func shape(_ lines: [String], at line: Int) -> FunctionShape {
        var parentheses = 0
        var brackets = 0
        var commas = 0
        var hasParameters = false
        var isListOver = false
        for (offset, text) in lines.enumerated() {
            for character in text {
                switch character {
                case "(": parentheses += 1
                case ")":
                    parentheses -= 1
                    if parentheses == 0 { isListOver = true }
                case "[", "<": brackets += 1
                case "]": brackets -= 1
                case ">" where brackets > 0: brackets -= 1
                case "," where parentheses == 1 && brackets == 0 && !isListOver: commas += 1
                case ":" where parentheses == 1 && !isListOver: hasParameters = true
                case "{" where parentheses == 0:
                    return FunctionShape(
                        line: line, parameters: hasParameters ? commas + 1 : 0,
                        length: offset + bodyLength(Array(lines[offset...])))
                default: break
                }
            }
            let next = lines.dropFirst(offset + 1).first?.drop { $0 == " " } ?? ""
            let goesOn = ["{", "->", "where", "throws", "async"].contains { next.hasPrefix($0) }
            if parentheses == 0, !goesOn { break }
        }
        return FunctionShape(line: line, parameters: hasParameters ? commas + 1 : 0, length: 1)
    }

    /// Lines up to the brace that closes the first one.
    private static func bodyLength(_ lines: [String]) -> Int {
        var depth = 0
        for (offset, text) in lines.enumerated() {
            for character in text {
                if character == "{" { depth += 1 }
                if character == "}" {
                    depth -= 1
                    if depth == 0 { return offset + 1 }
                }
            }
        }
        return lines.count
    }
}
