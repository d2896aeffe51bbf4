internal import Values

// How what is not plain stands in the ledger's store.

extension CardIdentity: Codable {
    private enum CodingKeys: String, CodingKey {
        case prefix, length, lastFour, brand
    }

    /// Reads the masked number.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let digits = Array(try values.decode(String.self, forKey: .lastFour).utf8)
        let length = try values.decode(Int.self, forKey: .length)
        let masked =
            digits.count == 4
            ? MaskedPAN(length: length, lastFour: (digits[0], digits[1], digits[2], digits[3]))
            : MaskedPAN.hidden
        let brand = try values.decodeIfPresent(String.self, forKey: .brand)
        self.init(
            prefix: try values.decode(String.self, forKey: .prefix), maskedPAN: masked,
            brand: brand.flatMap(CardBrand.init(rawValue:)))
    }

    /// Writes the masked number.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(prefix, forKey: .prefix)
        try values.encode(maskedPAN.length, forKey: .length)
        try values.encode(maskedPAN.lastFour ?? "", forKey: .lastFour)
        try values.encodeIfPresent(brand?.rawValue, forKey: .brand)
    }
}

extension JSONValue: Codable {
    /// Reads the value from its text.
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        self = try JSONValue(parsing: Array(text.utf8))
    }

    /// Writes the value as its text, so that a number stays as it was.
    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
