import CTerminal
import Foundation
import Testing
import TillPrograms

/// A command of this build with a person at a terminal: its standard input is a pseudo-terminal.
final class AtTerminal {
    private let process = Process()
    private let person: FileHandle
    private let output = Pipe()
    private let complaint = Pipe()
    private var told = ""

    /// Starts `swipeline`.
    init(_ arguments: [String]) throws {
        var (own, other): (Int32, Int32) = (-1, -1)
        try #require(unsafe swt_open_terminal(&own, &other) == 0)
        let terminal = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        person = FileHandle(fileDescriptor: own, closeOnDealloc: true)
        process.executableURL = Programs.folder.appendingPathComponent("swipeline")
        process.arguments = arguments
        process.currentDirectoryURL = Programs.project
        process.standardInput = terminal
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        try terminal.close()
    }

    /// Waits until the command has said these words; false when it ended without them.
    func waits(for words: String) -> Bool {
        while !told.contains(words) {
            guard let more = try? complaint.fileHandleForReading.read(upToCount: 1),
                !more.isEmpty
            else { return false }
            told += String(decoding: more, as: UTF8.self)
        }
        return true
    }

    /// Types, after the command has asked with these words.
    func type(_ text: String, after words: String) throws {
        try #require(waits(for: words), "\(told)")
        told = ""
        try person.write(contentsOf: Data(text.utf8))
    }

    /// What the command left behind, and all that the terminal showed of what was typed.
    func end() throws -> (result: Programs.Result, shown: String) {
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let rest = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        var shown = Data()
        // The terminal is gone with its last user: then reading it ends with an error.
        while let more = try? person.read(upToCount: 1), !more.isEmpty { shown += more }
        let result = Programs.Result(
            status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
            complaint: told + String(decoding: rest, as: UTF8.self))
        return (result, String(decoding: shown, as: UTF8.self))
    }
}
