internal import CHygiene
internal import Foundation

/// A process that was started with bytes for arguments, and is spoken to by lines.
@safe final class Child {
    let process: Int32
    private var input: Int32
    private let output: Int32
    /// Where its standard error goes.
    let errors: String

    /// What to start.
    struct Plan {
        var program: String
        /// Each ends at its first zero.
        var arguments: [[UInt8]] = []
        var environment: [[UInt8]] = []
        var folder: String
    }

    /// Starts the process; its standard error goes to a file in its folder.
    init(_ plan: Plan) throws {
        // Who has died is told by what it does not say.
        signal(SIGPIPE, SIG_IGN)
        let pipes = (Pipe(), Pipe())
        errors = plan.folder + "/.errors-\(UUID().uuidString)"
        let file = unsafe open(errors, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(file) }
        input = dup(pipes.0.fileHandleForWriting.fileDescriptor)
        output = dup(pipes.1.fileHandleForReading.fileDescriptor)
        for end in [input, output] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let arguments = CStrings([Array(plan.program.utf8)] + plan.arguments)
        let environment = CStrings(plan.environment)
        process = unsafe plan.program.withCString { program in
            unsafe plan.folder.withCString { folder in
                var child = unsafe swl_child(
                    program: program, folder: folder, arguments: arguments.pointers,
                    environment: environment.pointers,
                    input: pipes.0.fileHandleForReading.fileDescriptor,
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
        unsafe waitpid(process, &status, 0)
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
