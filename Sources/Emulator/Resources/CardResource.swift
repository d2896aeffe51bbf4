internal import Values

/// The card of a transaction, reduced: its token and address, never number, CVV or tracks.
///
/// Source: PayHub API, "Verify", the GET sample.
internal enum CardResource {
    static func json(_ envelope: Envelope) -> JSONValue? {
        guard let card = envelope.entry.card, let token = card.token else { return nil }
        return envelope.members(id: token, metaData: card.metaData).adding([
            "cvv_data": .null,
            "track1_data": .null,
            "track2_data": .null,
            "encrypted_track_data": .null,
            "card_number": .null,
            "card_expiry_date": .optional(card.expiry?.text),
            "tokenized_card": .string(token),
            "billing_address_1": .optional(card.address.line1),
            "billing_address_2": .optional(card.address.line2),
            "billing_city": .optional(card.address.city),
            "billing_state": .optional(card.address.state),
            "billing_zip": .optional(card.address.zip),
            "cardObscured": .null,
            "cardType": .null,
        ])
    }
}

extension MaskedPAN {
    /// The number as refunds and reports show it: "XXXXXXXXXXXX8888", `nil` when hidden.
    internal var obscured: String? {
        lastFour.map { String(repeating: "X", count: length - 4) + $0 }
    }
}
