import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// The supervisor changes what may be changed, on the page.
    @Suite struct SettingsScreenTests {
        private static func opens(_ cashier: Cashier) async throws {
            try await cashier.browser.click("#tab-settings")
            try await cashier.browser.wait(for: "body[data-screen=settings]")
            try await cashier.holds("#settings-name", "Corner Shop")
        }

        @Test func `a supervisor's change holds over a restart, and the file's value comes back`()
            async throws
        {
            try await Cashier.works { cashier in
                try cashier.till.setSupervisorCode()
                let browser = cashier.browser
                try await Self.opens(cashier)
                try await cashier.look("settings")
                try await browser.fill("#settings-name", "Tienda Sol")
                try await browser.fill("#settings-each", "7.50")
                try await browser.fill("#settings-code", Till.supervisorCode)
                try await browser.click("#settings-save")
                try await browser.wait(for: "#settings-done:not(:empty)")
                #expect(try await browser.text("[data-field='shop.name']").contains("Corner Shop"))
                try await cashier.look("settings-saved")
                try cashier.till.restart()
                // The page is where it was.
                try await cashier.pair()
                try await cashier.holds("#settings-name", "Tienda Sol")
                try await cashier.holds("#settings-each", "7.50")
                try await browser.click("[data-field='shop.name'] .own button")
                try await browser.fill("#settings-code", Till.supervisorCode)
                try await browser.click("#settings-save")
                try await browser.wait(for: "#settings-done:not(:empty)")
                try await cashier.holds("#settings-name", "Corner Shop")
                try await cashier.holds("#settings-each", "7.50")
            }
        }

        @Test func `what is wrong is told next to its field, and nothing is changed`() async throws
        {
            try await Cashier.works { cashier in
                try cashier.till.setSupervisorCode()
                let browser = cashier.browser
                try await Self.opens(cashier)
                try await browser.fill("#settings-each", "a lot")
                try await browser.fill("#settings-code", Till.supervisorCode)
                try await browser.click("#settings-save")
                try await browser.wait(for: "[data-field='refunds.perRefundCents'] .fault")
                try await browser.wait(for: "#settings-each:focus")
                try await cashier.look("settings-wrong")
                try await browser.fill("#settings-each", "8.00")
                try await browser.fill("#settings-code", "000000")
                try await browser.click("#settings-save")
                try await browser.wait(for: "[data-field=code] .fault")
                try await browser.wait(for: "#settings-code:focus")
                try await cashier.look("settings-wrong-code")
                try await browser.click("#tab-till")
                try await browser.click("#tab-settings")
                try await cashier.holds("#settings-each", "500.00")
            }
        }

        @Test func `in Spanish it reads as Spanish, and the language of the till is kept`()
            async throws
        {
            try await Cashier.works { cashier in
                try cashier.till.setSupervisorCode()
                let browser = cashier.browser
                try await Self.opens(cashier)
                try await browser.click("#settings-language option[value=es]")
                try await browser.fill("#settings-code", Till.supervisorCode)
                try await browser.click("#settings-save")
                // Nobody has chosen a language on this page: it follows the till.
                try await browser.wait(for: "html[lang=es]")
                try await cashier.reads("Ajustes", in: "#settings-title")
                try await cashier.look("spanish-settings")
            }
        }
    }
}
