/// A reader as the gateway and the cashier are told of it.
public struct ReaderIdentity: Equatable, Hashable, Sendable {
    /// The brand in capitals, as the gateway's `swiper_brand` wants it.
    public let brand: String
    /// The model in capitals, as the gateway's `swiper_model` wants it.
    public let model: String
    /// How it speaks.
    public let mode: ReaderMode

    /// A reader.
    public init(brand: String, model: String, mode: ReaderMode) {
        self.brand = brand
        self.model = model
        self.mode = mode
    }
}

/// How a reader speaks.
public enum ReaderMode: String, Equatable, Hashable, Sendable, CaseIterable {
    /// It types, in 8-byte boot keyboard reports.
    case keyboard
    /// It sends HID reports of its own layout.
    case hid
}

/// The layouts that we can read; each has a folder.
public enum ReaderFamily: String, Equatable, Sendable, CaseIterable {
    case keyboard
    case idTech
    case magTek
}

/// How sure a fact about a reader is.
public enum EvidenceGrade: String, Equatable, Sendable, CaseIterable {
    /// Computed on a public sample.
    case sample
    /// Read in the maker's manual.
    case manual
    /// Open-source code or a third party's page.
    case thirdParty
    /// Inference, to be tested on a device.
    case inference
}

/// One row of the catalogue: a reader in one of its modes.
public struct ReaderProfile: Equatable, Sendable {
    /// What people call it.
    public let name: String
    /// Who it is to the gateway.
    public let identity: ReaderIdentity
    /// The layout of its reports.
    public let family: ReaderFamily
    /// The USB vendor id.
    public let vendorID: UInt16
    /// The USB product id.
    public let productID: UInt16
    /// Where the facts of this row come from.
    public let source: String
    /// How sure they are.
    public let grade: EvidenceGrade
    /// True when it can be set to type masked tracks that look like clear ones: its text must be
    /// whole before its tracks are believed.
    public var mayTypeMaskedTracks = false
    /// The lengths of its input reports in bytes, as its documents have them.
    public var reportBytes: [Int] = [8]
    /// How it is set up.
    public var setup = ReaderSetup.usKeyboard
}

/// What somebody has to do so that a reader can be used.
public enum ReaderSetup: String, Equatable, Sendable, CaseIterable {
    /// It types.
    case usKeyboard
    /// An ID TECH reader that types.
    case idTechKeyboard
    /// An ID TECH reader that sends its own reports.
    case idTechHID
    /// An ID TECH reader that sends MagTek's reports.
    case idTechOtherHID
    /// A MagTek reader that types.
    case magTekKeyboard
    /// A MagTek reader that sends reports.
    case magTekHID

    /// The steps in a sentence or two.
    public var hint: String {
        switch self {
        case .usKeyboard:
            "Works as delivered. It must type on the US map, with start and end sentinels. "
                + "A preamble is dropped, and may hold no sentinel."
        case .idTechKeyboard:
            "Set the USB mode to HID keyboard (setting 23 to `8`), language US, and no preamble."
        case .idTechHID:
            "Set the USB mode to HID with ID TECH's own structure (setting 23 to `0`)."
        case .idTechOtherHID:
            "Set the USB mode to HID with MagTek's structure (setting 23 to `1`), not encrypting."
        case .magTekKeyboard:
            "Leave the field separator `|`, the CRC and one Enter at the end as delivered. Set "
                + "no text in front of the tracks, for the CRC is over it."
        case .magTekHID: "Works as delivered."
        }
    }
}
