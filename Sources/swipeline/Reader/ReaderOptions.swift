internal import ArgumentParser
internal import ReaderUSB

/// Which attached reader a command uses.
internal struct ReaderOptions: ParsableArguments {
    @Option(help: "The reader in this place, as `swipeline devices` writes it: 1-5.2.")
    var port: String?
    @Option(help: "The reader with this serial number.")
    var serial: String?
    @Option(
        parsing: .singleValue,
        help: "A serial number that is let in; may be given several times. All without it.")
    var accept: [String] = []
    @Option(help: "How many seconds to wait for a reader.")
    var wait = 3

    var selection: USBSelection { USBSelection(serial: serial, port: port) }

    func validate() throws {
        guard (0...86_400).contains(wait) else {
            throw ValidationError("--wait must be 0 to 86400 seconds")
        }
    }
}
