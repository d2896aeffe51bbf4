import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// The checker finds what is wrong, so that finding nothing means something.
    @Suite struct AxeTests {
        private static let faulty = """
            data:text/html,<html lang=en><title>t</title><main><h1>h</h1><button></button>\
            <p style="color:%23ccc">pale</p></main>
            """

        @Test func `a button without a name and a pale text are found`() async throws {
            let browser = try await Browser()
            try await browser.open(Self.faulty)
            let faults = try await browser.accessibilityFaults(axe: Cashier.axe)
            await browser.quit()
            #expect(faults.contains { $0.hasPrefix("button-name") })
            #expect(faults.contains { $0.hasPrefix("color-contrast") })
        }

        @Test func `a checker that is not there is a fault and not a pass`() async throws {
            let browser = try await Browser()
            try await browser.open(Self.faulty)
            await #expect(throws: BrowserFault.noAxe("/nowhere")) {
                try await browser.accessibilityFaults(axe: URL(fileURLWithPath: "/nowhere"))
            }
            await browser.quit()
        }
    }
}
