internal import Foundation

/// A reader in software that does what standard input says, a word a line: `plug`, `unplug`,
/// `swipe`. It answers each with `done`, and is unplugged when the input ends. For checks that are
/// no Swift: the package's, in `Tools/deb`.
internal enum CommandedReader {
    static func run(_ recording: String) throws {
        let model = try ReaderModel(recording: URL(fileURLWithPath: recording))
        let reader = EmulatedReader(model)
        defer { reader.unplug() }
        while let word = readLine() {
            switch word {
            case "plug": try reader.plug()
            case "unplug": reader.unplug()
            case "swipe": try reader.swipe()
            default: throw GuestFault("\(word) is none of plug, unplug and swipe")
            }
            FileHandle.standardOutput.write(Data("done\n".utf8))
        }
    }
}

extension EmulatedReader {
    /// Every report of the recording, each when the one before has been fetched.
    func swipe() throws {
        try wait("somebody to ask for reports") { $0.waiting > 0 }
        for report in model.reports {
            send(report)
            try wait("the report to be fetched") { $0.unread == 0 && $0.waiting > 0 }
        }
    }
}
