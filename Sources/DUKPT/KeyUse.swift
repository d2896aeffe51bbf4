/// What a key that is derived for one transaction may be used for, seen from the reader.
public enum KeyUse: Equatable, Sendable, CaseIterable {
    /// PIN blocks; MagTek's readers encrypt tracks with it too.
    case pin
    /// The MAC of what the reader sends.
    case macRequest
    /// The MAC of what the host answers.
    case macResponse
    /// Data that the reader sends, ID TECH's tracks among them.
    case dataRequest
    /// Data that the host answers.
    case dataResponse

    /// The constant of each half of the key. Source: ANSI X9.24-1:2009, annex A.4.1.
    internal var variant: UInt64 {
        switch self {
        case .pin: 0x0000_0000_0000_00FF
        case .macRequest: 0x0000_0000_0000_FF00
        case .macResponse: 0x0000_0000_FF00_0000
        case .dataRequest: 0x0000_0000_00FF_0000
        case .dataResponse: 0x0000_00FF_0000_0000
        }
    }

    /// True when the variant is encrypted under itself before it is used.
    /// Source: ANSI X9.24-1:2009, annex A.4.1.
    internal var isOneWay: Bool { self == .dataRequest || self == .dataResponse }

    /// The key usage indicator. Source: ANSI X9.24-3:2017, 6.3.2.
    internal var indicator: UInt16 {
        switch self {
        case .pin: 0x1000
        case .macRequest: 0x2000
        case .macResponse: 0x2001
        case .dataRequest: 0x3000
        case .dataResponse: 0x3001
        }
    }
}
