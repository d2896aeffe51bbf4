internal import Values

/// The chain's changes gone through once more by the rules of ``JournalBook``, a year of them in a
/// second: it reads bytes where they lie and keeps a fingerprint of what must not change.
internal struct ChainReplay {
    /// What must be known of an attempt to judge its next change and its row.
    struct Entry {
        /// Of all that it asks.
        var identity: Int
        /// Of its ticket.
        var ticket: Int
        /// Of the till's key, if it gave one.
        var key: Int?
        /// Of its transaction, if one is known.
        var transaction: Int?
        var state: AttemptState
        var decidedAt: Int64
        /// The number of its newest change.
        var head: UInt64
    }

    /// Why a change is not taken.
    enum Fault: Error {
        case unreadable
        case forbidden(IllegalChange)
    }

    private(set) var attempts: [UInt64: Entry] = [:]
    /// The newest change of each wish, by its ticket's fingerprint.
    private(set) var wishes: [Int: UInt64] = [:]
    /// The text of the newest remark about old changes that were taken out.
    private(set) var cut: String?
    private(set) var nextSequence: UInt64
    /// Attempts below this may appear in any state: their beginning was taken out.
    private let cutSequence: UInt64
    /// Where the fields of the present change end.
    private var ends: [Int] = []

    init(cutSequence: UInt64, capacity: Int = 0) {
        self.cutSequence = cutSequence
        nextSequence = cutSequence
        attempts.reserveCapacity(capacity)
    }

    /// Takes a change in and gives its time.
    mutating func take(_ body: Span<UInt8>, number: UInt64) throws(Fault) -> Int64 {
        split(body)
        let counts = [
            ChangeText.AttemptField.countWithoutKey, ChangeText.AttemptField.allCases.count,
        ]
        if counts.contains(ends.count),
            Self.isEqual(body.extracting(0..<ends[0]), Self.attemptWord)
        {
            return try takeAttempt(body, number: number)
        }
        return try takeOther(body, number: number)
    }

    private mutating func split(_ body: Span<UInt8>) {
        ends.removeAll(keepingCapacity: true)
        for index in body.indices where body[index] == ChangeText.tab { ends.append(index) }
        ends.append(body.count)
    }

    private func range(_ field: Int) -> Range<Int> {
        (field == 0 ? 0 : ends[field - 1] + 1)..<ends[field]
    }

    private func range(_ field: ChangeText.AttemptField) -> Range<Int> { range(field.rawValue) }

    private mutating func takeAttempt(
        _ body: Span<UInt8>, number: UInt64
    ) throws(Fault) -> Int64 {
        let transaction = body.extracting(range(.transactionID))
        guard let sequence = Self.number(body.extracting(range(.sequence))), sequence > 0,
            let decidedAt = Self.number(body.extracting(range(.decidedAt))),
            let stateAt = Self.number(body.extracting(range(.stateAt))),
            let state = Self.state(body.extracting(range(.state)))
        else { throw .unreadable }
        let keys = keys(body)
        let next = Entry(
            identity: fingerprint(body.extracting(0..<range(.decidedAt).upperBound))
                ^ (keys.map { $0.both &* 31 } ?? 0),
            ticket: fingerprint(body.extracting(range(.ticket))), key: keys?.text,
            transaction: transaction.isEmpty ? nil : fingerprint(transaction),
            state: state, decidedAt: Int64(decidedAt), head: number)
        try judge(next, sequence)
        attempts[UInt64(sequence)] = next
        return Int64(stateAt)
    }

    /// Of the till's key alone, and of key and digest; `nil` when it gave none.
    private func keys(_ body: Span<UInt8>) -> (text: Int, both: Int)? {
        guard ends.count == ChangeText.AttemptField.allCases.count else { return nil }
        return (
            fingerprint(body.extracting(range(.key))),
            fingerprint(body.extracting(range(.key).lowerBound..<range(.keyDigest).upperBound))
        )
    }

    private mutating func judge(_ next: Entry, _ number: Int) throws(Fault) {
        let sequence = UInt64(number)
        if let before = attempts[sequence] {
            guard before.identity == next.identity else { throw .forbidden(.identity) }
            guard
                Self.mayFollow[before.state.index * AttemptState.allCases.count + next.state.index]
            else { throw .forbidden(.state) }
            guard
                before.transaction == nil || before.state == .accepted
                    || before.transaction == next.transaction
            else {
                throw .forbidden(.transaction)
            }
        } else if sequence >= cutSequence {
            guard sequence == nextSequence else { throw .forbidden(.sequence) }
            guard next.state.isFirst else { throw .forbidden(.state) }
            nextSequence += 1
        }
    }

    private mutating func takeOther(_ body: Span<UInt8>, number: UInt64) throws(Fault) -> Int64 {
        let bytes = body.indices.map { body[$0] }
        switch ChangeText.read(bytes) {
        case .wish(let ticket, let at):
            wishes[fingerprint(Array(ticket.text.utf8).span)] = number
            return at.milliseconds
        case .remark(let remark):
            if remark.kind == .pruned { cut = remark.text }
            return remark.at.milliseconds
        case .attempt, nil: throw .unreadable
        }
    }

    // MARK: What is read often

    private static let attemptWord = Array(ChangeText.Kind.attempt.rawValue.utf8)
    private static let states = AttemptState.allCases.map { ($0, Array($0.rawValue.utf8)) }
    /// From each state to each: the same, or one that may follow.
    private static let mayFollow = AttemptState.allCases.flatMap { from in
        AttemptState.allCases.map { $0 == from || from.successors.contains($0) }
    }

    static func state(_ word: Span<UInt8>) -> AttemptState? {
        for (state, bytes) in states where isEqual(word, bytes) { return state }
        return nil
    }

    private static func isEqual(_ word: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
        guard word.count == bytes.count else { return false }
        for index in word.indices where word[index] != bytes[index] { return false }
        return true
    }

    private static func number(_ digits: Span<UInt8>) -> Int? {
        guard (1...18).contains(digits.count) else { return nil }
        var value = 0
        for index in digits.indices {
            let digit = Int(digits[index]) - 0x30
            guard (0...9).contains(digit) else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

extension AttemptState {
    /// Its place among all states.
    fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
