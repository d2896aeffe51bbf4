import RunLog

/// Things of one kind, one after another, each in a shop; what the log has is not tried again.
struct Walk {
    /// Which places are tried.
    enum Numbers {
        /// From 1 until there are no more.
        case all
        case these([Int])
    }

    var shops: Shops
    private let log: RunLog
    private let tally: Tally
    private var mishaps = 0

    /// So many runs that come to their ends show that there is no later point: how often a program
    /// waits is not the same in each run.
    private static let endsThatShow = 3
    /// Failures of the machinery that end an errand.
    private static let patience = 5

    init(_ log: RunLog, _ tally: Tally, _ shops: Shops) {
        (self.log, self.tally, self.shops) = (log, tally, shops)
    }

    /// - Returns: the worlds that were left.
    mutating func go(
        _ name: String, _ row: Tally.Row, _ numbers: Numbers,
        _ body: (Int, Shop) throws -> Trial.Outcome
    ) throws -> Set<String> {
        var worlds: Set<String> = []
        var ends = 0
        func take(_ entry: Entry) {
            tally.add(row, entry.result, entry.world)
            worlds.insert(entry.world)
            ends = entry.result == .ended ? ends + 1 : 0
        }
        switch numbers {
        case .these(let list):
            for number in list { take(try one(name, number, body)) }
        case .all:
            var number = 1
            while ends < Self.endsThatShow {
                take(try one(name, number, body))
                number += 1
            }
        }
        tally.tell(row)
        return worlds
    }

    private mutating func one(
        _ name: String, _ number: Int, _ body: (Int, Shop) throws -> Trial.Outcome
    ) throws -> Entry {
        let key = "\(name)|\(number)"
        if let known = log.outcome(of: key).flatMap(Entry.init) { return known }
        while true {
            do {
                let outcome = try body(number, try shops.next())
                if let violation = outcome.violation { tally.tell(violation) }
                let entry = Entry(outcome)
                log.note(key, entry.text)
                return entry
            } catch {
                // A shop in which the machinery failed is no shop to go on in.
                shops.close()
                mishaps += 1
                if mishaps > Self.patience { throw error }
                say("tried again: \(key): \(error)")
            }
        }
    }

    /// A line of the log.
    private struct Entry {
        let result: Tally.Result
        let world: String

        init(_ outcome: Trial.Outcome) {
            result = outcome.violation != nil ? .wrong : outcome.wasKilled ? .met : .ended
            world = outcome.world
        }

        init?(_ text: String) {
            guard let colon = text.firstIndex(of: ":"),
                let result = Tally.Result(rawValue: String(text[..<colon]))
            else { return nil }
            self.result = result
            world = String(text[colon...].dropFirst(2))
        }

        var text: String { "\(result.rawValue): \(world)" }
    }
}
