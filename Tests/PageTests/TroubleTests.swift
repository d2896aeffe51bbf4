import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// What a cashier sees when something around the till breaks, and how it mends.
    @Suite struct TroubleTests {
        @Test func `a doubt says not to swipe again and resolves before the cashier's eyes`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("300", with: "clear-mastercard.hid")
                try await cashier.sees("approved")
                try cashier.till.break(
                    #"[{"name":"dropAfterCommit","operation":"sale","times":1},"#
                        + #"{"name":"reportError"}]"#)
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("inDoubt", as: "in-doubt")
                #expect(try await cashier.word() == "DO NOT SWIPE AGAIN")
                let isShut =
                    try await cashier.browser.run(
                        "return document.getElementById('charge').disabled") as? Bool
                #expect(isShut == true)
                try cashier.till.mend()
                try await cashier.sees("approved", as: "doubt-resolved")
                #expect(try cashier.till.charges() == [300, 1275])
            }
        }

        @Test func `a refund in doubt is not told as a charge`() async throws {
            try await Cashier.works(["service": ["refunds": ["unlinked": true]]]) { cashier in
                try cashier.till.setSupervisorCode()
                try cashier.till.refundsToCard(300)
                try cashier.till.swipe("clear-mastercard.hid")
                try await cashier.sees("approved")
                try cashier.till.break(
                    #"[{"name":"dropAfterCommit","operation":"refund","times":1},"#
                        + #"{"name":"reportError"}]"#)
                try cashier.till.refundsToCard(500)
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("inDoubt", as: "refund-in-doubt")
                try await cashier.reads("may have got the money back", in: "#stage-text")
                try cashier.till.mend()
                try await cashier.sees("approved")
                #expect(try cashier.till.charges() == [-300, -500])
            }
        }

        @Test func `another customer is served while a doubt is put aside`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("300", with: "clear-mastercard.hid")
                try await cashier.sees("approved")
                try cashier.till.break(
                    #"[{"name":"dropAfterCommit","operation":"sale","times":1},"#
                        + #"{"name":"reportError"}]"#)
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("inDoubt")
                try await cashier.browser.click("#do-other")
                try await cashier.sees("ready")
                try await cashier.browser.wait(for: "[data-doubt=inDoubt]")
                try await cashier.look("doubt-aside")
                // The same amount once more is asked about first.
                try await cashier.charges("1275")
                try await cashier.browser.wait(for: "#same[open]")
                try await cashier.look("same-purchase")
                try await cashier.browser.click("#same-no")
                try await cashier.browser.press([.escape])
                try await cashier.charges("450", with: "clear-mastercard.hid")
                try await cashier.sees("approved")
                try cashier.till.mend()
                try await cashier.browser.wait(for: "[data-doubt=approved]")
                try await cashier.look("doubt-aside-resolved")
                #expect(try cashier.till.charges() == [300, 1275, 450])
            }
        }

        @Test func `a gateway that is gone is told, and the payment goes through when it is back`()
            async throws
        {
            try await Cashier.works { cashier in
                try cashier.till.break(#"[{"name":"resetOnAccept"}]"#)
                try await cashier.charges("1275")
                try await cashier.sees("notSent", as: "gateway-lost")
                try await cashier.browser.wait(for: "#chip-gateway[data-tone=bad]")
                try cashier.till.mend()
                try await cashier.browser.click("#do-again")
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                try await cashier.browser.wait(for: "#chip-gateway[data-tone=good]")
                #expect(try cashier.till.charges() == [1275])
            }
        }

        @Test func `a reader that is unplugged is asked for and used once it is back`() async throws
        {
            try await Cashier.works { cashier in
                try await cashier.browser.wait(for: "#chip-reader[data-tone=good]")
                try await cashier.charges("1275")
                try await cashier.sees("waitingForCard")
                try cashier.till.plug(false)
                try await cashier.sees("noReader", as: "reader-unplugged")
                try await cashier.browser.wait(for: "#chip-reader[data-tone=bad]")
                try cashier.till.plug(true)
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
            }
        }

        @Test func `a lane that stops says so and takes no payment`() async throws {
            try await Cashier.works { cashier in
                try cashier.till.break(
                    #"[{"name":"resourceError","times":1},{"name":"resourceAmountTimes100"}]"#)
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.browser.wait(for: "#alarms .banner")
                try await cashier.look("lane-stops")
                let alarm = try await cashier.browser.text("#alarms")
                #expect(alarm.contains("The gateway shows another amount") && alarm.contains("$12"))
                try await cashier.browser.click("#stage-actions button:first-child")
                try await cashier.sees("stopped", as: "lane-stopped")
                let isShut =
                    try await cashier.browser.run(
                        "return document.getElementById('charge').disabled") as? Bool
                #expect(isShut == true)
                try await Self.isToldInSpanish(cashier)
            }
        }

        /// An alarm that stands changes its language with the page, and is put aside once.
        private static func isToldInSpanish(_ cashier: Cashier) async throws {
            let browser = cashier.browser
            try await browser.click("[data-language=es]")
            try await browser.wait(for: "html[lang=es]")
            try await cashier.reads("La pasarela muestra otro importe", in: "#alarms")
            try await cashier.reads("Llame a soporte antes del próximo pago", in: "#stage-more")
            #expect(try await cashier.word() == "CAJA DETENIDA")
            try await cashier.look("spanish-lane-stopped")
            try await browser.click("#alarms .banner button")
            try await browser.wait(for: "#alarms:empty")
            try await browser.reload()
            try await cashier.sees("stopped")
            try await browser.wait(for: "#alarms:empty")
        }

        @Test
        func `a lost connection is told, and what happened meanwhile is shown when it is back`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("1275")
                try await cashier.sees("waitingForCard")
                try await cashier.browser.cutOff(true)
                try await cashier.sees("lost", as: "connection-lost")
                // On another screen it is told above it.
                try await cashier.browser.click("#tab-settings")
                try await cashier.browser.wait(for: "#banner-connection:not([hidden])")
                try await cashier.browser.click("#tab-till")
                try await cashier.browser.wait(for: "#banner-connection[hidden]")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.browser.cutOff(false)
                try await cashier.sees("approved")
                try await cashier.browser.wait(for: "body[data-connection=up]")
                #expect(try cashier.till.charges() == [1275])
            }
        }

        @Test func `a lost answer is asked for under the same key and makes no second payment`()
            async throws
        {
            try await Cashier.works { cashier in
                cashier.till.freeze()
                try await cashier.charges("1275")
                try await cashier.browser.cutOff(true)
                try await cashier.sees("resend", as: "asking-again")
                cashier.till.thaw()
                try await cashier.browser.cutOff(false)
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                #expect(try cashier.till.charges() == [1275])
                #expect(try cashier.till.payments() == 1)
            }
        }

        @Test func `who stops asking is told that the payment may be there, until it is put aside`()
            async throws
        {
            try await Cashier.works { cashier in
                let browser = cashier.browser
                cashier.till.freeze()
                try await cashier.charges("1275")
                try await browser.cutOff(true)
                try await cashier.sees("resend")
                try await browser.click("#do-stopAsking")
                let words = "It may be on the till all the same: look in Today"
                try await cashier.reads(words, in: "#alarms")
                #expect(try await browser.text("#alarms").contains("No answer came for $12.75."))
                try await cashier.look("stopped-asking")
                cashier.till.thaw()
                try await browser.cutOff(false)
                try await browser.wait(for: "body[data-connection=up]")
                try await browser.reload()
                try await cashier.reads(words, in: "#alarms")
                try await browser.click("[data-language=es]")
                try await cashier.reads("Puede estar en la caja de todos modos", in: "#alarms")
                try await cashier.look("spanish-stopped-asking")
                // The same amount once more is asked about first.
                try await browser.wait(for: "body[data-connection=up]")
                try await cashier.charges("1275")
                try await browser.wait(for: "#same[open]")
                try await browser.click("#same-no")
                try await browser.click("#alarms .banner button")
                try await browser.wait(for: "#alarms:empty")
                try await browser.reload()
                try await browser.wait(for: "body[data-connection=up]")
                try await browser.wait(for: "#alarms:empty")
                #expect(try cashier.till.payments() <= 1)
            }
        }

        @Test func `who stops asking twice is told of both, one after the other`() async throws {
            try await Cashier.works { cashier in
                let browser = cashier.browser
                for digits in ["1275", "500"] {
                    cashier.till.freeze()
                    try await cashier.charges(digits)
                    try await browser.cutOff(true)
                    try await cashier.sees("resend")
                    try await browser.click("#do-stopAsking")
                    cashier.till.thaw()
                    try await browser.cutOff(false)
                    try await browser.wait(for: "body[data-connection=up]")
                    try await browser.reload()
                    try await browser.wait(for: "body[data-connection=up]")
                }
                try await cashier.reads("No answer came for $5.00.", in: "#alarms")
                #expect(try await browser.text("#alarms").contains("1 more"))
                try await browser.click("#alarms .banner button")
                try await cashier.reads("No answer came for $12.75.", in: "#alarms")
                try await browser.click("#alarms .banner button")
                try await browser.wait(for: "#alarms:empty")
            }
        }

        @Test func `a daemon that starts again asks for a new pairing and shows the day`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try cashier.till.restart()
                try await cashier.pair()
                try await cashier.sees("approved")
                try await cashier.opensLatest("approved")
            }
        }
    }
}
