internal import ArgumentParser
internal import BackOffice
internal import PayHub
internal import Values

/// `swipeline transactions`: what the gateway holds.
internal struct TransactionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transactions",
        abstract: "Shows the transactions that the gateway holds; `report` searches them.",
        discussion: OfficeOptions.exits,
        subcommands: [List.self, Show.self])

    /// Transactions of a kind.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Transactions of one kind, the newest first.",
            discussion: OfficeOptions.exits)
        @Option(help: "Which kind.")
        var kind: ResourceKind = .sale
        @OptionGroup var listing: ListingOptions
        @Option(help: "Only those that the gateway linked to the customer of this number.")
        var customer: Int?
        @Option(help: "Only those of the merchant with this organization id.")
        var ofOrganization: Int?
        @OptionGroup var options: OfficeOptions

        func validate() throws {
            guard customer == nil || ofOrganization == nil else {
                throw ValidationError("--customer and --of-organization do not go together")
            }
        }

        func run() async throws {
            try await options.withOffice { office in
                switch kind {
                case .sale: try await list(Sale.self, office)
                case .verify: try await list(Verification.self, office)
                case .authOnly: try await list(Authorization.self, office)
                case .capture: try await list(Capture.self, office)
                case .void: try await list(VoidedTransaction.self, office)
                case .refund: try await list(Refund.self, office)
                }
            }
        }

        private func list<Content: ShownContent>(
            _ content: Content.Type, _ office: BackOffice
        ) async throws {
            let all =
                if let customer {
                    office.transactions(content, ofCustomer: customer)
                } else if let ofOrganization {
                    office.transactions(content, of: ofOrganization)
                } else {
                    office.transactions(content, sort: listing.order, size: listing.pageSize)
                }
            try await listing.show(all, TransactionLine.columns, asJSON: options.json) {
                TransactionLine($0)
            }
        }
    }

    /// One transaction.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One transaction with its merchant, customer, bill and card.",
            discussion: OfficeOptions.exits)
        @Argument(help: "The gateway's id of it: letters and digits.")
        var id: GatewayID
        @Option(help: "Which kind it is.")
        var kind: ResourceKind = .sale
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try await options.withOffice { office in
                do {
                    switch kind {
                    case .sale: try await show(Sale.self, office)
                    case .verify: try await show(Verification.self, office)
                    case .authOnly: try await show(Authorization.self, office)
                    case .capture: try await show(Capture.self, office)
                    case .void: try await show(VoidedTransaction.self, office)
                    case .refund: try await show(Refund.self, office)
                    }
                } catch let fault as BackOfficeFault where fault.isNotFound {
                    throw Failure(
                        "the gateway has no \(kind) of the id \(id.id.text); --kind names another "
                            + "kind", .refusedByGateway)
                }
            }
        }

        private func show<Content: ShownContent>(
            _ content: Content.Type, _ office: BackOffice
        ) async throws {
            let id = id.id
            let transaction = try await office.transaction(id, content)
            var line = TransactionLine(transaction)
            let parts = Content.parts
            if parts.contains(.merchant) {
                line.merchant = MerchantLine(try await office.merchant(of: id, content))
            }
            if parts.contains(.customer) {
                line.customer = try await part { try await office.customer(of: id, content) }
                    .map(CustomerLine.init)
            }
            if parts.contains(.bill) {
                line.bill = try await part { try await office.bill(of: id, content) }
                    .map(BillLine.init)
            }
            if parts.contains(.cardData) {
                line.card = try await part { try await office.card(of: id, content) }
                    .map(CardLine.init)
            }
            try options.json ? OutputStream.say(json: line) : Description(line).say()
        }

        /// A part that this transaction may be without: nobody was named, no card was charged.
        private func part<Part>(_ read: () async throws -> Part) async throws -> Part? {
            do { return try await read() } catch let fault as BackOfficeFault
                where fault.isNotFound
            { return nil }
        }
    }
}

extension ResourceKind: CommandWord {
    /// As `--operation` of replay spells it.
    internal var word: String { "\(self)" }
}

/// An id of the gateway on the command line.
internal struct GatewayID: ExpressibleByArgument, Sendable {
    let id: TransactionID

    init?(argument: String) {
        guard let id = TransactionID(argument) else { return nil }
        self.id = id
    }
}
