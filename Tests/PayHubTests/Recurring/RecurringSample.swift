import PayHub
import Values

/// A printed recurring bill, read into an order of ours.
struct RecurringSample {
    let tree: JSONTree
    /// Amounts stand there in cents, whatever the document says of them.
    let hasCents: Bool

    init(_ tree: JSONTree, hasCents: Bool) {
        self.tree = tree
        self.hasCents = hasCents
    }

    /// What stands at a path of names, as it is written.
    func text(_ path: String) -> String? {
        let found = path.split(separator: ".").reduce(tree as JSONTree?) { $0?[String($1)] }
        return switch found {
        case .text(let text)?: text
        case .number(let number)?: number.text
        default: nil
        }
    }

    private func amount(_ path: String) throws -> Amount? {
        guard let written = text("bill.\(path).amount") else { return nil }
        if hasCents { return try Int(written).map { try Amount(cents: $0) } }
        return try Cents(dollars: written).map { try Amount(cents: $0.value) }
    }

    /// The billing address.
    var address: BillingAddress {
        var address = BillingAddress()
        address.line1 = text("card_data.billing_address_1")
        address.line2 = text("card_data.billing_address_2")
        address.city = text("card_data.billing_city")
        address.state = text("card_data.billing_state")
        address.zip = text("card_data.billing_zip")
        return address
    }

    private var customer: Customer {
        var customer = Customer(
            name: (text("customer.first_name") ?? "", text("customer.last_name") ?? ""),
            emailAddress: text("customer.email_address"),
            phoneNumber: text("customer.phone_number"))
        customer.companyName = text("customer.company_name")
        customer.jobTitle = text("customer.job_title")
        customer.webAddress = text("customer.web_address")
        customer.phoneExtension = text("customer.phone_ext")
        customer.phoneType = text("customer.phone_type").flatMap { .init(rawValue: $0) }
        return customer
    }

    private var schedule: BillingSchedule {
        if case .array(let dates)? = tree["schedule"]?["specific_dates_schedule"]?["specific_dates"]
        {
            return BillingSchedule(
                .dates(
                    dates.compactMap { date in
                        if case .text(let text) = date { CivilDate(iso8601: text) } else { nil }
                    }))
        }
        let span = "schedule.schedule_start_and_end."
        let bills = text(span + "end_after_bill_count").flatMap { Int($0) }
        return BillingSchedule(
            .monthlyEach([1]), from: text(span + "start_date").flatMap { CivilDate(iso8601: $0) },
            until: bills.map { .after(bills: $0) } ?? .never)
    }

    /// The order. A sample without a schedule gets one.
    var order: RecurringOrder {
        get throws {
            var bill = Bill(base: try amount("base_amount") ?? Amount(cents: 1))
            bill.shipping = try amount("shipping_amount")
            bill.tax = try amount("tax_amount")
            bill.note = text("bill.note")
            bill.invoiceNumber = text("bill.invoice_number")
            bill.purchaseOrderNumber = text("bill.po_number")
            let merchant = Merchant(
                organizationID: Int(text("merchant.organization_id") ?? "") ?? 0,
                terminalID: Int(text("merchant.terminal_id") ?? "") ?? 0)
            return RecurringOrder(bill, of: customer, on: schedule, for: merchant)
        }
    }
}
