import Foundation

/// The languages of the document's sample programs.
enum Language: String, CaseIterable {
    case java = "Java"
    case php = "PHP"
    case csharp = "C#"
    case ruby = "Ruby"

    /// True for the first line of a program.
    func begins(at line: String) -> Bool {
        switch self {
        case .java: line == "package transactions;"
        case .php: line == "<?php"
        case .csharp: line.hasPrefix("using System") || line.hasPrefix("using Newtonsoft")
        case .ruby: line == "require 'uri'"
        }
    }

    /// The last line of a program that begins with the first of `lines`; `nil` when it has none.
    func end(of lines: ArraySlice<String>) -> Int? {
        switch self {
        case .php: return lines.firstIndex { $0.trimmed == "?>" }
        case .ruby: return lines.firstIndex { $0.contains("http.request(request)") }
        case .java, .csharp:
            var depth = 0
            for index in lines.indices {
                let before = depth
                depth += lines[index].count { $0 == "{" } - lines[index].count { $0 == "}" }
                if depth == 0, before > 0 { return index }
            }
            return nil
        }
    }
}

/// What a sample program does: the document has one of each for each language, in this order.
enum Operation: String, CaseIterable {
    case sale, verify, authOnly, capture, void, refund, recurringBill, report

    /// The sample whose transaction this one follows.
    var follows: Operation? {
        switch self {
        case .capture: .authOnly
        case .void, .refund: .sale
        default: nil
        }
    }
}

/// A program of the document.
struct Sample {
    let language: Language
    let operation: Operation
    /// The lines as printed.
    let text: String

    var name: String { "\(language.rawValue) \(operation.rawValue)" }

    /// The id of the transaction that it captures, voids or refunds.
    var target: String? {
        text.firstMatch(of: /transaction_id"?\s*[=,]\s*"(\d+)"/).map { String($0.1) }
    }

    /// The same program, turned to another gateway. Nothing else is changed.
    func text(at gateway: String) -> String {
        text.replacing("https://api.payhub.com/api/v2", with: gateway)
    }

    /// The programs of a document: one of each language for each operation.
    static func all(in document: String) throws -> [Sample] {
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        return try Language.allCases.flatMap { language in
            let texts = programs(in: language, lines)
            guard texts.count == Operation.allCases.count else {
                throw Mishap(
                    "the document has \(texts.count) programs in \(language.rawValue), not "
                        + "\(Operation.allCases.count)")
            }
            return zip(Operation.allCases, texts).map {
                Sample(language: language, operation: $0, text: $1)
            }
        }
    }

    private static func programs(in language: Language, _ lines: [String]) -> [String] {
        var programs: [String] = []
        var position = lines.startIndex
        while let start = lines[position...].firstIndex(where: { language.begins(at: $0.trimmed) }),
            let end = language.end(of: lines[start...])
        {
            programs.append(lines[start...end].joined(separator: "\n") + "\n")
            position = end + 1
        }
        return programs
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

/// What stops a run.
struct Mishap: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
