internal import Secrets
internal import Tracks
internal import Values

/// The ID TECH HID input report: decode status, lengths, encode type, total length, output.
///
/// Source: ID TECH VersaKey manual, SecureMag manual (HID report layout).
internal enum IDTechReport {
    static func decode(_ bytes: inout SecretBytes) -> SwipeContent {
        .bad(.frame(.reportTooShort))
    }
}
