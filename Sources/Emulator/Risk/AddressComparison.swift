/// How the address of a request compares with the cardholder's: the issuer knows every address,
/// but a street with the house number 0 and the ZIP 00000 are nobody's.
///
/// Source: PayHub API, "Test data": any valid address and ZIP match. The document has no table of
/// results; the letters are those that card brands use.
internal struct AddressComparison: Equatable, Sendable {
    /// True when the street matches, `nil` when none was sent.
    let street: Bool?
    /// True when the ZIP matches, `nil` when none was sent.
    let zip: Bool?

    /// Compares the address of a card; without a card nothing is compared.
    init(_ address: BillingAddress?) {
        street = address?.line1.map { !($0 == "0" || $0.hasPrefix("0 ")) }
        zip = address?.zip.map { !$0.hasPrefix("00000") }
    }

    /// 0 not asked, Y both match, A the street, Z the ZIP, N none.
    var result: String {
        switch (street ?? false, zip ?? false) {
        case (true, true): "Y"
        case (true, false): "A"
        case (false, true): "Z"
        case (false, false): street == nil && zip == nil ? "0" : "N"
        }
    }

    /// Street and ZIP were sent, and neither matches.
    var isWrongWhole: Bool { street == false && zip == false }
    /// The street alone does not match.
    var isWrongStreet: Bool { street == false && zip != false }
    /// The ZIP alone does not match.
    var isWrongZIP: Bool { zip == false && street != false }
}
