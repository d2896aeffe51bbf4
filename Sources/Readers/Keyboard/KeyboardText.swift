internal import Secrets
internal import Tracks
internal import Values

/// The text that a reader typed: clear tracks between sentinels.
internal enum KeyboardText {
    static func decode(_ bytes: inout SecretBytes) -> SwipeContent {
        SwipeContent(CardTracks.read(&bytes))
    }
}
