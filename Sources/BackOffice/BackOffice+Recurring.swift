public import PayHub
public import Values

/// Recurring bills: made, read, changed and stopped.
///
/// Source: PayHub API, "Recurring Bill" and "Recurring Bill Status".
extension BackOffice {
    /// Makes a recurring bill, from whose schedule on the gateway charges the card by itself.
    ///
    /// It is sent at most once. When it is in doubt, ``recurringBills(noted:)`` tells whether it
    /// was made: a second one would charge twice.
    /// - Parameters:
    ///   - order: what is charged, when, and to whom.
    ///   - card: a keyed card or a token.
    ///   - today: single dates must lie behind it.
    /// - Returns: the bill's number.
    /// - Throws: ``BackOfficeFault``; `refusedByUs` names the rule that is broken.
    public func makeRecurringBill(
        _ order: RecurringOrder, card: CardInHand, on today: CivilDate
    ) async throws(BackOfficeFault) -> TransactionID {
        try Self.check(order.schedule, on: today)
        return try await post(Self.bills, order, card: card).id
    }

    /// Changes what a bill charges, when, or to which card.
    ///
    /// - Parameters:
    ///   - id: the bill.
    ///   - change: what goes out whole; what is `nil` stays as it is.
    ///   - card: the new card; `nil` leaves the old one.
    ///   - today: single dates must lie behind it.
    /// - Throws: ``BackOfficeFault``
    public func changeRecurringBill(
        _ id: TransactionID, _ change: RecurringChange, card: CardInHand? = nil,
        on today: CivilDate
    ) async throws(BackOfficeFault) {
        guard !change.isEmpty || card != nil else {
            throw .refusedByUs(.breach(RuleBreach("the change", .changesNothing)))
        }
        if let schedule = change.schedule { try Self.check(schedule, on: today) }
        try await patch(Self.bills.appending(id), change, card: card)
    }

    /// Pauses a bill, goes on with it, or stops it for ever. Where it stands is asked first: what
    /// cannot be done from there is not sent.
    /// - Throws: ``BackOfficeFault``
    public func changeRecurringBill(
        _ id: TransactionID, to change: RecurringStatusChange
    ) async throws(BackOfficeFault) {
        let current = try await recurringBill(id, .status).status
        do throws(RecurringStatusFault) { try change.check(from: current) } catch {
            throw .refusedByUs(.recurringStatus(error))
        }
        try await patch(GatewayPath("recurring-bill-status").appending(id), change)
    }

    private static let bills = GatewayPath("recurring-bill")

    private static func check(
        _ schedule: BillingSchedule, on today: CivilDate
    ) throws(BackOfficeFault) {
        if let fault = schedule.faults(on: today).first { throw .refusedByUs(.schedule(fault)) }
    }
}

extension BackOffice {
    /// A recurring bill.
    /// - Throws: ``BackOfficeFault``
    public func recurringBill(
        _ id: TransactionID
    ) async throws(BackOfficeFault) -> RecurringBillResource {
        try await get(Self.bills.appending(id))
    }

    /// All recurring bills, of every merchant that the token is of.
    public func recurringBills(
        sort: ListSort? = .oldestFirst, size: Int = Limits.listSizeMaximum
    ) -> GatewayList<RecurringBillResource> {
        list(Self.bills, sort: sort, size: size)
    }

    /// The recurring bills that a merchant's organization made.
    ///
    /// Source: PayHub API, "findByMerchantOrganizationId search functions".
    public func recurringBills(
        of organization: Int
    ) -> GatewayList<RecurringBillResource> {
        list(Self.bills.search(organization: organization))
    }

    /// The recurring bills that the gateway linked to a customer.
    ///
    /// Source: PayHub API, "special search queries"; the path is that of the makers' own programs.
    public func recurringBills(
        ofCustomer number: Int
    ) -> GatewayList<RecurringBillResource> {
        list(Self.bills.search(customer: number))
    }

    /// The recurring bills whose bill has this note, by asking for each one's: the way out of a
    /// doubt about one that was made.
    /// - Throws: ``BackOfficeFault``
    public func recurringBills(
        noted note: String
    ) async throws(BackOfficeFault) -> [TransactionID] {
        var found: [TransactionID] = []
        for try await bill in recurringBills(sort: .newestFirst) {
            guard let id = bill.number else { continue }
            if try await recurringBill(id, .bill).note?.text == note { found.append(id) }
        }
        return found
    }

    /// A part of a recurring bill: `recurringBill(id, .schedule)`.
    /// - Throws: ``BackOfficeFault``
    public func recurringBill<Resource>(
        _ id: TransactionID, _ part: RecurringPart<Resource>
    ) async throws(BackOfficeFault) -> Resource {
        try await get(Self.bills.appending(id).appending(part.name))
    }
}

/// A part of a recurring bill that can be read by itself, and what it is read as.
///
/// Source: PayHub API, "Recurring Bill", "Extended Methods".
public struct RecurringPart<Resource: Decodable & Sendable>: Sendable {
    internal let name: StaticString
}

extension RecurringPart where Resource == MerchantResource {
    /// For whom it is charged.
    public static var merchant: Self { Self(name: "merchant") }
}

extension RecurringPart where Resource == CustomerResource {
    /// Who is billed.
    public static var customer: Self { Self(name: "customer") }
}

extension RecurringPart where Resource == BillResource {
    /// What is charged each time.
    public static var bill: Self { Self(name: "bill") }
}

extension RecurringPart where Resource == CardResource {
    /// The card, without what must not be shown.
    public static var card: Self { Self(name: "card_data") }
}

extension RecurringPart where Resource == ScheduleResource {
    /// When it is charged.
    public static var schedule: Self { Self(name: "schedule") }
}

extension RecurringPart where Resource == RecurringStatusResource {
    /// Where it stands, and when it is charged next.
    public static var status: Self { Self(name: "status") }
}
