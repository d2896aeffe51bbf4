import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// A cashier in a hurry: keys held down, double clicks, reloads, the next customer in line.
    @Suite struct HurryTests {
        @Test func `the next in line does not hide how the payment before it ended`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("1")
                try await cashier.sees("waitingForCard")
                try await cashier.charges("200")
                try await cashier.browser.wait(for: "#cancel-queued")
                try cashier.till.swipe("clear-visa-decline.hid")
                try await cashier.browser.wait(for: "[data-doubt=declined]")
                try await cashier.reads("DECLINED", in: "#doubts")
                try await cashier.reads("$2.00", in: "#stage-facts")
                try await cashier.sees("waitingForCard", as: "declined-beside")
                try await cashier.browser.click("#doubts button")
                try await cashier.browser.click("#details-close")
                try await cashier.browser.wait(for: "#doubts[hidden]")
            }
        }

        @Test func `a doubt that the next in line took the place of is told when it ends`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("300", with: "clear-mastercard.hid")
                try await cashier.sees("approved")
                try await cashier.charges("400")
                try await cashier.sees("waitingForCard")
                try await cashier.charges("500")
                try await cashier.browser.wait(for: "#cancel-queued")
                try cashier.till.break(
                    #"[{"name":"dropAfterCommit","operation":"sale","times":1},"#
                        + #"{"name":"reportError"}]"#)
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.browser.wait(for: "[data-doubt=inDoubt]")
                try cashier.till.mend()
                try await cashier.browser.wait(for: "[data-doubt=approved]")
                // Loaded anew, the page still tells it.
                try await cashier.browser.reload()
                try await cashier.reads("$4.00", in: "[data-doubt=approved]")
                try await cashier.reads("$5.00", in: "#stage-facts")
            }
        }

        @Test func `a page that is loaded anew shows how its payment ended`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("1")
                try await cashier.sees("waitingForCard")
                try await cashier.browser.open("about:blank")
                try cashier.till.swipe("clear-visa-decline.hid")
                try cashier.till.waits(for: "declined")
                try await cashier.browser.open(cashier.till.address)
                try await cashier.sees("declined")
                // What was put aside stays aside.
                try await cashier.browser.click("#do-next")
                try await cashier.sees("ready")
                try await cashier.browser.reload()
                try await cashier.browser.wait(for: "body[data-connection=up]")
                try await cashier.sees("ready")
            }
        }

        @Test func `Enter that is held down makes one payment`() async throws {
            try await Cashier.works { cashier in
                try cashier.till.break(#"[{"name":"resetOnAccept"}]"#)
                // Also when a button of the bar was pressed just before.
                try await cashier.browser.click("[data-language=en]")
                try await cashier.browser.type("7")
                try await cashier.browser.press([.enter])
                try await cashier.sees("notSent")
                try await cashier.browser.holdEnter(times: 5)
                try await cashier.sees("notSent")
                try await cashier.browser.click("#do-next")
                try await cashier.charges("8")
                try await cashier.reads("$0.08", in: "#stage-facts")
                try await cashier.sees("notSent")
                #expect(try cashier.till.payments() == 2)
            }
        }

        @Test func `the second half of a double click does nothing that was not there before`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("100")
                try await cashier.sees("waitingForCard")
                try await cashier.browser.doubleClick("#do-cancel") {
                    try await cashier.sees("cancelled")
                }
                try await cashier.browser.click("#do-again")
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                #expect(try cashier.till.payments() == 2)
            }
        }

        @Test func `a receipt that has not come yet leaves no other one in its place`() async throws
        {
            try await Cashier.works { cashier in
                let browser = cashier.browser
                try await cashier.charges("300", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try await browser.click("#do-receipt")
                try await cashier.reads("3.00", in: "#receipt-text")
                try await browser.click("#receipt-close")
                try await cashier.charges("400", with: "clear-mastercard.hid")
                try await cashier.sees("approved")
                cashier.till.freeze()
                try await browser.click("#do-receipt")
                try await browser.wait(for: "#receipt-text:empty")
                try await browser.wait(for: "#receipt-print:disabled")
                let paper = "return document.getElementById('printout').textContent"
                #expect(try await browser.run(paper) as? String == "")
                cashier.till.thaw()
                try await cashier.reads("4.00", in: "#receipt-text")
                try await browser.wait(for: "#receipt-print:enabled")
            }
        }

        @Test func `a refund whose answer is lost is not made twice after a reload`() async throws {
            try await Cashier.works { cashier in
                try cashier.till.setSupervisorCode()
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try cashier.till.settle()
                try await cashier.opensLatest("approved")
                try await cashier.browser.run(Self.loseRefundAnswers)
                try await Self.refunds(cashier)
                try await cashier.reads("never done twice", in: "#follow-fault")
                try await cashier.browser.reload()
                try await cashier.browser.click("#list > :last-child .row")
                try await cashier.browser.click("#open-refund")
                // The amount stands as it was asked for, also when a code is mistyped in between.
                try await cashier.browser.wait(for: "#follow-amount[readonly][value='5.00']")
                try await cashier.browser.fill("#follow-code", "000000")
                try await cashier.browser.click("#follow-go")
                try await cashier.reads("wrong", in: "#follow-fault")
                try await cashier.browser.fill("#follow-code", Till.supervisorCode)
                try await cashier.browser.click("#follow-go")
                try await cashier.browser.wait(for: "#follow-result[data-result=approved]")
                #expect(try cashier.till.charges() == [775])
                #expect(try cashier.till.payments() == 2)
            }
        }

        private static func refunds(_ cashier: Cashier) async throws {
            try await cashier.browser.click("#open-refund")
            try await cashier.browser.fill("#follow-amount", "5.00")
            // Without a code it is said what is missing.
            try await cashier.browser.click("#follow-go")
            try await cashier.reads("needs the supervisor's code", in: "#follow-fault")
            try await cashier.browser.fill("#follow-code", Till.supervisorCode)
            try await cashier.browser.click("#follow-go")
        }

        private static let loseRefundAnswers = """
            const heard = window.fetch;
            window.fetch = async (path, options) => {
                const answer = await heard(path, options);
                if (String(path).endsWith("/refund")) throw new TypeError("lost");
                return answer;
            };
            """

        @Test func `an answer that is lost as the session ends is asked for when paired again`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.browser.run(Self.loseAnswerAndSession)
                try await cashier.charges("1275")
                try await cashier.pair()
                try await cashier.sees("waitingForCard")
                #expect(try cashier.till.payments() == 1)
            }
        }

        private static let loseAnswerAndSession = """
            const heard = window.fetch;
            window.fetch = async (path, options) => {
                const answer = await heard(path, options);
                if (path !== "/v1/payments" || options.method !== "POST") return answer;
                window.fetch = heard;
                await heard("/session", { ...options, method: "DELETE" });
                throw new TypeError("lost");
            };
            """

        @Test func `what is said of a payment that has ended changes its language with the page`()
            async throws
        {
            try await Cashier.works { cashier in
                try await cashier.charges("1", with: "clear-visa-decline.hid")
                try await cashier.sees("declined")
                try await cashier.browser.click("[data-language=es]")
                try await cashier.reads("Pida otra tarjeta", in: "#stage-text")
            }
        }

        @Test func `a page that is open over night shows the new day`() async throws {
            try await Cashier.works { cashier in
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try await cashier.browser.run(Self.aDayLater)
                try await cashier.browser.click("#tab-today")
                try await cashier.browser.wait(for: "body[data-rows='0']")
                try await cashier.browser.click("#tab-till")
                try await cashier.sees("approved")
            }
        }

        private static let aDayLater = """
            const Now = Date;
            window.Date = class extends Now {
                constructor(...parts) {
                    if (parts.length > 0) super(...parts);
                    else super(Now.now() + 86_400_000);
                }
            };
            """
    }
}
