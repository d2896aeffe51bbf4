internal import ArgumentParser

/// Commands by their names. A word that names none is told of as such: the parser would take the
/// options behind it for the fault.
internal enum CommandNames {
    /// Follows the words of a command line to the command that they name.
    /// - Throws: ``Failure`` with exit code 2 and the names that there are; the word itself may be
    ///   anything, a card's number too, and is not repeated.
    static func check(_ words: some Sequence<String>) throws {
        var command: any ParsableCommand.Type = Swipeline.self
        var path = command._commandName
        for word in words {
            let known = command.configuration.subcommands
            guard !known.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
            guard let next = known.first(where: { $0._commandName == word }) else {
                let names = known.map { $0._commandName }.joined(separator: ", ")
                throw Failure("\(path) has no such command; it has \(names)", .usage)
            }
            command = next
            path += " \(word)"
        }
    }
}
