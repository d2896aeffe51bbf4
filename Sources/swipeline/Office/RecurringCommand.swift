internal import ArgumentParser
internal import BackOffice
internal import PayHub
internal import Values

/// `swipeline recurring`: bills that the gateway charges by itself.
internal struct RecurringCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recurring", abstract: "Makes, shows and changes recurring bills.",
        discussion: OfficeOptions.exits,
        subcommands: [
            List.self, Show.self, Create.self, Change.self, Pause.self, Resume.self, End.self,
        ])

    /// Recurring bills.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recurring bills with where they stand and when they are charged next.",
            discussion: OfficeOptions.exits)
        @OptionGroup var listing: ListingOptions
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try await options.withOffice { office in
                let bills = office.recurringBills(sort: listing.order, size: listing.pageSize)
                try await listing.show(
                    bills, RecurringLine.columns, asJSON: options.json
                ) { bill in
                    try await RecurringLine(bill, at: office)
                }
            }
        }
    }

    /// One recurring bill.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One recurring bill with its customer, card, schedule and next dates.",
            discussion: OfficeOptions.exits)
        @Argument(help: "The bill's number.")
        var id: GatewayID
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try await options.withOffice { try await RecurringPage.show(id.id, $0, options) }
        }
    }

    /// Stops for a while.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Charges nothing until it is resumed; days that pass are not made up for.",
            discussion: OfficeOptions.exits)
        @Argument(help: "The bill's number.")
        var id: GatewayID
        @OptionGroup var options: OfficeOptions

        func run() async throws { try await RecurringPage.change(id.id, to: .pause, options) }
    }

    /// Goes on.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Goes on with a paused bill.", discussion: OfficeOptions.exits)
        @Argument(help: "The bill's number.")
        var id: GatewayID
        @OptionGroup var options: OfficeOptions

        func run() async throws { try await RecurringPage.change(id.id, to: .activate, options) }
    }

    /// Stops for ever.
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cancels a bill for ever.", discussion: OfficeOptions.exits)
        @Argument(help: "The bill's number.")
        var id: GatewayID
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try confirmation.ask("Recurring bill \(id.id.text) is cancelled for ever.")
            try await RecurringPage.change(id.id, to: .cancel, options)
        }
    }
}
