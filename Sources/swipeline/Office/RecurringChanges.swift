internal import ArgumentParser
internal import BackOffice
internal import Foundation
internal import PayHub
internal import Values

extension RecurringCommand {
    /// A new recurring bill.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a recurring bill, after its next dates have been shown.",
            discussion: """
                \(ScheduleOptions.discussion) A file is the document's own request without its \
                card; flags change what it says. \(OfficeOptions.exits)
                """)
        @OptionGroup var bill: BillOptions
        @OptionGroup(title: "Schedule") var when: ScheduleOptions
        @OptionGroup(title: "Customer") var who: CustomerOptions
        @OptionGroup(title: "Card") var card: CardOptions
        @Option(help: "JSON with bill, customer and schedule.", completion: .file())
        var file: String?
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let today = CivilDate.today
            let written = try RecurringFile(contentsOf: file)
            var bill = try bill.bill(changing: written.bill.map { try Bill($0) })
            let schedule = try when.schedule(changing: written.schedule, on: today)
            let customer = try who.customer(changing: written.customer.map { Customer($0) })
            guard card.isGiven else {
                throw Failure(
                    "which card? give --keyed, --card-token or --card-token-file FILE", .usage)
            }
            // By it a bill is found again whose answer was lost.
            let note = bill.note ?? "recurring \(UUID().uuidString.prefix(13).lowercased())"
            bill.note = note
            try confirmation.ask(RecurringWords.question(bill, schedule, on: today))
            try await options.withOffice { [bill] office in
                var order = RecurringOrder(bill, of: customer, on: schedule, for: office.merchant)
                order.metaData = written.metaData
                do { try order.check() } catch { throw Failure("\(error)", .usage) }
                let id = try await made(order, note, office, today)
                try await RecurringPage.show(id, office, options)
            }
        }

        /// Makes it, and looks for it when nobody knows whether it was made.
        private func made(
            _ order: RecurringOrder, _ note: String, _ office: BackOffice, _ today: CivilDate
        ) async throws -> TransactionID {
            do {
                return try await office.makeRecurringBill(
                    order, card: try card.card(on: today), on: today)
            } catch let fault as BackOfficeFault where Exit(fault) == .inDoubt {
                Terminal.tell("\(fault); looking for a bill with the note \"\(note)\"")
                guard let found = try await office.recurringBills(noted: note).first else {
                    throw Failure(
                        "no bill has the note \"\(note)\" now; look again with recurring list "
                            + "before it is made again", .inDoubt)
                }
                return found
            }
        }
    }

    /// A bill that is there.
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes what a bill charges, when, or to which card.",
            discussion: """
                What is not named stays as it is. \(ScheduleOptions.discussion) \
                \(OfficeOptions.exits)
                """)
        @Argument(help: "The bill's number.")
        var id: GatewayID
        @OptionGroup var bill: BillOptions
        @OptionGroup(title: "Schedule") var when: ScheduleOptions
        @OptionGroup(title: "Card") var card: CardOptions
        @Option(help: "JSON with bill and schedule.", completion: .file())
        var file: String?
        @OptionGroup var confirmation: Confirmation
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try card.checkAddress()
            guard bill.isGiven || when.isGiven || card.isGiven || file != nil else {
                throw Failure("nothing to change: see --help for what can be", .usage)
            }
            let today = CivilDate.today
            let written = try RecurringFile(contentsOf: file)
            guard written.customer == nil else {
                throw Failure("the customer of a recurring bill cannot be changed", .usage)
            }
            try await options.withOffice { office in
                let held = try await Bill(office.recurringBill(id.id, .bill).content)
                let schedule = try await office.recurringBill(id.id, .schedule).content.schedule
                var change = RecurringChange()
                if bill.isGiven || written.bill != nil {
                    change.bill = try bill.bill(
                        changing: written.bill.map { try Bill($0) } ?? held)
                }
                if when.isGiven || written.schedule != nil {
                    change.schedule = try when.schedule(
                        changing: written.schedule ?? schedule, on: today)
                }
                try confirmation.ask(
                    RecurringWords.question(
                        change.bill ?? held, change.schedule ?? schedule, on: today))
                try await office.changeRecurringBill(
                    id.id, change, card: card.isGiven ? try card.card(on: today) : nil, on: today)
                try await RecurringPage.show(id.id, office, options)
            }
        }
    }
}
