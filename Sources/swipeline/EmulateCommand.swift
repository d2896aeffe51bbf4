internal import ArgumentParser
internal import Foundation

/// `swipeline emulate`: becomes the emulator.
internal struct EmulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "Runs the PayHub emulator until it is interrupted.",
        discussion: """
            It writes a folder with swipeline.json, its certificate authority and a token file, \
            ready for --config, and prints where. See swipeline-emulator --help for all flags.
            """)

    @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
    var port = 8443
    @Option(help: "Where to write the folder; a private temporary one without it.")
    var directory: String?
    @Flag(help: "Add the merchants and tokens of the gateway's own document.")
    var documentMerchants = false
    @Option(help: "Today for the emulator, YYYY-MM-DD.")
    var clock: String?
    @Option(help: "How a decline is told: http400 or created201.")
    var declineStyle: String?

    func run() throws {
        let emulator = Process()
        emulator.executableURL = try EmulatorProcess.executable()
        emulator.arguments = arguments
        // The child has our terminal: an interrupt reaches both, and it cleans up by itself.
        signal(SIGINT, SIG_IGN)
        do { try emulator.run() } catch {
            throw Failure("the emulator cannot be started: \(error)", .internalFault)
        }
        let relay = DispatchSource.makeSignalSource(signal: SIGTERM)
        signal(SIGTERM, SIG_IGN)
        let child = emulator.processIdentifier
        relay.setEventHandler { kill(child, SIGTERM) }
        relay.resume()
        emulator.waitUntilExit()
        relay.cancel()
        guard emulator.terminationStatus == 0 else { throw Exit.usage }
    }

    private var arguments: [String] {
        var arguments = ["--port", String(port)]
        if let directory { arguments += ["--directory", directory] }
        if documentMerchants { arguments.append("--document-merchants") }
        if let clock { arguments += ["--clock", clock] }
        if let declineStyle { arguments += ["--decline-style", declineStyle] }
        return arguments
    }
}
