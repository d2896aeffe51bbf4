internal import ArgumentParser
internal import BackOffice
internal import PayHub

/// `swipeline customers`: who bought.
internal struct CustomersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers",
        abstract: "Shows whom the gateway linked transactions to.",
        discussion: """
            The gateway links by mail address, and by phone number where there is none. \
            \(OfficeOptions.exits)
            """,
        subcommands: [Search.self, Show.self])

    /// Customers by what is known of them.
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Customers by name, mail address or phone; all of them without.",
            discussion: "The gateway has no such search: all of its list is read.")
        @Option(help: "What the name or company contains, in any case.")
        var name: String?
        @Option(help: "What the mail address contains, in any case.")
        var email: String?
        @Option(help: "Digits that the phone number contains, in order.")
        var phone: String?
        @OptionGroup var listing: ListingOptions
        @OptionGroup var options: OfficeOptions

        func validate() throws {
            guard phone.map(Self.digits)?.isEmpty != true else {
                throw ValidationError("--phone needs digits")
            }
        }

        func run() async throws {
            try await options.withOffice { office in
                try await listing.show(
                    office.customers(sort: listing.order), CustomerLine.columns,
                    asJSON: options.json, where: isWanted
                ) { CustomerLine($0) }
            }
        }

        private func isWanted(_ customer: CustomerLine) -> Bool {
            let names = [customer.name, customer.company].compactMap { $0?.lowercased() }
            return name.map { wanted in names.contains { $0.contains(wanted.lowercased()) } }
                ?? true
                && email.map { customer.email?.lowercased().contains($0.lowercased()) ?? false }
                    ?? true
                && phone.map { Self.digits(customer.phone ?? "").contains(Self.digits($0)) }
                    ?? true
        }

        private static func digits(_ text: String) -> String { text.filter(\.isNumber) }
    }

    /// One customer.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One customer, and the sales that are linked to it.")
        @Argument(help: "The customer's number at the gateway.")
        var number: Int
        @OptionGroup var listing: ListingOptions
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try await options.withOffice { office in
                var found: CustomerLine?
                for try await customer in office.customers()
                where customer.content.number == number {
                    found = CustomerLine(customer)
                }
                guard let found else {
                    throw Failure(
                        "the gateway has no customer \(number); look at customers search",
                        .refusedByGateway)
                }
                try options.json ? OutputStream.say(json: found) : Description(found).say()
                try await listing.show(
                    office.transactions(Sale.self, ofCustomer: number), TransactionLine.columns,
                    asJSON: options.json
                ) { TransactionLine($0) }
            }
        }
    }
}
