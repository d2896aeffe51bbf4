internal import ArgumentParser
internal import PayHub
internal import Values

/// What is charged.
internal struct BillOptions: ParsableArguments {
    @Option(help: "Dollars with two decimals, for example 12.75.")
    var amount: AmountArgument?
    @Option(help: "Shipping, on top of the amount.")
    var shipping: AmountArgument?
    @Option(help: "Tax, on top of the amount.")
    var tax: AmountArgument?
    @Option(help: "A note for the merchant; it goes out with every sale.")
    var note: String?
    @Option(help: "The invoice number.")
    var invoice: String?
    @Option(help: "The buyer's purchase order number.")
    var purchaseOrder: String?

    /// True when anything is said.
    var isGiven: Bool {
        amount != nil || shipping != nil || tax != nil || note != nil || invoice != nil
            || purchaseOrder != nil
    }

    /// The bill that is asked for: a new one, or what is there with what is said changed.
    /// - Throws: ``Failure`` with exit code 2.
    func bill(changing old: Bill? = nil) throws -> Bill {
        guard var bill = old ?? amount.map({ Bill(base: $0.amount) }) else {
            throw Failure("what is charged? give --amount 12.75", .usage)
        }
        if let amount { bill.base = amount.amount }
        if let shipping { bill.shipping = shipping.amount }
        if let tax { bill.tax = tax.amount }
        if let note { bill.note = note }
        if let invoice { bill.invoiceNumber = invoice }
        if let purchaseOrder { bill.purchaseOrderNumber = purchaseOrder }
        return bill
    }
}

/// `12.75`
internal struct AmountArgument: ExpressibleByArgument, Sendable {
    let amount: Amount

    init?(argument: String) {
        guard let amount = try? Amount(parsing: argument) else { return nil }
        self.amount = amount
    }
}

extension Bill {
    /// A bill of the gateway's as it would be sent again.
    /// - Throws: ``Failure`` when it has no amount that can be.
    internal init(_ held: BillContent) throws {
        func amount(_ money: Money?) throws -> Amount? {
            guard let money, money.amount > .zero else { return nil }
            guard money.isDollars else {
                throw Failure("the bill at the gateway is not in dollars", .refusedByGateway)
            }
            return try Amount(cents: money.amount.value)
        }
        guard let base = try amount(held.base) else {
            throw Failure("the bill at the gateway has no amount; give --amount", .usage)
        }
        self.init(base: base)
        shipping = try amount(held.shipping)
        tax = try amount(held.tax)
        note = held.note?.text
        invoiceNumber = held.invoiceNumber
        purchaseOrderNumber = held.purchaseOrderNumber
    }
}
