import OwnThreads
import ShopYear
import Testing

/// A small share of `make year`.
@Suite(.blocks) struct YearTests {
    @Test func `three weeks of a small shop agree to the cent in three books`() async throws {
        var plan = YearPlan()
        plan.days = 21
        plan.payments = 84
        plan.bills = 12
        let year = try ShopYear(plan)
        try await year.live()
        let account = try await year.account()
        #expect(account.mismatches == [])
        #expect(account.payments["approved"] ?? 0 > 50)
        #expect(account.recurringSales > 0)
        #expect(account.batches >= 20)
        #expect(account.reportCents == account.batchCents)
    }

    @Test func `an amount that one book has otherwise is found`() async throws {
        var plan = YearPlan()
        plan.days = 2
        plan.payments = 6
        plan.bills = 0
        let year = try ShopYear(plan)
        try await year.live()
        try year.chargePastTheLane()
        let account = try await year.account()
        #expect(account.mismatches.contains { $0.contains("journal and report") })
        #expect(account.mismatches.contains { $0.contains("all of the year") })
    }
}
