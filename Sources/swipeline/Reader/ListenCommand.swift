internal import ArgumentParser
internal import Readers
internal import Secrets

/// `swipeline listen`: shows swipes as they come, masked. Nothing is sold.
internal struct ListenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Shows swipes of the attached reader as they come, masked; sells nothing.",
        discussion: "Ends when it is interrupted. Exit code 5: no reader can be used.")

    @OptionGroup var reader: ReaderOptions
    @Option(help: "End after so many swipes.")
    var count: Int?
    @Flag(help: "One JSON object a line on standard output.")
    var json = false

    func run() throws {
        let attached = try AttachedReader(reader)
        defer { attached.close() }
        Terminal.tell("Swipe a card; Ctrl-C ends.")
        var number = 0
        try attached.eachSwipe(arena: try SecretArena()) { gathered in
            number += 1
            let line = SwipeLine(Swipe(decoding: gathered), number: number)
            if json { try OutputStream.say(json: line) } else { try OutputStream.say(line.text) }
            return number < count ?? .max
        }
    }
}
