internal import ArgumentParser
internal import Foundation
internal import Secrets
internal import Service
internal import Settings

/// `swipeline pair`: a code for the cashier's page.
internal struct PairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: "Shows a one-time code with which a browser becomes the cashier's page.",
        discussion: "The code holds for five minutes and once; a new one makes the former void.")

    @Option(help: "The unix socket of the service.")
    var socket: String?

    func run() throws {
        let answer: [String: String]
        do throws(ServiceClientFault) {
            answer = try ServiceClient.post("/v1/pairing", socket: socket ?? Till.socketOfUser)
        } catch { throw Failure(error.description, .unreachable) }
        try JSONLines.print(["code": answer["code"] ?? ""])
    }
}

/// `swipeline supervisor`: who may give money back.
internal struct SupervisorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supervisor", abstract: "The code that voids and refunds need.",
        subcommands: [Set.self])

    /// Sets the code.
    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks for a new supervisor's code, twice; it holds at once.",
            discussion: """
                Without a terminal the code is the first line of standard input. What is kept of \
                it is a salted, slow hash in a file of mode 0600.
                """)
        @OptionGroup var gateway: GatewayOptions

        func run() throws {
            let (service, journal) = try gateway.serviceTarget()
            let file = service.supervisorFile ?? Till.supervisorFile(journal)
            let code = try CodePrompt.read("New supervisor's code: ")
            if CodePrompt.isTerminal {
                guard try CodePrompt.read("Once more: ") == code else {
                    throw Failure("the two codes differ; nothing was changed", .usage)
                }
            }
            guard let kept = SupervisorCode(code) else {
                throw Failure(
                    "a supervisor's code has \(SupervisorCode.lengthMinimum) to "
                        + "\(SupervisorCode.lengthMaximum) characters; nothing was changed",
                    .usage)
            }
            do { try kept.write(to: file) } catch {
                throw Failure("\(file) cannot be written; nothing was changed", .usage)
            }
            Terminal.tell("The supervisor's code is set.")
        }
    }
}

/// Reads a code without showing it.
private enum CodePrompt {
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    static func read(_ question: String) throws -> String {
        guard isTerminal else { return Swift.readLine() ?? "" }
        do {
            var bytes = try SecretArena(blocks: 1).take(capacity: 128)
            try SecretPrompt.read(.word, into: &bytes, maximum: SupervisorCode.lengthMaximum) {
                Terminal.tell(question)
            }
            Terminal.tell("")
            return bytes.withBytes { span in
                String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
            }
        } catch let error as SecretPromptError { throw Failure(error.description, .usage) }
    }
}
