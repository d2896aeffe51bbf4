internal import PayHub
internal import Values

/// The bank behind the emulated gateway: it knows the document's test cards and approves every
/// other card.
///
/// Source: PayHub API, "Test data".
package enum Issuer {
    /// What a published test card answers, by its first and last four digits: nobody keeps more.
    private struct TestCard {
        let prefix: String
        let lastFour: String
        let cvv: String
        /// The amount in cents at which it declines; the document says "Fail" without a code.
        var declinedCents: Int?
    }

    private static let testCards = [
        TestCard(prefix: "4012", lastFour: "8888", cvv: "999"),
        TestCard(prefix: "4266", lastFour: "4082", cvv: "999", declinedCents: 1),
        TestCard(prefix: "5466", lastFour: "4507", cvv: "998"),
        TestCard(prefix: "5454", lastFour: "5454", cvv: "998", declinedCents: 20),
        TestCard(prefix: "3714", lastFour: "8431", cvv: "9997", declinedCents: 20),
        TestCard(prefix: "6011", lastFour: "6527", cvv: "996"),
        TestCard(prefix: "4055", lastFour: "1111", cvv: "999"),
    ]

    /// The response code of a block that cannot be opened.
    ///
    /// Source: PayHub API, "Response codes": 81, Encryption Error, Cryptographic error.
    private static let encryptionError = "81"

    /// The response code of a card that has expired.
    ///
    /// Source: PayHub API, "Response codes": 54, Expired Card.
    internal static let expiredCard = "54"

    /// Decides on a charge of `cents`; cash needs no card and is approved.
    ///
    /// A wrong CVV is declined, unless the merchant's risk rules process such a charge and hold it.
    internal static func decide(
        _ card: JudgedCard?, cents: Int, sequence: Int, toleratesWrongCVV: Bool = false
    ) -> IssuerAnswer {
        let known = card.flatMap { card in
            testCards.first {
                $0.prefix == card.record.identity.prefix
                    && $0.lastFour == card.record.identity.maskedPAN.lastFour
            }
        }
        var answer = IssuerAnswer()
        answer.avsResult = AddressComparison(card?.record.address).result
        if let cvv = card?.cvv {
            answer.verificationResult = (known?.cvv ?? cvv) == cvv ? "M" : "N"
        }
        if card?.isKnown == false {
            answer.responseCode = encryptionError
        } else if answer.verificationResult == "N", !toleratesWrongCVV {
            answer.responseCode = "82"
        } else if let declined = known?.declinedCents, declined == cents {
            answer.responseCode = "05"
        } else {
            answer.approvalCode = "VTLMC\(sequence % 10)"
        }
        return answer
    }
}

/// What the issuer says to a charge.
package struct IssuerAnswer: Equatable, Sendable, Codable {
    /// The response code, for example "00".
    package internal(set) var responseCode = "00"
    /// Six characters, empty when declined.
    package internal(set) var approvalCode = ""
    /// The comparison of the address: "0" not asked, "Y" all, "A" the street, "Z" the ZIP, "N"
    /// nothing agrees.
    package internal(set) var avsResult = "0"
    /// The comparison of the CVV: "M" match, "N" no match, empty when none came.
    package internal(set) var verificationResult = ""

    /// An approval without a code.
    internal init() {}

    /// A risk rule denies what the issuer approved: violation, cannot complete.
    ///
    /// Source: PayHub API, "Response codes"; that it is this code is our reading.
    internal mutating func deny() {
        responseCode = "93"
        approvalCode = ""
    }

    /// A decline with this code.
    internal init(declining code: String) { responseCode = code }

    /// The code's text in the gateway's table; an approval has none.
    package var responseText: String {
        guard !isApproval, let code = ResponseCode(responseCode) else { return "" }
        return ResponseCodeTable.row(for: code)?.text ?? ""
    }

    /// True when money moves.
    package var isApproval: Bool { ResponseCode(responseCode)?.isApproval ?? false }
}
