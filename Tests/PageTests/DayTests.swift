import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// The payments of the day: found, voided, refunded, captured, printed.
    @Suite struct DayTests {
        /// Fills in what a void, refund or capture asks for, and sends it.
        private static func sends(
            _ cashier: Cashier, _ kind: String, amount: String? = nil, code: String? = nil
        ) async throws {
            try await cashier.browser.click("#open-\(kind)")
            if let amount { try await cashier.browser.fill("#follow-amount", amount) }
            if let code { try await cashier.browser.fill("#follow-code", code) }
            try await cashier.browser.click("#follow-go")
        }

        @Test func `a payment is voided with the supervisor's code and only with it`() async throws
        {
            try await Cashier.works { cashier in
                try cashier.till.setSupervisorCode()
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try await cashier.opensLatest("approved")
                try await cashier.look("details")
                try await Self.sends(cashier, "void", code: "0000")
                try await cashier.browser.wait(for: "#follow-fault:not(:empty)")
                try await cashier.look("void-wrong-code")
                #expect(try cashier.till.charges() == [1275])
                try await cashier.browser.fill("#follow-code", Till.supervisorCode)
                try await cashier.browser.click("#follow-go")
                try await cashier.browser.wait(for: "#follow-result[data-result=approved]")
                try await cashier.look("voided")
                #expect(try await cashier.browser.text("#follow-result").contains("VOIDED"))
                #expect(try cashier.till.charges().isEmpty)
            }
        }

        @Test func `a refund to a card is voided with the supervisor's code, in its own words`()
            async throws
        {
            try await Cashier.works(["service": ["refunds": ["unlinked": true]]]) { cashier in
                try cashier.till.setSupervisorCode()
                try cashier.till.refundsToCard(500)
                try await cashier.sees("waitingForCard")
                try await cashier.reads("$5.00 · Refund", in: "#stage-facts")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                #expect(try cashier.till.charges() == [-500])
                try await cashier.opensLatest("approved")
                try await cashier.browser.click("#open-void")
                try await cashier.reads("Void this refund of $5.00?", in: ".follow")
                try await cashier.look("void-refund")
                try await cashier.browser.fill("#follow-code", Till.supervisorCode)
                try await cashier.browser.click("#follow-go")
                try await cashier.browser.wait(for: "#follow-result[data-result=approved]")
                #expect(try cashier.till.charges().isEmpty)
                try await cashier.browser.click("#follow-close")
                try await cashier.browser.click("#details-close")
                try await cashier.browser.click("#tab-till")
                try await cashier.sees("reversed", as: "refund-taken-back")
                try await cashier.reads("The customer does not get the money", in: "#stage-text")
            }
        }

        @Test func `a part is refunded, and not more than was paid`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try cashier.till.setSupervisorCode()
                try cashier.till.settle()
                try await cashier.opensLatest("approved")
                try await Self.sends(cashier, "refund", amount: "12.76", code: Till.supervisorCode)
                try await cashier.browser.wait(for: "#follow-fault:not(:empty)")
                try await cashier.look("refund-too-much")
                try await cashier.browser.fill("#follow-amount", "5.00")
                try await cashier.browser.click("#follow-go")
                try await cashier.browser.wait(for: "#follow-result[data-result=approved]")
                try await cashier.look("refunded")
                #expect(try cashier.till.charges() == [775])
                try await cashier.browser.click("#follow-close")
                #expect(try await cashier.browser.text(".fact-list").contains("$5.00"))
                try await cashier.browser.click("#details-close")
                try await cashier.browser.wait(for: "body[data-rows='2']")
                try await cashier.reads("−$5.00", in: "#list > :first-child")
                try await cashier.look("today")
            }
        }

        @Test func `a reserved amount is captured`() async throws {
            try await Cashier.works { cashier in
                try await cashier.browser.click(".operations label:nth-of-type(2)")
                try await cashier.charges("2000", with: "clear-visa.hid")
                try await cashier.sees("approved", as: "reserved")
                try await cashier.opensLatest("approved")
                try await Self.sends(cashier, "capture")
                try await cashier.browser.wait(for: "#follow-result[data-result=approved]")
                try await cashier.look("captured")
                #expect(try cashier.till.charges() == [2000])
            }
        }

        @Test func `a receipt is printed alone, marked as copy, and comes as a file`() async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try await cashier.opensLatest("approved")
                try await cashier.browser.click("#open-receipt")
                try await cashier.browser.wait(for: "body[data-receipt=copy]")
                let copy = try await cashier.browser.text("#receipt-text")
                try await cashier.browser.click("#receipt-copy")
                try await cashier.browser.wait(for: "body[data-receipt=original]")
                let original = try await cashier.browser.text("#receipt-text")
                #expect(copy.contains("COPY") && !original.contains("COPY"))
                #expect(original.contains("**** 8888"))
                try await cashier.browser.showAsPaper(true)
                let seen = try await cashier.browser.run(Self.seenOnPaper) as? [String]
                #expect(seen == ["printout"])
                try await cashier.keepPicture("on-paper")
                // Paper of 80 mm has 72 mm of print: 272 CSS pixels. Its lines stay as they were
                // laid out on the screen.
                _ = try await cashier.browser.run("document.getElementById('receipt').close()")
                let columns =
                    "return document.getElementById('printout').textContent.split('\\n')"
                    + ".reduce((most, line) => Math.max(most, line.length), 0)"
                #expect(try await cashier.browser.run(columns) as? Int == 42)
                try await cashier.browser.resize(272, 600)
                #expect(try await cashier.browser.isTooWide() == false)
                try await cashier.keepPicture("on-narrow-paper")
                try await cashier.browser.resize(1024, 600)
                try await cashier.browser.showAsPaper(false)
                let file = try await cashier.browser.runToEnd(Self.receiptFile) as? [Any] ?? []
                #expect(file.first as? Int == 200)
                // ESC @ starts a receipt printer anew.
                #expect((file.last as? [Int])?.prefix(2) == [0x1B, 0x40])
            }
        }

        private static let seenOnPaper = """
            return [...document.body.children].filter((element) =>
                getComputedStyle(element).display !== "none" && element.tagName !== "SCRIPT")
                .map((element) => element.id);
            """

        private static let receiptFile = """
            const done = arguments[arguments.length - 1];
            fetch(document.getElementById("receipt-file").href).then(async (answer) =>
                done([answer.status, [...new Uint8Array(await answer.arrayBuffer())]]));
            """
    }
}
