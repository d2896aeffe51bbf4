internal import ArgumentParser
internal import Foundation
internal import PayHub
internal import Secrets
internal import Values

/// A card that is not swiped: keyed at the terminal, or by the gateway's token of it. Neither ever
/// stands in arguments, the environment or a pipe.
internal struct CardOptions: ParsableArguments {
    @Flag(help: "Asks at the terminal for the card's number, expiry and security code.")
    var keyed = false
    @Flag(help: "Asks at the terminal for the gateway's token of the card.")
    var cardToken = false
    @Option(
        help: "A file of mode 0600 with the gateway's token of the card.", completion: .file())
    var cardTokenFile: String?
    @Option(help: "Street and number, for the issuer to compare.")
    var street: String?
    @Option(help: "The city.")
    var city: String?
    @Option(help: "The state's two capitals.")
    var state: String?
    @Option(help: "Five digits, or five, a hyphen and four.")
    var zip: String?

    /// True when a card is named.
    var isGiven: Bool { keyed || cardToken || cardTokenFile != nil }

    func validate() throws {
        guard [keyed, cardToken, cardTokenFile != nil].filter(\.self).count <= 1 else {
            throw ValidationError(
                "--keyed, --card-token and --card-token-file are three ways of one card; give one")
        }
    }

    /// Refuses an address that goes with no card.
    /// - Throws: ``Failure`` with exit code 2.
    func checkAddress() throws {
        guard isGiven || billing == nil else {
            throw Failure("an address goes with a card; say which", .usage)
        }
    }

    /// The card, asked for where it must be.
    /// - Throws: ``Failure`` with exit code 2, `SecretError`
    func card(on today: CivilDate) throws -> CardInHand {
        let arena = try SecretArena(blocks: 3)
        do {
            if keyed { return try Self.key(arena, on: today, billing) }
            return try CardInHand(token: try token(arena), billing: billing)
        } catch let breach as RuleBreach { throw Failure(breach.description, .usage) }
    }

    /// The address, if any of it is given.
    var billing: BillingAddress? {
        guard street != nil || city != nil || state != nil || zip != nil else { return nil }
        var address = BillingAddress()
        address.line1 = street
        address.city = city
        address.state = state
        address.zip = zip
        return address
    }

    private func token(_ arena: SecretArena) throws -> SecretBytes {
        guard let cardTokenFile else {
            return try Self.ask(arena, .word, "Token of the card", maximum: 64)
        }
        var token = try arena.take(capacity: 64)
        do throws(SecretFileError) {
            try SecretFile.read(cardTokenFile, into: &token, maximum: 64)
        } catch { throw Failure("\(cardTokenFile): \(error)", .usage) }
        return token
    }

    private static func key(
        _ arena: SecretArena, on today: CivilDate, _ billing: BillingAddress?
    ) throws -> CardInHand {
        let number = try ask(arena, .digits, "Card number", maximum: 19)
        var expiry = try ask(arena, .digits, "Expiry, MMYY", maximum: 4)
        guard expiry.count == 4 else {
            throw Failure("the expiry is the four digits MMYY; nothing was sent", .usage)
        }
        // The card says month and year, the gateway year and month.
        expiry.edit { digits in
            for index in 0..<2 {
                (digits[index], digits[index + 2]) = (digits[index + 2], digits[index])
            }
        }
        let code = try askOrNothing(arena, "Security code (empty when there is none)")
        return try CardInHand(
            keyed: KeyedCard(number: number, expiry: expiry, cvv: code), on: today,
            billing: billing)
    }

    private static func ask(
        _ arena: SecretArena, _ form: SecretPrompt.Form, _ what: String, maximum: Int
    ) throws -> SecretBytes {
        var bytes = try arena.take(capacity: maximum)
        do throws(SecretPromptError) {
            try prompt(form, what, into: &bytes, maximum: maximum)
        } catch { throw Failure("\(what): \(error)", .usage) }
        return bytes
    }

    private static func askOrNothing(_ arena: SecretArena, _ what: String) throws -> SecretBytes? {
        var bytes = try arena.take(capacity: 4)
        do throws(SecretPromptError) {
            try prompt(.digits, what, into: &bytes, maximum: 4)
        } catch .empty { return nil } catch { throw Failure("\(what): \(error)", .usage) }
        return bytes
    }

    private static func prompt(
        _ form: SecretPrompt.Form, _ what: String, into bytes: inout SecretBytes, maximum: Int
    ) throws(SecretPromptError) {
        try SecretPrompt.read(form, into: &bytes, maximum: maximum) {
            _ = OutputStream.standardError.write("\(what): ")
        }
        Terminal.tell("")
    }
}

extension CivilDate {
    /// Today at this machine.
    internal static var today: CivilDate {
        let parts = Calendar(identifier: .gregorian).dateComponents(
            [.year, .month, .day], from: Date())
        return CivilDate(
            year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
