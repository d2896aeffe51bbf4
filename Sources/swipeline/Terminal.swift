internal import Foundation

/// What people read goes to standard error; standard output is for programs.
internal enum Terminal {
    /// True when standard error is a terminal that wants colour.
    static let hasColour =
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    /// A line for people. That nobody can read it any more is no reason to stop.
    static func tell(_ line: String) {
        _ = OutputStream.standardError.write(line + "\n")
    }

    /// One clear line with the remedy.
    static func complain(_ message: String) {
        tell(paint("swipeline: ", .red) + oneLine(message))
    }

    enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case grey = "90"
        case bold = "1"
    }

    static func paint(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Text in a column; never cut.
    static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return right ? blanks + text : text + blanks
    }

    /// Text of others, such as a file's name, with nothing in it that moves a terminal.
    static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
    }
}
