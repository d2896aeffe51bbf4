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
            tells it. A card is named by the id of a transaction with it, since its own id is its \
            token; what is kept with it shows with every transaction of the card. \
            \(OfficeOptions.exits)
            """)
    @Argument(help: "What it is kept with.")
    var kind: MetadataPlace
    @Argument(help: "The gateway's id of it: letters and digits.")
    var id: GatewayID
    @Argument(help: "The JSON, without --file.")
    var json: String?
    @Option(help: "A file with the JSON.", completion: .file())
    var file: String?
    @Option(help: "Of which kind the transaction is whose card is meant.")
    var transactionKind: ResourceKind = .sale
    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        let tree = try tree()
        var options = OfficeOptions()
        options.gateway = gateway
        try await options.withOffice { office in
            switch kind {
            case .holder(let holder): try await office.keep(tree, with: holder, id.id)
            case .card: try await keep(tree, withCardIn: office)
            }
            let place = kind == .card ? "the card of \(transactionKind)" : kind.word
            Terminal.tell("kept with \(place) \(id.id.text)")
        }
    }

    private func keep(_ tree: JSONTree, withCardIn office: BackOffice) async throws {
        switch transactionKind {
        case .sale: try await office.keep(tree, withCardOf: id.id, Sale.self)
        case .authOnly: try await office.keep(tree, withCardOf: id.id, Authorization.self)
        case .verify: try await office.keep(tree, withCardOf: id.id, Verification.self)
        case .capture, .void, .refund:
            throw Failure("the gateway shows no card of a \(transactionKind)", .usage)
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
        do throws(RecordFault) { return try JSONTree(parsing: text) } catch {
            let place = if case .malformed(let offset) = error { ", byte \(offset)" } else { "" }
            throw Failure(
                "it is no JSON\(place): give a value, for example '{\"table\": 12}'", .usage)
        }
    }
}

extension MetaDataHolder: CommandWord {}

/// What JSON can be kept with.
internal enum MetadataPlace: CommandWord, Equatable {
    case holder(MetaDataHolder)
    /// The card of a transaction.
    case card

    static var allCases: [MetadataPlace] { MetaDataHolder.allCases.map(holder) + [.card] }

    var word: String {
        switch self {
        case .holder(let holder): holder.word
        case .card: "card"
        }
    }
}
