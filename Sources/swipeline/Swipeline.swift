internal import ArgumentParser
internal import BackOffice
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
            RefundCommand.self, JournalCommand.self, ReportCommand.self,
            TransactionsCommand.self, RecurringCommand.self, CustomersCommand.self,
            MetadataCommand.self, SettingsCommand.self, RolesCommand.self,
        ] + serving)

    #if SERVICE
    private static let serving: [any ParsableCommand.Type] = [
        ServeCommand.self, PairCommand.self, SupervisorCommand.self,
    ]
    #else
    private static let serving: [any ParsableCommand.Type] = []
    #endif

    /// Hardens the process before anything can hold card data, then runs the command.
    static func main() {
        do {
            OutputStream.secure()
            try ProcessHardening.apply()
            try CommandNames.check(CommandLine.arguments.dropFirst())
            let command = try parseAsRoot()
            if let office = command as? any AsyncParsableCommand { go(on: office) }
            var payment = command
            try payment.run()
        } catch {
            Foundation.exit(explain(error).rawValue)
        }
    }

    /// Runs a command of the back office on other threads, and ends with it. Commands with a lane
    /// stay on this one: what a payment leaves on a stack is known there.
    private static func go(on command: sending any AsyncParsableCommand) -> Never {
        Task {
            do {
                var command = command
                try await command.run()
                Foundation.exit(Exit.approved.rawValue)
            } catch {
                Foundation.exit(explain(error).rawValue)
            }
        }
        dispatchMain()
    }

    /// Tells people what went wrong, where that was not told yet.
    /// - Returns: the exit code that it ends in.
    static func explain(_ error: any Error) -> Exit {
        switch error {
        case let exit as Exit: return exit
        case let failure as Failure:
            Terminal.complain(failure.message)
            return failure.exit
        case let fault as BackOfficeFault:
            Terminal.complain(fault.description)
            return Exit(fault)
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
