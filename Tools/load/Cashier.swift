import Foundation
import Glibc

/// What a till was told of one sale that it asked for.
struct Sale: Sendable {
    let key: String
    let lane: Int
    let cents: Int
    var fault: PlantedFault?
    /// References under which the key was answered; never more than one.
    var references: Set<String> = []
    /// States that were told as final, in their order, each change once.
    var told: [String] = []
    /// What went wrong on the way that no answer names.
    var complaint: String?
}

/// The till's program at one lane: asks for a sale when it is time for one, swipes, and follows the
/// sale to its end, over as many deaths of the daemon as there are.
struct Cashier: Sendable {
    let till: Till
    let gateway: SocketHTTP
    let cards: Cards

    /// How long a sale may take in all, in milliseconds: a doubt, its questions and some deaths.
    private static let patience = 240_000.0

    /// Takes one sale.
    func sell(_ order: Sale) -> Sale {
        var sale = order
        let end = Clock.now() + Self.patience
        var swipedIn = 0
        var isPlanted = false
        while Clock.now() < end {
            guard let payment = ask(&sale) else { continue }
            if sale.references.insert(payment.reference).inserted, sale.references.count > 1 {
                sale.complaint = "one key, two payments"
                return sale
            }
            if payment.isFinal {
                if sale.told.last != payment.state { sale.told.append(payment.state) }
                return sale
            }
            if !isPlanted, let fault = sale.fault {
                plant(fault, payment.reference)
                isPlanted = true
            }
            let start = till.start
            if payment.state == "waitingForCard", swipedIn != start, swipe(sale) {
                swipedIn = start
            }
            usleep(payment.state == "inDoubt" ? 250_000 : 20_000)
        }
        sale.complaint = "no end after \(Int(Self.patience / 1000)) s"
        return sale
    }

    /// Asks for the payment under its key: the first time it is made, then it is only looked at.
    private func ask(_ sale: inout Sale) -> Payment? {
        guard till.isReady else {
            usleep(10_000)
            return nil
        }
        let body: [String: Any] = [
            "operation": "sale", "amount": ["cents": sale.cents, "currency": "USD"],
            "ticket": sale.key, "allowDuplicate": true,
        ]
        guard let answer = try? till.http.post("/v1/payments", body, key: sale.key) else {
            usleep(10_000)
            return nil
        }
        switch answer.status {
        case 200, 201: return Payment(answer.object)
        case 409, 503:
            usleep(100_000)
            return nil
        default:
            sale.complaint = "HTTP \(answer.status) \(answer.object["code"] ?? "")"
            usleep(100_000)
            return nil
        }
    }

    private func plant(_ fault: PlantedFault, _ reference: String) {
        _ = try? gateway.post("/faults", [fault.object(reference: reference)])
    }

    private func swipe(_ sale: Sale) -> Bool {
        let file = cards.file(of: sale)
        let answer = try? till.http.post("/v1/replay/swipe", ["file": file])
        return (200..<300).contains(answer?.status ?? 0)
    }
}

/// Which recording a sale is swiped with, and for how much.
struct Cards: Sendable {
    private static let approved = [
        "clear-visa", "clear-mastercard-2", "clear-amex", "clear-discover", "encrypted-visa",
        "magtek-clear-visa", "keyboard-visa",
    ]
    /// The amount at which the gateway declines `clear-visa-decline`, in cents.
    static let declinedCents = 1

    func file(of sale: Sale) -> String {
        guard sale.cents != Self.declinedCents else { return "clear-visa-decline.hid" }
        return Self.approved[sale.key.utf8.reduce(0) { $0 &+ Int($1) } % Self.approved.count]
            + ".hid"
    }
}
