internal import ArgumentParser
internal import Foundation

/// Asks before something is done that cannot be undone.
internal struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask.")
    var yes = false

    /// Tells what is about to be done and waits for the word.
    /// - Parameters:
    ///   - what: a sentence or more.
    ///   - mustAnswer: whether somebody must; what scripts have always done goes on without.
    /// - Throws: ``Failure`` with exit code 2 when the answer is another, or when nobody can be
    ///   asked who must be.
    func ask(_ what: String, mustAnswer: Bool = true) throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            guard mustAnswer else { return }
            throw Failure(
                "\(what) Nothing was done: there is no terminal to ask at, so give --yes", .usage)
        }
        Terminal.tell("\(what) Type yes to go on:")
        guard readLine() == "yes" else { throw Failure("nothing was done", .usage) }
    }
}
