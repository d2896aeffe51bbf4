import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// What a cashier sees of a payment, from the amount to its end.
    @Suite struct OutcomeTests {
        @Test func `a sale is typed, swiped and approved, and its receipt is shown`() async throws {
            try await Cashier.works { cashier in
                try await cashier.look("ready")
                try await cashier.charges("1275")
                try await cashier.sees("waitingForCard", as: "swipe-now")
                #expect(try await cashier.word() == "SWIPE NOW")
                #expect(try await cashier.browser.text("#stage-facts").contains("$12.75"))
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved", as: "approved")
                #expect(try await cashier.word() == "APPROVED")
                #expect(try await cashier.browser.text("#stage-facts").contains("8888"))
                try await cashier.browser.click("#do-receipt")
                try await cashier.browser.wait(for: "body[data-receipt=original]")
                try await cashier.look("receipt")
                let receipt = try await cashier.browser.text("#receipt-text")
                #expect(receipt.contains("Corner Shop") && receipt.contains("12.75"))
                try await cashier.browser.click("#receipt-close")
                try await cashier.browser.click("#do-next")
                try await cashier.sees("ready")
                try await cashier.browser.wait(for: "#latency .chart")
                try await cashier.look("ready-with-times")
                try await Self.readsTimes(cashier)
            }
        }

        /// The chart's words are its name, and its table says the same to who cannot see it.
        private static func readsTimes(_ cashier: Cashier) async throws {
            let name = try await cashier.browser.run(
                "return document.querySelector('#latency .chart').getAttribute('aria-label')")
            let text = try #require(name as? String)
            #expect(text.contains("p50") && text.contains("p99"))
            #expect(try await cashier.browser.text("#latency").contains(text))
            try await cashier.browser.click("#latency summary")
            try await cashier.browser.wait(for: "#latency details[open] td")
            #expect(try await cashier.browser.text("#latency table").contains("ms"))
            try await cashier.look("times-as-a-table")
        }

        @Test func `a declined card is told with what to do, and another card may pay`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("1", with: "clear-visa-decline.hid")
                try await cashier.sees("declined", as: "declined")
                #expect(try await cashier.word() == "DECLINED")
                let card = try await cashier.browser.text("#stage-facts")
                try await cashier.browser.click("#do-again")
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-mastercard.hid")
                try await cashier.sees("approved")
                #expect(try await cashier.browser.text("#stage-facts") != card)
            }
        }

        @Test func `bad reads are coached and counted until the card is read`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("500", with: "bad-both.hid")
                try await cashier.sees("badRead", as: "bad-read")
                #expect(try await cashier.browser.text("#stage-count") == "Try 2")
                #expect(try await cashier.word() == "SWIPE AGAIN")
                try cashier.till.swipe("licence.hid")
                try await cashier.browser.wait(for: "body[data-bad-read=other]")
                try await cashier.look("not-a-payment-card")
                #expect(try await cashier.browser.text("#stage-count") == "Try 3")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
            }
        }

        @Test func `a chip card is approved with advice, or asked for its chip`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("700", with: "chip-card.hid")
                try await cashier.sees("approved", as: "approved-chip")
                let advice = try await cashier.browser.text("#stage-text")
                #expect(advice == "This card has a chip: use it if you can.")
                try await cashier.browser.click("[data-language=es]")
                try await cashier.reads("Esta tarjeta tiene chip", in: "#stage-text")
            }
            try await Cashier.works(["policy": ["chipCard": "refuse"]]) { cashier in
                try await cashier.charges("700", with: "chip-card.hid")
                try await cashier.browser.wait(for: "body[data-bad-read=chip]")
                try await cashier.look("use-the-chip")
                #expect(try await cashier.word() == "USE THE CHIP")
                try await cashier.browser.click("#do-cancel")
                try await cashier.sees("cancelled")
            }
        }

        @Test func `a payment is cancelled before the card and nothing is charged`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("999")
                try await cashier.sees("waitingForCard")
                try await cashier.browser.click("#do-cancel")
                try await cashier.sees("cancelled", as: "cancelled")
                #expect(try await cashier.word() == "CANCELLED")
                #expect(try cashier.till.charges().isEmpty)
                try await cashier.browser.click("#do-next")
                try await cashier.sees("ready")
            }
        }

        @Test func `the same card for the same amount is asked about`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try await cashier.browser.click("#do-next")
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("duplicate", as: "same-card-again")
                try await cashier.browser.click("#do-cancelDuplicate")
                try await cashier.sees("cancelled")
                #expect(try cashier.till.charges().count == 1)
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("duplicate")
                try await cashier.browser.click("#do-allowDuplicate")
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                #expect(try cashier.till.charges().count == 2)
            }
        }

        @Test func `a recorded card is swiped on the page's practice reader`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("1275")
                try await cashier.sees("waitingForCard")
                try await cashier.browser.click("#practice-file option[value='clear-visa.hid']")
                try await cashier.browser.click("#practice button")
                try await cashier.sees("approved", as: "practice")
                #expect(try cashier.till.charges() == [1275])
            }
        }

        @Test func `a card is checked without an amount`() async throws {
            try await Cashier.works { cashier in
                try await cashier.browser.click(".operations label:nth-of-type(3)")
                try await cashier.reads("Nothing is charged", in: "#stage-text")
                try await cashier.look("ready-to-check")
                try await cashier.browser.click("#charge")
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved", as: "card-checked")
                #expect(try cashier.till.charges().isEmpty)
            }
        }

        @Test func `the next payment waits in line and can be cancelled there`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("100")
                try await cashier.sees("waitingForCard")
                try await cashier.charges("200")
                try await cashier.browser.wait(for: "#cancel-queued")
                try await cashier.look("next-in-line")
                #expect(try await cashier.browser.text("#queue").contains("$2.00"))
                try await cashier.browser.click("#cancel-queued")
                try await cashier.browser.wait(for: "#queue[hidden]")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                #expect(try cashier.till.charges() == [100])
            }
        }
    }
}
