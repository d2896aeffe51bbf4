internal import Glibc

/// Asks a person at a terminal for a secret: what is typed is not shown, and goes straight into
/// locked memory.
public enum SecretPrompt {
    /// What may be typed.
    public enum Form: Sendable {
        /// Digits; blanks, hyphens and slashes between them are left out.
        case digits
        /// One word of visible characters.
        case word
    }

    /// Reads a line from standard input, which must be a terminal.
    ///
    /// The terminal is put back as it was on every way out; what was typed ahead is thrown away.
    /// The corresponding C functions are `isatty`, `tcgetattr`, `tcsetattr`, `read`.
    /// - Parameters:
    ///   - form: what may be typed; a character that may not is told at the end of the line.
    ///   - bytes: gets the line; wiped first.
    ///   - maximum: how many bytes it may have.
    ///   - ask: called when nothing is shown any more.
    /// - Throws: ``SecretPromptError``; `bytes` is then empty.
    public static func read(
        _ form: Form, into bytes: inout SecretBytes, maximum: Int, ask: () -> Void
    ) throws(SecretPromptError) {
        bytes.wipe()
        guard isatty(STDIN_FILENO) == 1 else { throw .noTerminal }
        var before = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { throw .noTerminal }
        var quiet = before
        unsafe cfmakeraw(&quiet)
        quiet.c_oflag = before.c_oflag
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0 else { throw .noTerminal }
        defer { _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        ask()
        do throws(SecretPromptError) { try line(form, into: &bytes, maximum: maximum) } catch {
            bytes.wipe()
            throw error
        }
    }

    private static func line(
        _ form: Form, into bytes: inout SecretBytes, maximum: Int
    ) throws(SecretPromptError) {
        var fault: SecretPromptError?
        while true {
            switch try key(into: &bytes) {
            case .end:
                if let fault { throw fault }
                guard bytes.count > 0 else { throw .empty }
                return
            case .cancel: throw .cancelled
            case .erase: bytes.truncate(to: max(0, bytes.count - 1))
            case .character(let isDigit, let isSeparator, let isVisible):
                let isWanted = form == .digits ? isDigit : isVisible
                if !isWanted {
                    bytes.truncate(to: bytes.count - 1)
                    if form == .word || !isSeparator { fault = .wrongCharacter }
                } else if bytes.count > maximum {
                    bytes.truncate(to: maximum)
                    fault = .tooLong
                }
            }
        }
    }

    /// What a key was; a character stands at the end of the bytes.
    private enum Key {
        case character(isDigit: Bool, isSeparator: Bool, isVisible: Bool)
        case erase
        case end
        case cancel
    }

    private static func key(into bytes: inout SecretBytes) throws(SecretPromptError) -> Key {
        let count = bytes.fill(atMost: 1) { output in
            unsafe output.withUnsafeMutableBufferPointer { room, initialized in
                let count = unsafe Glibc.read(STDIN_FILENO, room.baseAddress, room.count)
                initialized = max(0, count)
                return count
            }
        }
        guard count == 1 else { throw .cancelled }
        let byte = bytes.withBytes { $0[$0.count - 1] }
        let key: Key =
            switch byte {
            case 0x0A, 0x0D: .end
            case 0x03, 0x04: .cancel
            case 0x08, 0x7F: .erase
            default:
                .character(
                    isDigit: (0x30...0x39).contains(byte),
                    isSeparator: [0x20, 0x2D, 0x2F].contains(byte),
                    isVisible: (0x21...0x7E).contains(byte))
            }
        if case .character = key { return key }
        bytes.truncate(to: bytes.count - 1)
        return key
    }
}

/// Why nothing was taken from a prompt.
public enum SecretPromptError: Error, Equatable, Sendable {
    /// Standard input is no terminal.
    case noTerminal
    /// The person, or the terminal, went away.
    case cancelled
    case empty
    case tooLong
    case wrongCharacter
}

extension SecretPromptError: CustomStringConvertible {
    /// The fault and the remedy; what was asked for is the caller's to name.
    public var description: String {
        switch self {
        case .noTerminal: "it is typed at a terminal only, never piped; run this at a terminal"
        case .cancelled: "cancelled"
        case .empty: "nothing was typed"
        case .tooLong: "it is too long; type it again"
        case .wrongCharacter: "a character that does not belong there was typed; type it again"
        }
    }
}
