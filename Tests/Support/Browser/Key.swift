/// A key of the keyboard. Source: WebDriver, "Keyboard actions".
public struct Key: Equatable, Sendable {
    let value: String

    /// The key of the main block, not that of the number pad.
    public static let enter = Key(value: "\u{E007}")
    /// Escape.
    public static let escape = Key(value: "\u{E00C}")
    /// To the next stop.
    public static let tab = Key(value: "\u{E004}")
    /// Takes back the last character.
    public static let backspace = Key(value: "\u{E003}")
    /// Arrow down.
    public static let down = Key(value: "\u{E015}")
    /// To the beginning.
    public static let home = Key(value: "\u{E011}")
}
