internal import CHygiene
internal import Foundation

/// How often canaries were found, by form.
public struct Tally: Equatable, Sendable {
    private(set) var counts = [UInt64](repeating: 0, count: CanaryForm.allCases.count)

    /// Of one form.
    public subscript(form: CanaryForm) -> UInt64 { counts[form.rawValue] }

    /// Of all forms.
    public var total: UInt64 { counts.reduce(0, +) }

    mutating func add(_ other: Tally) {
        for form in counts.indices { counts[form] += other.counts[form] }
    }

    mutating func withCounts(_ body: (inout MutableSpan<UInt64>) -> Void) {
        var span = counts.mutableSpan
        body(&span)
    }
}

/// Looks for all forms of many numbers in one pass.
@safe public final class CanarySearch: Sendable {
    nonisolated(unsafe) private let search: OpaquePointer

    /// A search for these numbers, and for texts as they stand, which count as plain ones.
    public init(
        _ canaries: [Canary], forms: [CanaryForm] = CanaryForm.allCases, texts: [String] = []
    ) {
        let room = canaries.count * (CanaryForm.allCases.count + 1) + texts.count
        guard let search = unsafe swl_search_new(max(1, room)) else {
            preconditionFailure("no memory for a search")
        }
        unsafe self.search = search
        for form in forms {
            for needle in canaries.flatMap(form.needles) { add(needle, form) }
        }
        for text in texts { add(Array(text.utf8), .plain) }
    }

    private func add(_ needle: [UInt8], _ form: CanaryForm) {
        let code = unsafe swl_search_add(search, needle, needle.count, Int32(form.rawValue))
        precondition(code == 0, "every form makes a needle of a fitting length")
    }

    deinit { unsafe swl_search_free(search) }

    /// Counts what begins in the first `starts` bytes (in all of them, when it is not said).
    public func tally(_ bytes: Span<UInt8>, starts: Int? = nil) -> Tally {
        var tally = Tally()
        tally.withCounts { counts in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe counts.withUnsafeMutableBufferPointer { counts in
                    unsafe swl_search_run(
                        search, bytes.baseAddress, bytes.count, starts ?? bytes.count,
                        counts.baseAddress)
                }
            }
        }
        return tally
    }

    /// The same over an array.
    public func tally(_ bytes: [UInt8]) -> Tally { tally(bytes.span) }

    /// The same over a file.
    func tally(_ data: Data) -> Tally { tally(data.span) }
}
