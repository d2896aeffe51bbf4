internal import Values

/// What a MagneSafe reader says of its keys with every swipe.
///
/// Source: MagTek 99875475, "Reader Encryption Status". A HID report has it high byte first, the
/// typed form low byte first (its examples).
public struct MagTekEncryptionStatus: OptionSet, Equatable, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16
    /// The status of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// All keys are used up; the reader reads no card any more.
    public static let keysExhausted = MagTekEncryptionStatus(rawValue: 0x0001)
    /// A first key was loaded.
    public static let keyInjected = MagTekEncryptionStatus(rawValue: 0x0002)
    /// The reader is set to encrypt.
    public static let encryptionEnabled = MagTekEncryptionStatus(rawValue: 0x0004)
    /// A host must prove itself before each swipe (security level 4).
    public static let authenticationRequired = MagTekEncryptionStatus(rawValue: 0x0008)
    /// No card came in time.
    public static let timedOut = MagTekEncryptionStatus(rawValue: 0x0010)
    /// As many swipes were encrypted as the reader was told to allow.
    public static let counterExpired = MagTekEncryptionStatus(rawValue: 0x0100)
    /// Tracks are encrypted under the data variant of the key, not the PIN variant.
    public static let usesDataVariant = MagTekEncryptionStatus(rawValue: 0x0800)

    /// True when tracks are encrypted; else they are sent in clear.
    public var isEncrypting: Bool { isSuperset(of: [.keyInjected, .encryptionEnabled]) }

    /// Why no swipe of this reader can be used; `nil` when its keys are in order.
    internal var fault: FrameFault? {
        if !isDisjoint(with: [.keysExhausted, .counterExpired]) { return .keysExhausted }
        return contains(.encryptionEnabled) && !contains(.keyInjected) ? .keyMissing : nil
    }
}
