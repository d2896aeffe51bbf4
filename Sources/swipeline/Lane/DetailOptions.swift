internal import ArgumentParser
internal import PayHub

/// What goes out with a payment beside its amount, of which shipping and tax are parts. The note is
/// not among it: it is the payment's reference, by which the lane finds it again.
internal struct DetailOptions: ParsableArguments {
    @Option(help: "What of the amount is shipping, in dollars with two decimals.")
    var shipping: AmountArgument?
    @Option(help: "What of the amount is tax, in dollars with two decimals.")
    var tax: AmountArgument?
    @Option(help: "The invoice number; the payment's reference without it.")
    var invoice: String?
    @Option(help: "The buyer's purchase order number.")
    var purchaseOrder: String?
    @Flag(help: "Charges it as a debit card, which must be swiped.")
    var debit = false

    /// In the order's form.
    var details: OrderDetails {
        var details = OrderDetails()
        details.shipping = shipping?.amount
        details.tax = tax?.amount
        details.invoiceNumber = invoice
        details.purchaseOrderNumber = purchaseOrder
        details.recordFormat = debit ? .debitCard : .creditCard
        return details
    }
}
