public import Readers
public import Secrets
internal import Timeline

/// Swipes of published test cards, as a typing reader gathers them.
public enum TestCard: Sendable {
    /// Approved at every amount.
    case visa
    /// Another one that is approved at every amount.
    case masterCard
    /// Declined at 0.20.
    case declining
    /// A swipe that nobody can read.
    case unreadable

    /// What the reader typed.
    private var text: String {
        switch self {
        case .visa: "%B4012881888818888^TEST/CARD^49121010000000000000?"
        case .masterCard: "%B5454545454545454^TEST/CARD^49121010000000000000?"
        case .declining: "%B5454545454545454^TEST/CARD^49121010000000000000?"
        case .unreadable: "%E?;E?"
        }
    }

    /// The swipe.
    /// - Throws: `SecretError` when the arena is full.
    public func swipe(in arena: SecretArena) throws -> GatheredSwipe {
        try Self.swipe(Array(text.utf8), ReaderCatalogue.genericKeyboard, in: arena)
    }

    /// A swipe of these bytes.
    /// - Throws: `SecretError` when the arena is full.
    public static func swipe(
        _ bytes: [UInt8], _ profile: ReaderProfile, in arena: SecretArena
    ) throws -> GatheredSwipe {
        var room = try arena.take(capacity: 4096)
        for byte in bytes { try room.append(byte) }
        return GatheredSwipe(
            profile: profile, lastReportAt: Moment(nanoseconds: 0), ending: .whole, bytes: room)
    }
}
