internal import ArgumentParser
internal import BackOffice
internal import Foundation
internal import PayHub

/// `swipeline metadata`: what a program keeps with something at the gateway.
internal struct MetadataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metadata",
        abstract: "Keeps JSON with a transaction, customer, merchant, bill or recurring bill.",
        discussion: """
            It takes the place of what was kept before; null takes that away. `transactions show` \
            tells it. \(OfficeOptions.exits)
            """)
    @Argument(help: "What it is kept with.")
    var kind: MetaDataHolder
    @Argument(help: "The gateway's id of it: letters and digits.")
    var id: GatewayID
    @Argument(help: "The JSON, without --file.")
    var json: String?
    @Option(help: "A file with the JSON.", completion: .file())
    var file: String?
    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        let tree = try tree()
        var options = OfficeOptions()
        options.gateway = gateway
        try await options.withOffice { office in
            try await office.keep(tree, with: kind, id.id)
            Terminal.tell("kept with \(kind.word) \(id.id.text)")
        }
    }

    private func tree() throws -> JSONTree {
        let text: String
        switch (json, file) {
        case (let json?, nil): text = json
        case (nil, let file?):
            guard let read = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw Failure("\(file) cannot be read: give a file of UTF-8 text", .usage)
            }
            text = read
        default: throw Failure("give the JSON, or --file FILE", .usage)
        }
        do { return try JSONTree(parsing: text) } catch {
            throw Failure("it is no JSON: \(error)", .usage)
        }
    }
}

extension MetaDataHolder: CommandWord {}
