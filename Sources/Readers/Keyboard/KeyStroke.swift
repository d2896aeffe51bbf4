/// The key that types a character on the US map.
public struct KeyStroke: Equatable, Sendable {
    /// The modifiers: the left shift or none.
    public let modifiers: UInt8
    /// The key's usage code.
    public let usage: UInt8

    /// The key of a character; `nil` when no key types it.
    public init?(typing character: UInt8) {
        for isShifted in [false, true] {
            for usage in UInt8(0x04)...0x38
            where KeyMap.character(usage: usage, isShifted: isShifted) == character {
                modifiers = isShifted ? 0x02 : 0
                self.usage = usage
                return
            }
        }
        return nil
    }

    /// The report of the pressed key. Source: USB HID 1.11, appendix B.1.
    public var report: InlineArray<8, UInt8> { [modifiers, 0, usage, 0, 0, 0, 0, 0] }
    /// The report of no key.
    public static let released: InlineArray<8, UInt8> = [0, 0, 0, 0, 0, 0, 0, 0]
}
