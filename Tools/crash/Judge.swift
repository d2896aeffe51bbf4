import Journal
import Values

/// What the gateway holds, by reference.
struct Ledger: Equatable {
    struct Row: Equatable {
        let posts: Int
        let live: Int
        let liveCents: Int
        let heldCents: Int
        static let none = Row([:])

        init(_ object: [String: Any]) {
            posts = object["posts"] as? Int ?? 0
            live = object["live"] as? Int ?? 0
            liveCents = object["liveCents"] as? Int ?? 0
            let charges = object["charges"] as? [[String: Any]] ?? []
            heldCents = charges.reduce(0) { $0 + ($1["heldCents"] as? Int ?? 0) }
        }

        /// True when a card bears something of it.
        var holds: Bool { liveCents != 0 || heldCents != 0 }
    }

    private(set) var rows: [String: Row] = [:]

    init(_ object: [String: Any]) {
        for row in object["references"] as? [[String: Any]] ?? [] {
            // What voids and captures leave bears no reference of ours.
            if let name = row["reference"] as? String, !name.isEmpty { rows[name] = Row(row) }
        }
    }
}

/// What the journal says of one attempt.
struct Line {
    let reference: String
    let operation: String
    let state: String
    let cents: Int
    let target: String?
    let transaction: String?

    init(_ attempt: Attempt) {
        reference = attempt.reference.text
        operation = attempt.operation.rawValue
        state = attempt.state.rawValue
        cents = attempt.amount?.cents ?? 0
        target = attempt.target
        transaction = attempt.facts.transactionID
    }

    var isOpen: Bool { ["intent", "accepted", "reversing"].contains(state) }
    /// True when it takes money from a card or gives it some, for itself.
    var charges: Bool { operation == "sale" || operation == "authOnly" || givesToCard }
    var givesToCard: Bool { operation == "refund" && target == nil }
}

/// Compares what the till says with what the gateway holds. Neither is asked about itself.
struct Judge {
    let lines: [Line]
    let ledger: Ledger

    init(_ world: World) { (lines, ledger) = (world.lines, world.ledger) }

    /// What is wrong in a till that has come to rest.
    func verdict(copiesByNetwork: Bool = false) -> [String] {
        let known = Set(lines.map(\.reference))
        let lost = ledger.rows.filter { $0.value.holds && !known.contains($0.key) }
            .map { "LOST: \($0.key) charges \($0.value.liveCents) and the journal knows nothing" }
        return lost.sorted() + lines.flatMap { wrong($0, copiesByNetwork) }
    }

    private func wrong(_ line: Line, _ copiesByNetwork: Bool) -> [String] {
        var faults: [String] = []
        let row = ledger.rows[line.reference] ?? .none
        let name = "\(line.reference) (\(line.operation), \(line.state))"
        if line.isOpen { faults.append("OPEN: \(name) has come to no end") }
        guard line.charges else { return faults }
        if row.posts > 1, !copiesByNetwork {
            faults.append("DOUBLE: \(name) was sent \(row.posts) times")
        }
        if row.live > 1 { faults.append("DOUBLE: \(name) is charged \(row.live) times") }
        let (live, held) = expected(line)
        if row.liveCents != live {
            let word = row.liveCents.magnitude > live.magnitude ? "DOUBLE" : "WRONG"
            faults.append("\(word): \(name) \(row.liveCents), not \(live)")
        }
        if row.heldCents != held { faults.append("WRONG: \(name) holds \(row.heldCents)") }
        return faults
    }

    /// What the card must bear by what the journal says: cents charged, cents held.
    private func expected(_ line: Line) -> (live: Int, held: Int) {
        guard line.state == "approved", let id = line.transaction else { return (0, 0) }
        if line.givesToCard { return (-line.cents, 0) }
        let followers = lines.filter { $0.target == id && $0.state == "approved" }
        let back = followers.filter { $0.operation == "refund" }.reduce(0) { $0 + $1.cents }
        guard line.operation == "authOnly" else { return (line.cents - back, 0) }
        guard let capture = followers.first(where: { $0.operation == "capture" }) else {
            return (0, line.cents)
        }
        return (capture.cents - back, 0)
    }

    /// Charges that a till, before it asks anybody, neither calls approved nor shows as in doubt.
    func undetected() -> [String] {
        let known = Dictionary(lines.map { ($0.reference, $0) }) { first, _ in first }
        return ledger.rows.filter { $0.value.holds }.keys.sorted().compactMap { name in
            guard let line = known[name] else { return "UNDETECTED: \(name) is not in the journal" }
            return line.isOpen || line.state == "approved"
                ? nil : "UNDETECTED: \(name) is \(line.state)"
        }
    }

    /// What a process printed before it died and the journal does not bear out.
    func wrongWords(_ printed: [[String: Any]]) -> [String] {
        let states = [
            "approved": ["approved", "reversing", "reversed"], "declined": ["declined"],
            "rejected": ["rejected"], "notSent": ["notSent"], "notCharged": ["notCharged"],
        ]
        return printed.compactMap { object in
            guard let name = object["reference"] as? String,
                let word = object["outcome"] as? String ?? object["state"] as? String,
                let allowed = states[word]
            else { return nil }
            let state = lines.first { $0.reference == name }?.state ?? "unknown"
            return allowed.contains(state)
                ? nil : "WORDS: \(name) was told to be \(word), and is \(state)"
        }
    }
}
