internal import ArgumentParser
internal import Foundation
internal import Secrets

/// The till's executable: arguments and wiring only.
@main
internal struct Swipeline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swipeline",
        abstract: "Takes card swipes to the PayHub gateway, and knows what became of each.",
        discussion: "Start with `swipeline demo`: it needs no reader and no account.",
        version: "0.1.0",
        subcommands: [DemoCommand.self, ReplayCommand.self, EmulateCommand.self])

    /// Hardens the process before anything can hold card data, then runs the command.
    static func main() {
        do {
            try ProcessHardening.apply()
            var command = try parseAsRoot()
            try command.run()
        } catch let exit as Exit {
            Foundation.exit(exit.rawValue)
        } catch let failure as Failure {
            Terminal.complain(failure.message)
            Foundation.exit(failure.exit.rawValue)
        } catch let error as SecretError {
            Terminal.complain(error.description)
            Foundation.exit(Exit.internalFault.rawValue)
        } catch {
            leave(with: error)
        }
    }

    /// The parser's own errors: help goes to standard output with 0, misuse is ours to number.
    private static func leave(with error: any Error) -> Never {
        let text = fullMessage(for: error)
        if exitCode(for: error).isSuccess {
            print(text)
            Foundation.exit(0)
        }
        Terminal.tell(text)
        Foundation.exit(Exit.usage.rawValue)
    }
}
