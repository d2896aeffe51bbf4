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
        subcommands: [
            DemoCommand.self, ReplayCommand.self, EmulateCommand.self, DevicesCommand.self,
            DoctorCommand.self, ListenCommand.self, RecordCommand.self, SaleCommand.self,
            AuthorizeCommand.self, VerifyCommand.self, CaptureCommand.self, VoidCommand.self,
            RefundCommand.self, JournalCommand.self,
        ])

    /// Hardens the process before anything can hold card data, then runs the command.
    static func main() {
        do {
            OutputStream.secure()
            try ProcessHardening.apply()
            var command = try parseAsRoot()
            try command.run()
        } catch {
            Foundation.exit(explain(error).rawValue)
        }
    }

    /// Tells people what went wrong, where that was not told yet.
    /// - Returns: the exit code that it ends in.
    static func explain(_ error: any Error) -> Exit {
        switch error {
        case let exit as Exit: return exit
        case let failure as Failure:
            Terminal.complain(failure.message)
            return failure.exit
        case let error as SecretError:
            Terminal.complain(error.description)
            return .internalFault
        default: return leave(with: error)
        }
    }

    /// The parser's own errors: help goes to standard output with 0, misuse is ours to number.
    private static func leave(with error: any Error) -> Exit {
        let text = fullMessage(for: error)
        if exitCode(for: error).isSuccess {
            _ = OutputStream.standardOutput.write(text + "\n")
            return .approved
        }
        Terminal.tell(text)
        return .usage
    }
}
