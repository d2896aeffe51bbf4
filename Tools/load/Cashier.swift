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
        var (askedIn, swipedIn) = (0, 0)
        var isPlanted = false
        while Clock.now() < end {
            let start = till.start
            // After a death the same key is sent again; else the payment is looked at.
            let known = askedIn == start ? sale.references.first : nil
            guard let payment = known.map(look) ?? ask(&sale) else { continue }
            askedIn = start
            if sale.references.insert(payment.reference).inserted, sale.references.count > 1 {
                sale.complaint = "one key, two payments"
                return sale
            }
            if payment.isFinal {
                sale.told.append(payment.state)
                return sale
            }
            if !isPlanted, let fault = sale.fault {
                plant(fault, payment.reference)
                isPlanted = true
            }
            if payment.state == "waitingForCard", swipedIn != start, swipe(sale) {
                swipedIn = start
            }
            usleep(payment.state == "inDoubt" ? 250_000 : 20_000)
        }
        sale.complaint = "no end after \(Int(Self.patience / 1000)) s"
        return sale
    }

    /// Asks for the payment under its key: it is made once, however often this is sent.
    private func ask(_ sale: inout Sale) -> Payment? {
        let body: [String: Any] = [
            "operation": "sale", "amount": ["cents": sale.cents, "currency": "USD"],
            "ticket": sale.key, "allowDuplicate": true,
        ]
        let answer =
            till.isReady ? try? till.http.post("/v1/payments", body, key: sale.key) : nil
        if let answer, answer.status == 200 || answer.status == 201 {
            return Payment(answer.object)
        }
        // Busy with what a death has left, or dead.
        if let answer, answer.status != 409, answer.status != 503 {
            sale.complaint = "HTTP \(answer.status) \(answer.object["code"] ?? "")"
        }
        usleep(50_000)
        return nil
    }

    private func look(_ reference: String) -> Payment? {
        let answer = try? till.http.get("/v1/payments/\(reference)")
        if let answer, answer.status == 200 { return Payment(answer.object) }
        usleep(10_000)
        return nil
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
    private static let declined = "clear-visa-decline"
    /// The amount at which the gateway declines that card, in cents.
    static let declinedCents = 1

    func file(of sale: Sale) -> String {
        guard sale.cents != Self.declinedCents else { return "\(Self.declined).hid" }
        let place = sale.key.utf8.reduce(0) { $0 &+ Int($1) } % Self.approved.count
        return "\(Self.approved[place]).hid"
    }

    /// Puts the recordings that are swiped into a folder of their own.
    static func copy(from recordings: String, to folder: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in approved + [declined] {
            try files.copyItem(
                atPath: "\(recordings)/\(name).hid", toPath: "\(folder)/\(name).hid")
        }
    }
}
