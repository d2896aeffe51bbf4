import Foundation
import PayHub
import Secrets
import Testing
import Values

/// Bodies that the client writes, with every member that it has.
enum ClientBodies {
    private static let today = CivilDate(year: 2026, month: 11, day: 21)
    private static let merchant = Merchant(organizationID: 10_127, terminalID: 215)
    private static let metaData = JSONTree.text("ours")

    /// The body of a request to an endpoint in which the member at a path stands.
    static func body(of endpoint: String, _ path: String) throws -> String {
        switch endpoint {
        case "POST /sale": try payment(.sale, path)
        case "POST /verify": try payment(.verify, path)
        case "POST /authOnly": try payment(.authOnly, path)
        case "POST /refund" where path == "transaction_id":
            try followUp { .refund($0, bill: try bill()) }
        case "POST /refund": try payment(.refund, path)
        case "POST /capture": try followUp { .capture($0, bill: try bill()) }
        case "POST /void": try followUp { .void($0) }
        case "POST /recurring-bill":
            try written(
                recurring(path),
                card: path.hasSuffix("tokenized_card") ? token() : keyed(metaData: metaData))
        case "PATCH /recurring-bill/{id}":
            try written(
                RecurringChange(bill: bill(), schedule: schedule(path)), card: keyed())
        case "PATCH /recurring-bill-status/{id}": try written(RecurringStatusChange.pause)
        default: try settings(of: endpoint)
        }
    }

    private static func settings(of endpoint: String) throws -> String {
        switch endpoint.split(separator: "/").last {
        case "validatedDevices": try written(DeviceValidation(isEnforced: true))
        case "webhookConfiguration":
            try written(WebhookConfiguration(isActive: true, endpoint: "https://example.com/hook"))
        case "emailConfiguration": try written(EmailConfiguration())
        case "riskFraudDetection":
            try written(
                RiskSettings(
                    measures: Dictionary(
                        uniqueKeysWithValues: RiskRule.allCases.map {
                            ($0, RiskMeasure(.processAndHold, limit: 10))
                        }), emailAddress: "risk@example.com"))
        default: try #require(nil, "no body for \(endpoint)")
        }
    }

    /// A role that may do everything.
    static func role() throws -> String {
        try written(
            UserRole(
                name: "Manager",
                permissions: Set(Permission.allCases.filter { !$0.isInTablesOnly })))
    }

    /// A report that is asked for by every filter.
    static func report() throws -> String {
        var filter = ReportFilter()
        filter.batches = ReportRange(5...10)
        filter.amounts = ReportRange(Cents.zero...Cents.zero)
        filter.authorizedAmounts = filter.amounts
        filter.times = try ReportRange(
            #require(GatewayTime("2026-01-02 03:04:05"))...#require(
                GatewayTime("2026-01-03 03:04:05")))
        filter.swiped = true
        filter.types = .only(.sale)
        filter.responseCodes = try .only(#require(ResponseCode("00")))
        filter.statuses = .only("Approved")
        filter.notes = .only("SW")
        filter.lastFours = try .only(#require(LastFour("8888")))
        for field in [
            \ReportFilter.firstNames, \.lastNames, \.phoneNumbers, \.mailAddresses, \.cardTypes,
            \.sources,
        ] { filter[keyPath: field] = .only("x") }
        filter.cardTokens = .only(KeptSecret("9999000000001804".utf8Span.span))
        filter.customers = .only(7)
        filter.recurringBills = .ofAnyBill
        return try RequestWriter.bodyText { endpoint, token, buffer in
            try RequestWriter.report(filter, from: endpoint, token: token, into: &buffer)
        }
    }
}

// MARK: - Orders

extension ClientBodies {
    private static func payment(_ operation: PaymentOperation, _ path: String) throws -> String {
        var order = PaymentOrder(
            operation: operation, merchant: merchant, amount: try Amount(cents: 1000),
            reference: PaymentReference(lane: 1, journal: 2, sequence: 3))
        order.bill = try bill()
        order.customer = customer()
        let card = try card(for: path)
        return try RequestWriter.bodyText { endpoint, token, buffer in
            let prepared = try RequestWriter.prepare(
                order, for: endpoint, token: token, into: &buffer)
            try RequestWriter.complete(prepared, with: card, in: &buffer)
        }
    }

    private static func followUp(_ make: (TransactionID) throws -> FollowUp) throws -> String {
        let followUp = try make(#require(TransactionID("114")))
        return try RequestWriter.bodyText { endpoint, token, buffer in
            try RequestWriter.post(
                followUp, of: merchant, to: endpoint, token: token, into: &buffer)
        }
    }

    private static func recurring(_ path: String) throws -> RecurringOrder {
        var (bill, customer) = (try bill(), customer())
        bill.metaData = metaData
        customer.metaData = metaData
        var order = RecurringOrder(bill, of: customer, on: try schedule(path), for: merchant)
        order.metaData = metaData
        order.merchantMetaData = metaData
        return order
    }

    private static func schedule(_ path: String) throws -> BillingSchedule {
        let start = CivilDate(year: 2027, month: 1, day: 1)
        let name = path.split(separator: ".").last ?? ""
        var schedule =
            switch name {
            case "weekly_bill_days": BillingSchedule(.weekly([.monday]), from: start)
            case "specific_dates": BillingSchedule(.dates([start]))
            case "year_to_start", "yearly_bill_on_month_number", "yearly_bill_on_day_of_month":
                BillingSchedule(.yearly(from: 2027, month: 2, day: 29))
            case "monthly_on_the_day_of_week_in_month", "monthly_day_of_week":
                BillingSchedule(.monthlyOn(.last, .friday), from: start)
            case "end_date":
                BillingSchedule(
                    .daily, from: start, until: .on(CivilDate(year: 2028, month: 1, day: 1)))
            default:
                BillingSchedule(.monthlyEach([1]), from: start, until: .after(bills: 6))
            }
        schedule.metaData = metaData
        return schedule
    }

    private static func bill() throws -> Bill {
        var bill = Bill(base: try Amount(cents: 1000))
        bill.shipping = try Amount(cents: 123)
        bill.tax = try Amount(cents: 45)
        bill.note = "SW-1"
        bill.invoiceNumber = "328"
        bill.purchaseOrderNumber = "PO-7"
        return bill
    }

    private static func customer() -> Customer {
        var customer = Customer(
            name: ("Test", "Holder"), emailAddress: "holder@example.com",
            phoneNumber: "(415) 479 1349")
        customer.companyName = "Test Inc"
        customer.jobTitle = "Tester"
        customer.webAddress = "http://example.com"
        customer.phoneExtension = "123"
        customer.phoneType = .mobile
        return customer
    }
}

// MARK: - Cards

extension ClientBodies {
    private static func card(for path: String) throws -> CardInHand {
        if path.hasSuffix("tokenized_card") { return try token() }
        if path.contains("encrypted_track_data") {
            return try swiped("02A0FF03") { .encryptedTrack($0, form: .asTyped, swiper: .init()) }
        }
        if path.contains("track1_data") {
            return try swiped("B41^A/B^30") { .tracks(track1: $0, track2: nil) }
        }
        if path.contains("track2_data") {
            return try swiped("41=30") { .tracks(track1: nil, track2: $0) }
        }
        return try keyed()
    }

    private static func swiped(
        _ text: String, _ source: (ByteRange) -> CardSource
    ) throws -> CardInHand {
        let bytes = try secret(text)
        let range = ByteRange(start: 0, count: text.utf8.count)
        return CardInHand(CardData(source(range)), in: bytes)
    }

    private static func token() throws -> CardInHand {
        try CardInHand(token: secret("9999000000001804"))
    }

    private static func keyed(metaData: JSONTree? = nil) throws -> CardInHand {
        var billing = BillingAddress()
        billing.line1 = "100 Test Street"
        billing.line2 = "Floor 3"
        billing.city = "San Rafael"
        billing.state = "CA"
        billing.zip = "94901"
        let card = KeyedCard(
            number: try secret("4012881888818888"), expiry: try secret("2912"),
            cvv: try secret("999"))
        return try CardInHand(keyed: card, on: today, billing: billing, metaData: metaData)
    }

    private static func secret(_ text: String) throws -> SecretBytes {
        var bytes = try SecretArena(blocks: 1).take(capacity: 64)
        for byte in text.utf8 { try bytes.append(byte) }
        return bytes
    }
}

// MARK: - What goes out

extension ClientBodies {
    private static func written(
        _ request: some GatewayRequest, card: CardInHand? = nil
    ) throws -> String {
        let body = GatewayBody(request, card: card)
        return try RequestWriter.bodyText { endpoint, token, buffer in
            try RequestWriter.call(
                GatewayCall(.post, "sale"), body, to: endpoint, token: token, into: &buffer)
        }
    }
}
