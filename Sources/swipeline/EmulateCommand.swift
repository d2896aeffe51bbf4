internal import ArgumentParser
internal import Foundation

/// `swipeline emulate`: becomes the emulator.
internal struct EmulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "Runs the PayHub emulator until it is interrupted.",
        discussion: """
            It writes a folder with swipeline.json, its certificate authority and a token file, \
            ready for --config, and prints where. `swipeline emulate --help` shows its flags.
            """)

    @Argument(
        parsing: .captureForPassthrough, help: "Flags of swipeline-emulator, given on as they are.")
    var arguments: [String] = []

    func run() throws {
        let leash = Pipe()
        let emulator = Process()
        emulator.executableURL = try EmulatorProcess.executable()
        emulator.arguments = arguments + ["--until-eof"]
        emulator.standardInput = leash
        // It ends when the leash is let go: by a signal to us, or by our own end, whatever it is.
        let signals = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { try? leash.fileHandleForWriting.close() }
            source.resume()
            return source
        }
        do { try emulator.run() } catch {
            throw Failure("the emulator cannot be started: \(error)", .internalFault)
        }
        emulator.waitUntilExit()
        signals.forEach { $0.cancel() }
        guard emulator.terminationStatus == 0 else { throw Exit.usage }
    }
}
