/// The readers that are known, as data.
public enum ReaderCatalogue {
    /// The profile of an attached or recorded device.
    ///
    /// A keyboard that no row names may still be a reader that types: it gets the generic row.
    /// - Throws: ``ReaderFault``
    public static func profile(for device: HIDDevice) throws(ReaderFault) -> ReaderProfile {
        let mode: ReaderMode = device.reports.isKeyboard ? .keyboard : .hid
        let known = rows.filter {
            $0.vendorID == device.vendorID && $0.productID == device.productID
        }
        if let row = known.first(where: { $0.identity.mode == mode }) { return row }
        if mode == .keyboard {
            guard device.reports.inputReportBytes == 8 else { throw .notABootKeyboard }
            return genericKeyboard
        }
        throw known.isEmpty ? .unknownDevice : .unknownMode
    }

    /// What the gateway is told of a reader that only types plain tracks. It needs no brand for
    /// them; which reader typed an encrypted block is not known of such a keyboard.
    public static let genericKeyboard = ReaderProfile(
        name: "keyboard reader",
        identity: ReaderIdentity(brand: "GENERIC", model: "KEYBOARD", mode: .keyboard),
        family: .keyboard, vendorID: 0, productID: 0, source: "USB HID 1.11, appendix B.1",
        grade: .manual)

    /// One row a reader and mode.
    public static let rows: [ReaderProfile] = [
        ReaderProfile(
            name: "ID TECH MiniMag II, VersaKey, MOIR",
            identity: ReaderIdentity(brand: "IDTECH", model: "MINIMAG", mode: .hid),
            family: .idTech, vendorID: 0x0ACD, productID: 0x0500,
            source: "ID TECH VersaKey manual, page 6", grade: .manual),
        ReaderProfile(
            name: "ID TECH UniMag II, SecureMag, SecureHead",
            identity: ReaderIdentity(brand: "IDTECH", model: "UNIMAGII", mode: .hid),
            family: .idTech, vendorID: 0x0ACD, productID: 0x2010,
            source: "ID TECH SecureMag manual, page 25", grade: .manual),
        ReaderProfile(
            name: "ID TECH SecureMag as a keyboard",
            identity: ReaderIdentity(brand: "IDTECH", model: "SECUREMAG", mode: .keyboard),
            family: .keyboard, vendorID: 0x0ACD, productID: 0x2030,
            source: "ID TECH SecureMag manual, page 25", grade: .manual),
        // The model goes to the gateway with an encrypted block only, which SureSwipe never types.
        ReaderProfile(
            name: "MagTek SureSwipe or MagneSafe V5 as a keyboard",
            identity: ReaderIdentity(brand: "MAGTEK", model: "MAGNESAFEV5", mode: .keyboard),
            family: .keyboard, vendorID: 0x0801, productID: 0x0001,
            source: "MagTek 99875475, \"USB Communications\"; 99875206", grade: .manual,
            mayTypeMaskedTracks: true),
        ReaderProfile(
            name: "MagTek SureSwipe",
            identity: ReaderIdentity(brand: "MAGTEK", model: "SURESWIPE", mode: .hid),
            family: .magTek, vendorID: 0x0801, productID: 0x0002,
            source: "MagTek 99875191", grade: .manual),
        ReaderProfile(
            name: "MagTek Dynamag and other MagneSafe V5",
            identity: ReaderIdentity(brand: "MAGTEK", model: "MAGNESAFEV5", mode: .hid),
            family: .magTek, vendorID: 0x0801, productID: 0x0011,
            source: "MagTek 99875475, \"USB Communications\" and its examples", grade: .sample),
        ReaderProfile(
            name: "MSR90",
            identity: ReaderIdentity(brand: "GENERIC", model: "MSR90", mode: .keyboard),
            family: .keyboard, vendorID: 0xC216, productID: 0x0180,
            source: "usb.ids", grade: .thirdParty),
    ]
}

/// Why a device cannot be used as a reader.
public enum ReaderFault: Error, Equatable, Sendable {
    /// Neither its ids nor its descriptor are a reader's that we know.
    case unknownDevice
    /// The ids are known, the mode that its descriptor shows is not.
    case unknownMode
    /// A keyboard whose reports are not the 8 bytes of a boot keyboard.
    case notABootKeyboard
}

extension ReaderFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .unknownDevice:
            "the device is no reader that is known; docs/readers.md lists those that are"
        case .unknownMode:
            "the reader is in a mode that is not known; set it to HID or keyboard mode"
        case .notABootKeyboard: "the keyboard does not send 8-byte boot reports"
        }
    }
}
