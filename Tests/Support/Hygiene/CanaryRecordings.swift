internal import Foundation

/// Recordings of canaries in every layout, made by the composer of the fixtures.
struct CanaryRecordings {
    /// The layouts that carry a readable number.
    static let clear = ["keyboard", "clear", "magtek-clear"]
    /// Those that carry an encrypted block.
    static let encrypted = ["encrypted", "magtek-encrypted"]
    static let layouts = clear + encrypted

    let folder: String
    private let count: Int

    /// Composes a recording a layout, with a swipe a canary.
    init(_ canaries: [Canary], in workshop: Workshop) throws {
        folder = try workshop.place()
        count = canaries.count
        let numbers = "numbers-\(UUID().uuidString)"
        try workshop.write(numbers, Array(canaries.map { $0.text + "\n" }.joined().utf8))
        try workshop.run(
            workshop.program("compose-fixtures"), ["cards", workshop.path(numbers), folder])
        try FileManager.default.removeItem(atPath: workshop.path(numbers))
    }

    /// The recording of all swipes in a layout.
    func file(_ layout: String) -> String { "\(folder)/\(layout).hid" }

    /// A recording of the swipe of one canary alone.
    func swipe(_ number: Int, _ layout: String) throws -> String {
        try file(of: number, layout, name: "\(layout)-\(number)") { $0 }
    }

    /// The same swipe with the separators of its tracks made wrong, for a layout that is clear.
    func badRead(_ number: Int, _ layout: String) throws -> String {
        try file(of: number, layout, name: "\(layout)-\(number)-bad") { line in
            layout == "keyboard" ? Self.mistyped(line) : Self.misread(line)
        }
    }

    /// The same swipe, broken off in its middle: the line of a report that holds it whole is cut,
    /// of many reports the second half is missing.
    func cut(_ number: Int, _ layout: String) throws -> String {
        let path = try swipe(number, layout)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let short = "\(folder)/\(layout)-\(number)-cut.hid"
        try Data(text.utf8.prefix(text.utf8.count / 2)).write(to: URL(fileURLWithPath: short))
        return short
    }

    /// `=` and `^` as other characters.
    private static func misread(_ report: String) -> String {
        report.replacingOccurrences(of: " 3d ", with: " 21 ")
            .replacingOccurrences(of: " 5e ", with: " 21 ")
    }

    /// The keys of `=` and `^` as the key of `/`.
    private static func mistyped(_ report: String) -> String {
        report.replacingOccurrences(of: " 00 00 2e ", with: " 00 00 38 ")
            .replacingOccurrences(of: " 02 00 23 ", with: " 00 00 38 ")
    }

    private func file(
        of number: Int, _ layout: String, name: String, _ change: (String) -> String
    ) throws -> String {
        let lines = try String(contentsOfFile: file(layout), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let reports = lines.filter { $0.hasPrefix("E: ") }
        let each = reports.count / count
        let chosen = reports[number * each..<(number + 1) * each].map(change)
        let text = lines.filter { !$0.hasPrefix("E: ") } + chosen
        let path = "\(folder)/\(name).hid"
        try Data((text.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: path))
        return path
    }
}
