internal import Readers
internal import Secrets
internal import Timeline
internal import Values

/// Knows a card again that was just used for the same amount, and an encrypted block that was
/// recorded and played back. All of it is in memory only and keyed by random numbers of this
/// process: nothing of a card can be had from it.
struct SwipeGuard: Sendable {
    private struct Seen {
        let card: Int
        let cents: Int
        let at: Moment
    }

    private struct Counter {
        let device: Int
        let value: UInt32
    }

    private let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
    private let window: Int
    private var seen: [Seen] = []
    /// The highest counter of each reader's key.
    private var counters: [Int: UInt32] = [:]
    /// What the swipe that is being submitted was.
    private var current: Seen?
    private var currentCounter: Counter?
    /// The next swipe may be a duplicate: the cashier said so.
    var isConfirmed = false

    /// A guard that asks within so many milliseconds.
    init(window milliseconds: Int) { window = milliseconds }

    /// Looks at a swipe that is about to be sent.
    /// - Returns: why it must not be, or nothing.
    mutating func refusal(
        of swipe: borrowing Swipe, cents: Int, now: Moment
    ) -> PolicyRefusal? {
        current = nil
        currentCounter = nil
        switch swipe.content {
        case .bad: return nil
        case .plain:
            guard let pan = swipe.content.pan else { return nil }
            let card = swipe.bytes.withBytes { hash($0.extracting(pan.range)) }
            return refusal(card, cents, now)
        case .encrypted(let block):
            guard let serial = block.keySerialNumber else { return nil }
            let form = block.form
            let found: Counter? = swipe.bytes.withBytes { bytes in
                counter(bytes.extracting(serial.range), form)
            }
            guard let counter = found else { return nil }
            if let highest = counters[counter.device], counter.value <= highest {
                return .replayedBlock
            }
            currentCounter = counter
            return nil
        }
    }

    private mutating func refusal(_ card: Int, _ cents: Int, _ now: Moment) -> PolicyRefusal? {
        seen.removeAll { now > $0.at.adding(milliseconds: window) }
        current = Seen(card: card, cents: cents, at: now)
        let isKnown = seen.contains { $0.card == card && $0.cents == cents }
        return isKnown && !isConfirmed ? .duplicateSwipe : nil
    }

    /// Keeps what was sent; a declined card may be tried again without a question.
    mutating func sent(mayHoldMoney: Bool) {
        if let current, mayHoldMoney { seen.append(current) }
        if let currentCounter { counters[currentCounter.device] = currentCounter.value }
        current = nil
        currentCounter = nil
        isConfirmed = false
    }

    private func hash(_ bytes: Span<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(key.0)
        hasher.combine(key.1)
        for index in bytes.indices { hasher.combine(bytes[index]) }
        return hasher.finalize()
    }

    /// Device and counter of a key serial number: the last 21 bits of 10 bytes (TDES), the last 32
    /// of 12 (AES). Source: ANSI X9.24-1:2009 and X9.24-3:2017, key serial number.
    private func counter(
        _ serial: Span<UInt8>, _ form: EncryptedBlock.Form
    ) -> Counter? {
        var bytes: [UInt8] = []
        if form == .typed {
            var digits = serial.indices.map { serial[$0] }
            guard digits.count.isMultiple(of: 2) else { return nil }
            while let low = digits.popLast(), let high = digits.popLast() {
                guard let one = Self.value(high), let two = Self.value(low) else { return nil }
                bytes.insert(one << 4 | two, at: 0)
            }
        } else {
            bytes = serial.indices.map { serial[$0] }
        }
        guard bytes.count == 10 || bytes.count == 12 else { return nil }
        let mask: UInt32 = bytes.count == 10 ? 0x1F_FFFF : .max
        let tail = bytes.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        var device = Hasher()
        device.combine(key.0)
        device.combine(bytes.dropLast(4))
        device.combine(tail & ~mask)
        return Counter(device: device.finalize(), value: tail & mask)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        Character(UnicodeScalar(digit)).hexDigitValue.map(UInt8.init)
    }
}
