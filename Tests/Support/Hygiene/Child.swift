internal import CHygiene
internal import CTerminal
internal import Foundation

/// A process that was started with bytes for arguments, and is spoken to by lines.
@safe final class Child {
    let process: Int32
    private var input: Int32
    private let output: Int32
    /// The reading end of its standard error, where it has a terminal.
    private let said: Int32
    /// Where its standard error goes, where it has none.
    let errors: String
    /// What a child at a terminal has written to standard error so far.
    private var told: [UInt8] = []

    /// What to start.
    struct Plan {
        var program: String
        /// Each ends at its first zero.
        var arguments: [[UInt8]] = []
        var environment: [[UInt8]] = []
        var folder: String
        /// Its standard input is a terminal, and we are the person at it.
        var hasTerminal = false
    }

    /// Starts the process; its standard error goes to a file in its folder, or, so that a person
    /// sees what is asked, through a pipe.
    init(_ plan: Plan) throws {
        // Who has died is told by what it does not say.
        signal(SIGPIPE, SIG_IGN)
        let pipes = (Pipe(), Pipe(), Pipe())
        errors = plan.folder + "/.errors-\(UUID().uuidString)"
        let file =
            plan.hasTerminal
            ? dup(pipes.2.fileHandleForWriting.fileDescriptor)
            : unsafe open(errors, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(file) }
        var ends = (
            ours: dup(pipes.0.fileHandleForWriting.fileDescriptor),
            its: dup(pipes.0.fileHandleForReading.fileDescriptor)
        )
        if plan.hasTerminal {
            close(ends.ours)
            close(ends.its)
            guard unsafe swt_open_terminal(&ends.ours, &ends.its) == 0 else {
                throw HygieneError.unexpected("there is no terminal to be had")
            }
        }
        defer { close(ends.its) }
        let itsInput = ends.its
        input = ends.ours
        output = dup(pipes.1.fileHandleForReading.fileDescriptor)
        said = plan.hasTerminal ? dup(pipes.2.fileHandleForReading.fileDescriptor) : -1
        for end in [input, output, said] where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let arguments = CStrings([Array(plan.program.utf8)] + plan.arguments)
        let environment = CStrings(plan.environment)
        process = unsafe plan.program.withCString { program in
            unsafe plan.folder.withCString { folder in
                var child = unsafe swl_child(
                    program: program, folder: folder, arguments: arguments.pointers,
                    environment: environment.pointers,
                    input: itsInput,
                    output: pipes.1.fileHandleForWriting.fileDescriptor, errors: file)
                return withExtendedLifetime((arguments, environment)) {
                    unsafe swl_spawn(&child)
                }
            }
        }
        guard process > 0 else { throw HygieneError.notStarted(plan.program) }
    }

    deinit {
        closeInput()
        close(output)
        if said >= 0 { close(said) }
    }

    /// Writes a line to its standard input.
    func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe write(input, bytes, bytes.count)
    }

    /// Closes its standard input.
    func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// The next line of its standard output, `nil` at its end.
    func line() -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe read(output, &byte, 1) == 1 {
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// Types a line at its terminal once it has asked with these words.
    func type(_ line: String, after words: String) throws {
        while !String(decoding: told, as: UTF8.self).contains(words) {
            guard hear() else {
                throw HygieneError.unexpected("nobody asked with the words: \(words)")
            }
        }
        tell(line)
    }

    /// One more byte of standard error; false at its end.
    private func hear() -> Bool {
        var byte: UInt8 = 0
        guard said >= 0, unsafe read(said, &byte, 1) == 1 else { return false }
        told.append(byte)
        return true
    }

    /// What its terminal has shown, the echo of what was typed included.
    func screen() -> [UInt8] {
        _ = fcntl(input, F_SETFL, O_NONBLOCK)
        var shown: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(input, &room, room.count)
            guard count > 0 else { return shown }
            shown += room[..<count]
        }
    }

    /// Ends it, and waits for its end.
    /// - Returns: what it wrote to standard error, and its status as `wait` gives it.
    @discardableResult func end(by signal: Int32 = SIGKILL) -> (errors: [UInt8], status: Int32) {
        kill(process, signal)
        return wait()
    }

    /// Waits for its end, its output read to the end.
    @discardableResult func wait() -> (errors: [UInt8], status: Int32) {
        var status: Int32 = 0
        while line() != nil {}
        while hear() {}
        unsafe waitpid(process, &status, 0)
        guard self.said < 0 else { return (told, status) }
        let said = FileManager.default.contents(atPath: errors) ?? Data()
        try? FileManager.default.removeItem(atPath: errors)
        return (Array(said), status)
    }
}

/// Texts as C wants them: a list of pointers that ends with none.
@safe private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [[UInt8]]) {
        count = texts.count
        unsafe pointers = .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
            for (place, byte) in text.enumerated() {
                unsafe copy[place] = CChar(bitPattern: byte)
            }
            unsafe copy[text.count] = 0
            unsafe (pointers + index).initialize(to: copy)
        }
        unsafe (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { unsafe pointers[index]?.deallocate() }
        unsafe pointers.deallocate()
    }
}
