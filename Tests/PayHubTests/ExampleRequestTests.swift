import Examples
import Foundation
import PayHub
import Secrets
import Testing
import Values

/// Every printed request of a transaction or a report, ordered through the types: what goes out is
/// the same, member for member, but for what is listed here with its reason.
@Suite struct ExampleRequestTests {
    /// Why a request of ours is otherwise than a printed one. Numbers are those of the list of the
    /// document's inconsistencies.
    private struct Exception: Sendable {
        let operation: String
        /// The end of the path.
        let path: String
        let kind: TreeDifference.Kind
        let reason: String

        func covers(_ difference: TreeDifference, of operation: String) -> Bool {
            (self.operation == operation || self.operation == "*")
                && difference.kind == kind && difference.path.hasSuffix(path)
        }
    }

    private static let exceptions = [
        Exception(
            operation: "*", path: ".currency", kind: .added,
            reason: "TransactionAmount: optional, and always sent"),
        Exception(
            operation: "*", path: "merchant.organization_id", kind: .form,
            reason: "I-09: ids of a merchant are integers"),
        Exception(
            operation: "*", path: "merchant.terminal_id", kind: .form,
            reason: "I-09: ids of a merchant are integers"),
        Exception(
            operation: "*", path: "_amount.amount", kind: .form,
            reason: "I-06, I-07: a number with two decimals"),
        Exception(
            operation: "*", path: "_amount.amount", kind: .value,
            reason: "I-06: the cents of the Java and C# samples are dollars and cents"),
        Exception(
            operation: "sale", path: "record_format", kind: .added,
            reason: "I-10: at the top level, and always sent"),
        Exception(
            operation: "authonly", path: "record_format", kind: .added,
            reason: "I-10: at the top level, and always sent"),
        Exception(
            operation: "sale", path: "record_format", kind: .value,
            reason: "I-10: CREDIT_CARD and never CC"),
        Exception(
            operation: "authonly", path: "record_format", kind: .value,
            reason: "I-10: CREDIT_CARD and never CC"),
        Exception(
            operation: "refund", path: "record_format", kind: .value,
            reason: "I-10, I-11: CREDIT_CARD, once"),
        Exception(
            operation: "verify", path: "record_format", kind: .missing,
            reason: "I-12: not documented for a verification"),
        Exception(
            operation: "verify", path: "bill", kind: .missing,
            reason: "I-32: a verification has no bill"),
        Exception(
            operation: "*", path: "card_data.cvv_code", kind: .missing,
            reason: "I-13: in samples only"),
        Exception(
            operation: "refund", path: "card_data", kind: .missing,
            reason: "Refund: a card goes with a refund without a sale"),
        Exception(
            operation: "refund", path: "customer", kind: .missing,
            reason: "Refund: a customer goes with a refund without a sale"),
        Exception(
            operation: "refund", path: "bill", kind: .missing,
            reason: "I-07: the PHP sample's amounts are null; without a bill all is refunded"),
    ]

    @Test(.needsReference) func `payments go out as they are printed`() throws {
        var met: Set<String> = []
        var count = 0
        for operation in ["sale", "verify", "authonly", "capture", "void", "refund"] {
            for name in try ReferenceExamples.names(beginning: "\(operation).post.request") {
                let text = try ReferenceExamples.text(name)
                let printed = try JSONTree(parsing: text)
                let ours = try JSONTree(parsing: Self.request(operation, printed, name))
                for difference in TreeDifference.all(printed, ours) {
                    let exception = Self.exceptions.first { $0.covers(difference, of: operation) }
                    guard let exception else {
                        Issue.record("\(name): \(difference)")
                        continue
                    }
                    met.insert(exception.operation + exception.path + exception.kind.rawValue)
                }
                count += 1
            }
        }
        #expect(count == 30)
        for exception in Self.exceptions {
            let key = exception.operation + exception.path + exception.kind.rawValue
            #expect(met.contains(key), "no request needs: \(exception.reason)")
        }
    }

    @Test(.needsReference) func `reports are asked for as they are printed`() throws {
        let names = try ReferenceExamples.names(beginning: "transaction-report.post.request")
        #expect(!names.isEmpty)
        for name in names {
            let text = try ReferenceExamples.text(name)
            let printed = try JSONTree(parsing: text)
            let ours = try JSONTree(parsing: Self.written(Self.filter(printed)))
            // The document writes amounts without their cents.
            #expect(
                TreeDifference.all(printed, ours)
                    == ["amountFrom", "amountTo"].map { TreeDifference($0, .form) }, "\(name)")
        }
    }

    private static let filters = [
        ("1-responseCode", #"{"responseCode":"00"}"#, false),
        ("2-responseCode", #"{"responseCode":"00;0930;4004;05;N7"}"#, false),
        ("3-responseCode", #"{"responseCode":"!00"}"#, false),
        // I-70: what both says is told in two ways; the part that decides goes out alone.
        ("4-responseCode", #"{"responseCode":"!00;!4004"}"#, true),
        ("5-recurringBillId", #"{"recurringBillId":"300;301"}"#, true),
        ("6-recurringBillId", #"{"recurringBillId":"!"}"#, false),
        ("7-recurringBillId", #"{"recurringBillId":""}"#, false),
    ]

    @Test(arguments: filters)
    func `the filter language is written unmixed`(
        name: String, expected: String, _: Bool
    ) throws {
        var filter = ReportFilter()
        let codes = ["00", "0930", "4004", "05", "N7"].compactMap { ResponseCode($0) }
        let bills = ["300", "301"].compactMap { TransactionID($0) }
        switch name.first {
        case "1": filter.responseCodes = .only(codes[0])
        case "2": filter.responseCodes = .any(of: codes)
        case "3": filter.responseCodes = .none(of: [codes[0]])
        case "4": filter.responseCodes = .none(of: [codes[0], codes[2]])
        case "5": filter.recurringBills = .bills(.any(of: bills))
        case "6": filter.recurringBills = .ofAnyBill
        default: filter.recurringBills = .ofNoBill
        }
        #expect(try Self.written(filter) == expected)
    }

    @Test(.needsReference, arguments: filters)
    func `the filter language is as it is printed, but for what is mixed`(
        name: String, written: String, isMixed: Bool
    ) throws {
        let text = try ReferenceExamples.text("transaction-report.filter-\(name).request")
        let isPrinted = try JSONTree(parsing: text) == JSONTree(parsing: written)
        #expect(isPrinted == !isMixed)
    }
}

// MARK: - From a printed request to an order

extension ExampleRequestTests {
    private static let day = CivilDate(year: 2015, month: 6, day: 1)
    private static let reference = PaymentReference(lane: 1, journal: 2, sequence: 3)

    /// The body that the types write for what a printed request asks.
    private static func request(
        _ operation: String, _ printed: JSONTree, _ name: String
    ) throws -> String {
        let merchant = Merchant(
            organizationID: try #require(Int(printed.said("merchant.organization_id") ?? "")),
            terminalID: try #require(Int(printed.said("merchant.terminal_id") ?? "")))
        let inCents = name.contains("java") || name.contains("csharp")
        if let id = printed.said("transaction_id").flatMap({ TransactionID($0) }) {
            let bill = try bill(printed, inCents: inCents)
            let followUp: FollowUp =
                switch operation {
                case "capture": .capture(id, bill: bill)
                case "void": .void(id)
                default: .refund(id, bill: bill)
                }
            return try RequestWriter.bodyText { endpoint, token, buffer in
                try RequestWriter.post(
                    followUp, of: merchant, to: endpoint, token: token, into: &buffer)
            }
        }
        let kinds = ["sale": PaymentOperation.sale, "verify": .verify, "authonly": .authOnly]
        var order = PaymentOrder(
            operation: try #require(kinds[operation]), merchant: merchant,
            amount: try Amount(cents: 1), reference: reference)
        if let bill = try bill(printed, inCents: inCents) { order.bill = bill }
        order.customer = try customer(printed)
        let card = try card(printed)
        return try RequestWriter.bodyText { endpoint, token, buffer in
            let prepared = try RequestWriter.prepare(
                order, for: endpoint, token: token, into: &buffer)
            try RequestWriter.complete(prepared, with: card, in: &buffer)
        }
    }

    private static func bill(_ printed: JSONTree, inCents: Bool) throws -> Bill? {
        func amount(_ name: String) throws -> Amount? {
            guard let text = printed.said("bill.\(name).amount") else { return nil }
            if inCents { return try Amount(cents: try #require(Int(text))) }
            return try Amount(cents: try #require(Cents(dollars: text)).value)
        }
        guard let base = try amount("base_amount") else { return nil }
        var bill = Bill(base: base)
        bill.shipping = try amount("shipping_amount")
        bill.tax = try amount("tax_amount")
        bill.note = printed.said("bill.note")
        bill.invoiceNumber = printed.said("bill.invoice_number")
        bill.purchaseOrderNumber = printed.said("bill.po_number")
        return bill
    }

    private static func customer(_ printed: JSONTree) throws -> Customer {
        let first = try #require(printed.said("customer.first_name"))
        var customer = Customer(name: (first, try #require(printed.said("customer.last_name"))))
        customer.companyName = printed.said("customer.company_name")
        customer.jobTitle = printed.said("customer.job_title")
        customer.emailAddress = printed.said("customer.email_address")
        customer.webAddress = printed.said("customer.web_address")
        customer.phoneNumber = printed.said("customer.phone_number")
        customer.phoneExtension = printed.said("customer.phone_ext")
        customer.phoneType = printed.said("customer.phone_type").flatMap {
            Customer.PhoneType(rawValue: $0)
        }
        return customer
    }

    private static func card(_ printed: JSONTree) throws -> CardInHand {
        let arena = try SecretArena(blocks: 3)
        func secret(_ text: String?) throws -> SecretBytes {
            var bytes = try arena.take(capacity: 32)
            for byte in try #require(text).utf8 { try bytes.append(byte) }
            return bytes
        }
        var billing = BillingAddress()
        billing.line1 = printed.said("card_data.billing_address_1")
        billing.line2 = printed.said("card_data.billing_address_2")
        billing.city = printed.said("card_data.billing_city")
        billing.state = printed.said("card_data.billing_state")
        billing.zip = printed.said("card_data.billing_zip")
        let expiry = try #require(printed.said("card_data.card_expiry_date"))
        #expect(expiry.hasPrefix("20"))
        let keyed = KeyedCard(
            number: try secret(printed.said("card_data.card_number")),
            expiry: try secret(String(expiry.dropFirst(2))),
            cvv: try secret(printed.said("card_data.cvv_data")))
        return try CardInHand(keyed: keyed, on: day, billing: billing)
    }

    private static func filter(_ printed: JSONTree) -> ReportFilter {
        func between<Value>(
            _ one: String, _ other: String, _ value: (String) -> Value?
        ) -> ReportRange<Value>? {
            guard let low = printed.said(one).flatMap(value),
                let high = printed.said(other).flatMap(value)
            else { return nil }
            return ReportRange(low...high)
        }
        func only<Value>(_ name: String, _ value: (String) -> Value?) -> ReportChoice<Value>? {
            printed.said(name).flatMap(value).map { .only($0) }
        }
        var filter = ReportFilter()
        filter.batches = between("batchIdFrom", "batchIdTo") { Int($0) }
        filter.amounts = between("amountFrom", "amountTo") { Cents(dollars: $0) }
        filter.times = between("trnDateFrom", "trnDateTo") { GatewayTime($0) }
        filter.types = only("transactionType") { ReportedType($0) }
        filter.responseCodes = only("responseCode") { ResponseCode($0) }
        filter.firstNames = printed.said("firstName").map { .only($0) }
        filter.lastNames = printed.said("lastName").map { .only($0) }
        filter.phoneNumbers = printed.said("phoneNumber").map { .only($0) }
        filter.mailAddresses = printed.said("email").map { .only($0) }
        filter.cardTypes = printed.said("cardType").map { .only($0) }
        return filter
    }

    private static func written(_ filter: ReportFilter) throws -> String {
        try RequestWriter.bodyText { endpoint, token, buffer in
            try RequestWriter.report(filter, from: endpoint, token: token, into: &buffer)
        }
    }
}

extension JSONTree {
    /// The text of a scalar at a path of names; `nil` for null and nothing.
    fileprivate func said(_ path: String) -> String? {
        let value = path.split(separator: ".").reduce(self as JSONTree?) { $0?[String($1)] }
        switch value {
        case .text(let text)?: return text
        case .number(let number)?: return number.text
        default: return nil
        }
    }
}
