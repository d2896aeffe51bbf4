/// A code of libusb: 0 or more is success. Codes that we do not know survive.
///
/// Source: libusb 1.0, `enum libusb_error`.
public struct USBCode: RawRepresentable, Equatable, Hashable, Sendable {
    /// The number.
    public let rawValue: Int32
    /// The code of this number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Input or output failed.
    public static let inputOutput = USBCode(rawValue: -1)
    /// A parameter was refused; a device that is not configured yet answers so too.
    public static let invalidParameter = USBCode(rawValue: -2)
    /// This user may not.
    public static let access = USBCode(rawValue: -3)
    /// The device is gone.
    public static let noDevice = USBCode(rawValue: -4)
    /// There is no such thing.
    public static let notFound = USBCode(rawValue: -5)
    /// Somebody else has it.
    public static let busy = USBCode(rawValue: -6)
    /// It took too long.
    public static let timedOut = USBCode(rawValue: -7)
    /// The endpoint is halted, or the request is not known.
    public static let pipe = USBCode(rawValue: -9)
    /// There is no memory.
    public static let noMemory = USBCode(rawValue: -11)
    /// The system cannot do this.
    public static let notSupported = USBCode(rawValue: -12)
    /// Anything else.
    public static let other = USBCode(rawValue: -99)

    internal var isSuccess: Bool { rawValue >= 0 }
}

extension USBCode: CustomStringConvertible {
    /// The number.
    public var description: String { "libusb \(rawValue)" }
}
