internal import Values

/// What a notification says.
///
/// Source: PayHub API, "Webhook", the two printed messages; values are texts. The table of fields
/// differs from the message of a transaction, which is followed.
internal enum WebhookMessage {
    /// The message of a transaction; `nil` for a kind that has none: the document names sales,
    /// authorizations, voids and refunds.
    static func transaction(_ entry: LedgerEntry, endpoint: String) -> JSONValue? {
        guard [.sale, .authOnly, .void, .refund].contains(entry.kind) else { return nil }
        let message = JSONValue.members([
            "transactionType": .string(entry.kind.reportName),
            "recurringBillId": .string(entry.recurringBillID ?? ""),
            "responseText": .string(entry.answer.responseText),
            "source": .string(ReportRow(entry: entry, faults: ActiveFaults()).source),
            "cardObscured": .string(entry.card?.identity.maskedPAN.obscured ?? ""),
            "orgId": .string(String(entry.organization)),
            "transactionId": .string(entry.id),
            "responseCode": .string(entry.answer.responseCode),
        ])
        return wrapped(message, as: "transaction", endpoint: endpoint)
    }

    /// The message of a batch that was settled with these transactions.
    static func batch(
        _ batch: LedgerBatch, _ entries: [LedgerEntry], endpoint: String
    ) -> JSONValue {
        let net = entries.reduce(0) { sum, entry in
            sum + (entry.kind == .refund ? -entry.bill.totalCents : entry.chargedCents ?? 0)
        }
        let message = JSONValue.members([
            "date": .string(batch.settledAt?.inJavaText ?? ""),
            "batch_id": .string(String(batch.number)),
            "net_total": .string(dollars(net)),
            "terminal": .string(MerchantAccount.nickname(of: batch.terminal)),
            "trans_count": .string(String(entries.count)),
            "status": .string("Settled"),
        ])
        return wrapped(message, as: "batch_settled", endpoint: endpoint)
    }

    private static func wrapped(
        _ message: JSONValue, as type: String, endpoint: String
    ) -> JSONValue {
        .members([
            "endpoint": .string(endpoint), "eventType": .string(type),
            "event": .members(["type": .members([type: message])]),
        ])
    }

    /// "15" for whole dollars, as printed, and else two decimals; a minus before what goes out.
    private static func dollars(_ cents: Int) -> String {
        let amount = AmountText.dollars(abs(cents))
        let text = amount.hasSuffix(".00") ? String(amount.dropLast(3)) : amount
        return cents < 0 ? "-\(text)" : text
    }
}

extension Timestamp {
    /// "Thu Oct 29 11:23:11 UTC 2015", as Java's Date writes it.
    ///
    /// Source: PayHub API, "Webhook", `date`.
    internal var inJavaText: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        // 1970-01-01 was a Thursday.
        let weekday = days[((day.daysSinceEpoch % 7) + 7) % 7]
        let parts = withoutZone.split(separator: " ")
        let zone = offsetMinutes == 0 ? "UTC" : "GMT" + withOffset.suffix(6)
        let date = "\(weekday) \(months[day.month - 1]) \(parts[0].suffix(2))"
        return "\(date) \(parts[1]) \(zone) \(day.year)"
    }
}
