import Browser
import Foundation
import Testing

extension InTheBrowser {
    /// The whole of a cashier's day in Spanish, whose words are longer: nothing is cut off, and no
    /// English is left on the stage.
    @Suite struct SpanishTests {
        private static func works(_ body: (Cashier) async throws -> Void) async throws {
            try await Cashier.works { cashier in
                try await cashier.browser.click("[data-language=es]")
                try await cashier.browser.wait(for: "html[lang=es]")
                try await body(cashier)
            }
        }

        private static func sees(_ cashier: Cashier, _ state: String, _ word: String) async throws {
            try await cashier.sees(state)
            try await cashier.reads(word, in: "#stage-word")
            try await cashier.look("spanish-\(state)")
        }

        @Test func `a payment from the amount to its end`() async throws {
            try await Self.works { cashier in
                try await Self.sees(cashier, "ready", "LISTO")
                try await cashier.charges("123456")
                try await Self.sees(cashier, "waitingForCard", "DESLICE AHORA")
                try cashier.till.plug(false)
                try await Self.sees(cashier, "noReader", "CONECTE EL LECTOR")
                try cashier.till.plug(true)
                try await cashier.sees("waitingForCard")
                try cashier.till.swipe("bad-both.hid")
                try await Self.sees(cashier, "badRead", "DESLICE OTRA VEZ")
                try cashier.till.swipe("licence.hid")
                try await cashier.reads("OTRA TARJETA", in: "#stage-word")
                try await cashier.look("spanish-other-card")
                try cashier.till.swipe("clear-mastercard.hid")
                try await Self.sees(cashier, "approved", "APROBADO")
                try await cashier.charges("123456", with: "clear-mastercard.hid")
                try await Self.sees(cashier, "duplicate", "¿LA MISMA TARJETA?")
                try await cashier.browser.click("#do-cancelDuplicate")
                try await Self.sees(cashier, "cancelled", "CANCELADO")
                try await cashier.charges("1", with: "clear-visa-decline.hid")
                try await Self.sees(cashier, "declined", "RECHAZADA")
            }
        }

        @Test func `what goes wrong`() async throws {
            try await Self.works { cashier in
                try cashier.till.break(#"[{"name":"resetOnAccept"}]"#)
                try await cashier.charges("1275")
                try await Self.sees(cashier, "notSent", "NO ENVIADO")
                try cashier.till.mend()
                try await cashier.browser.click("#do-again")
                try await cashier.sees("waitingForCard")
                try cashier.till.break(
                    #"[{"name":"dropAfterCommit","operation":"sale","times":1},"#
                        + #"{"name":"reportError"}]"#)
                try cashier.till.swipe("clear-visa.hid")
                try await Self.sees(cashier, "inDoubt", "NO DESLICE OTRA VEZ")
                try await cashier.browser.click("#do-other")
                try await cashier.charges("1275")
                try await cashier.browser.wait(for: "#same[open]")
                try await cashier.look("spanish-same-purchase")
                try await cashier.browser.click("#same-no")
                cashier.till.freeze()
                try await cashier.browser.click("#charge")
                try await cashier.browser.click("#same-yes")
                try await cashier.browser.cutOff(true)
                try await Self.sees(cashier, "resend", "REINTENTO EN CURSO")
                cashier.till.thaw()
                try await cashier.browser.cutOff(false)
                try await cashier.sees("waitingForCard")
                try await cashier.browser.cutOff(true)
                try await Self.sees(cashier, "lost", "SIN CONEXIÓN")
                try await cashier.browser.cutOff(false)
                try await cashier.sees("waitingForCard")
                try await cashier.browser.click("#lock")
                try await cashier.sees("pairing", as: "spanish-pairing")
            }
        }

        @Test func `a refund and its receipt`() async throws {
            try await Self.works { cashier in
                try cashier.till.setSupervisorCode()
                try await cashier.charges("1275", with: "clear-visa.hid")
                try await cashier.sees("approved")
                try await cashier.opensLatest("approved")
                try await cashier.browser.click("#open-receipt")
                try await cashier.browser.wait(for: "body[data-receipt=copy]")
                try await cashier.reads("COPIA", in: "#receipt-text")
                try await cashier.look("spanish-receipt")
                try await cashier.browser.click("#receipt-close")
                try await cashier.browser.click("#open-void")
                try await cashier.look("spanish-void")
                try await cashier.browser.fill("#follow-code", Till.supervisorCode)
                try await cashier.browser.click("#follow-go")
                try await cashier.browser.wait(for: "#follow-result[data-result=approved]")
                try await cashier.reads("ANULADO", in: "#follow-result")
                try await cashier.look("spanish-voided")
            }
        }
    }
}
