public import Secrets
public import Values

/// What must hold of every input, beyond that nothing traps.
public enum Oracle {
    /// Memory for card data, taken once: a fuzzer makes millions of swipes in it.
    nonisolated(unsafe) public static let arena: SecretArena = {
        do { return try SecretArena(blocks: 32) } catch { fail("no locked memory: \(error)") }
    }()

    /// Ends the run: libFuzzer keeps the input. The message never holds any of it.
    public static func fail(_ message: String) -> Never {
        preconditionFailure(message)
    }

    /// A range of a result lies within its input.
    public static func inside(_ range: ByteRange?, _ count: Int) {
        guard let range else { return }
        if range.end > count { fail("a range runs over its input") }
    }

    /// Every so manieth error is put into words: that is what takes a fuzzer's time.
    nonisolated(unsafe) private static var errors: UInt = 0

    /// A text that people see has no run of digits that could be a card number.
    public static func tells(_ words: @autoclosure () -> String) {
        errors &+= 1
        guard errors % 64 == 0 else { return }
        let text = words()
        var run = 0
        for byte in text.utf8 {
            run = (0x30...0x39).contains(byte) ? run + 1 : 0
            if run >= 12 { fail("an error has a card number in it") }
        }
    }

    /// Runs `body` over the input in locked memory, as the product holds it.
    public static func withSecret(
        _ data: UnsafePointer<UInt8>, _ count: Int, capacity: Int,
        _ body: (inout SecretBytes) -> Void
    ) {
        do {
            var bytes = try arena.take(capacity: capacity)
            try bytes.append(Span(_unsafeStart: data, count: min(count, bytes.capacity)))
            body(&bytes)
        } catch { fail("the arena is full: a secret was not given back") }
    }
}
