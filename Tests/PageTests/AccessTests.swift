import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// The page for everybody: by keyboard alone, in Spanish, on a small screen, with a wrong code.
    @Suite struct AccessTests {
        @Test func `everything goes by keyboard alone`() async throws {
            try await Cashier.works(isPaired: false) { cashier in
                let browser = cashier.browser
                // The field has the focus already.
                try await browser.wait(for: "#pair-code:focus")
                try await browser.type(try cashier.till.pairingCode())
                try await browser.press([.enter])
                try await cashier.sees("ready")
                try await browser.type("12755")
                try await browser.press([.backspace, .enter])
                try await cashier.sees("waitingForCard")
                try await browser.press([.escape])
                try await cashier.sees("cancelled")
                // Enter does the filled button: the same once more.
                try await browser.press([.enter])
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved")
                try await browser.press([.enter])
                try await cashier.sees("ready")
                #expect(try cashier.till.charges() == [1275])
                try await Self.walksTheDay(cashier)
            }
        }

        /// Tab to the day's payments, arrows in the list, Enter opens, Escape closes and goes back.
        private static func walksTheDay(_ cashier: Cashier) async throws {
            let browser = cashier.browser
            try await tabs(browser, to: "#tab-today")
            try await browser.press([.enter])
            try await browser.wait(for: "body[data-screen=today][data-rows='2']")
            try await tabs(browser, to: ".row")
            try await browser.press([.down])
            try await browser.wait(for: "#list > :nth-child(2) .row:focus")
            try await browser.press([.home, .enter])
            try await browser.wait(for: "#details[open] #details-close:focus")
            try await cashier.look("keyboard-details")
            try await browser.press([.escape])
            try await browser.wait(for: "#list > :nth-child(1) .row:focus")
            try await tabs(browser, to: "#tab-till")
            try await browser.press([.enter])
            try await browser.wait(for: "body[data-screen=till]")
            try await cashier.look("keyboard-focus")
        }

        /// Presses Tab until an element has the focus; each stop shows where it is.
        private static func tabs(_ browser: Browser, to selector: String) async throws {
            for _ in 0..<60 {
                try await browser.press([.tab])
                let focus = try await browser.run(Self.focus, [selector]) as? [String: Any] ?? [:]
                #expect(focus["unseen"] as? String == "", "on the way to \(selector)")
                if focus["isThere"] as? Bool == true { return }
            }
            Issue.record("Tab never comes to \(selector)")
        }

        private static let focus = """
            const element = document.activeElement;
            const marked = element.matches("[name=operation]")
                ? element.nextElementSibling : element;
            const style = getComputedStyle(marked);
            const isSeen = element === document.body
                || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
            return {
                unseen: isSeen ? "" : `${element.tagName} ${element.id} ${element.className}`,
                isThere: element.matches(arguments[0]),
            };
            """

        @Test func `a cashier works in Spanish, and the page remembers it`() async throws {
            try await Cashier.works { cashier in
                try await cashier.browser.click("[data-language=es]")
                try await cashier.browser.wait(for: "html[lang=es]")
                #expect(try await cashier.word() == "LISTO")
                try await cashier.charges("1275", with: "bad-both.hid")
                try await cashier.sees("badRead", as: "spanish-bad-read")
                #expect(try await cashier.word() == "DESLICE OTRA VEZ")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved", as: "spanish-approved")
                #expect(try await cashier.word() == "APROBADO")
                try await cashier.browser.reload()
                try await cashier.browser.wait(for: "html[lang=es]")
                try await cashier.sees("approved")
                try await cashier.opensLatest("approved")
                try await cashier.look("spanish-details")
                try await cashier.browser.click("#details-close")
                try await cashier.look("spanish-today")
            }
        }

        @Test func `a window of 360 pixels shows everything without moving sideways`() async throws
        {
            try await Cashier.works { cashier in
                try await cashier.browser.resize(360, 740)
                try await cashier.sees("ready", as: "small-ready")
                try await Self.targetsAreLarge(cashier)
                try await cashier.charges("1275")
                try await cashier.sees("waitingForCard", as: "small-swipe-now")
                try cashier.till.swipe("bad-both.hid")
                try await cashier.sees("badRead", as: "small-bad-read")
                try cashier.till.swipe("clear-visa.hid")
                try await cashier.sees("approved", as: "small-approved")
                try await Self.targetsAreLarge(cashier)
                try await cashier.browser.click("#do-receipt")
                try await cashier.browser.wait(for: "body[data-receipt=original]")
                try await cashier.look("small-receipt")
                try await cashier.browser.click("#receipt-close")
                try await cashier.browser.click("#tab-today")
                try await cashier.browser.wait(for: "body[data-rows='1']")
                try await cashier.look("small-today")
                try await Self.targetsAreLarge(cashier)
            }
        }

        @Test func `what is out of sight is noticed`() async throws {
            try await Cashier.works { cashier in
                #expect(try await cashier.outOfSight() == [])
                try await cashier.browser.resize(1024, 300)
                #expect(try await cashier.outOfSight().contains("#charge"))
                try await cashier.browser.resize(1024, 600)
                _ = try await cashier.browser.run(
                    "document.querySelector('.stage-main').style.maxHeight = '20px'")
                #expect(try await cashier.outOfSight() == ["#stage-word"])
            }
        }

        /// What is pressed is at least 44 pixels high and wide.
        private static func targetsAreLarge(_ cashier: Cashier) async throws {
            let small = try await cashier.browser.run(Self.smallTargets) as? [String]
            #expect(small == [])
        }

        private static let smallTargets = """
            return [...document.querySelectorAll("button, a, input, select, summary")]
                .filter((element) => !element.matches(".skip, [type=checkbox]"))
                .map((element) => [element, element.getBoundingClientRect()])
                .filter(([, box]) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
                .map(([element, box]) => `${element.id || element.textContent} ${box.width}`
                    + ` x ${box.height}`);
            """

        @Test func `a wrong pairing code is refused with what to do, and a page is locked again`()
            async throws
        {
            try await Cashier.works(isPaired: false) { cashier in
                let code = try cashier.till.pairingCode()
                let wrong = code == "111111" ? "222222" : "111111"
                try await cashier.browser.fill("#pair-code", "12")
                try await cashier.browser.click("#pair-form button")
                try await cashier.browser.wait(for: "#pair-error:not(:empty)")
                try await cashier.browser.fill("#pair-code", wrong)
                try await cashier.browser.click("#pair-form button")
                try await cashier.browser.wait(for: "#pair-error:not(:empty)")
                try await cashier.look("pairing-wrong-code")
                try await cashier.browser.fill("#pair-code", code)
                try await cashier.browser.click("#pair-form button")
                try await cashier.sees("ready")
                try await cashier.browser.click("#lock")
                try await cashier.sees("pairing", as: "pairing")
                // A code is good for one use.
                try await cashier.browser.fill("#pair-code", code)
                try await cashier.browser.click("#pair-form button")
                try await cashier.browser.wait(for: "#pair-error:not(:empty)")
            }
        }
    }
}
