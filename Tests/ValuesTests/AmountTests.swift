import Testing
import Values

/// Money in and out as text and cents.
@Suite struct AmountTests {
    @Test(arguments: [
        ("0.01", 1), ("0.10", 10), ("1.00", 100), ("12.75", 1275), ("007.05", 705),
        ("9999999.99", 999_999_999), ("0000000000000.01", 1),
    ])
    func `reads dollars and cents`(text: String, cents: Int) throws {
        #expect(try Amount(parsing: text).cents == cents)
    }

    @Test(arguments: [
        ("", AmountError.notDollarsAndCents), ("1275", .notDollarsAndCents),
        ("12.7", .notDollarsAndCents), ("12.750", .notDollarsAndCents),
        ("12,75", .notDollarsAndCents), (".75", .notDollarsAndCents),
        ("-1.00", .notDollarsAndCents), ("+1.00", .notDollarsAndCents),
        (" 1.00", .notDollarsAndCents), ("1.00 ", .notDollarsAndCents),
        ("1.2.00", .notDollarsAndCents), ("1e3.00", .notDollarsAndCents),
        ("$1.00", .notDollarsAndCents), ("١.٠٠", .notDollarsAndCents),
        ("1.0a", .notDollarsAndCents), ("0.00", .notPositive), ("10000000.00", .tooLarge),
        ("99999999999999999999999999.99", .tooLarge),
    ])
    func `refuses a text that could be read in two ways or in none`(
        text: String, error: AmountError
    ) {
        #expect(throws: error) { try Amount(parsing: text) }
    }

    @Test(arguments: [
        (0, AmountError.notPositive), (-1, .notPositive), (Int.min, .notPositive),
        (1_000_000_000, .tooLarge), (Int.max, .tooLarge),
    ])
    func `refuses cents outside its limits`(cents: Int, error: AmountError) {
        #expect(throws: error) { try Amount(cents: cents) }
    }

    @Test(arguments: [
        (1, "0.01"), (10, "0.10"), (100, "1.00"), (1275, "12.75"), (100_000, "1000.00"),
        (999_999_999, "9999999.99"),
    ])
    func `is written with two decimals and read back the same`(cents: Int, text: String) throws {
        let amount = try Amount(cents: cents)
        #expect(amount.description == text)
        #expect(try Amount(parsing: text) == amount)
        #expect(amount.currency == "USD")
    }

    @Test func `orders by cents`() throws {
        #expect(try Amount(cents: 999) < Amount(cents: 1000))
        #expect(try !(Amount(cents: 1000) < Amount(cents: 1000)))
    }

    @Test(arguments: [
        (AmountError.notDollarsAndCents, "12.75"), (.notPositive, "0.01"),
        (.tooLarge, "9999999.99"),
    ])
    func `every fault shows what would be right`(error: AmountError, example: String) {
        #expect(error.description.contains(example))
    }
}
