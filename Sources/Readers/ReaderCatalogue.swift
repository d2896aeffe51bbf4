/// The readers that are known, as data.
public enum ReaderCatalogue {
    /// The profile of an attached or recorded device.
    ///
    /// A keyboard that no row names may still be a reader that types: it gets the generic row.
    /// - Parameters:
    ///   - device: what its descriptors tell.
    ///   - rows: the readers to look among.
    /// - Returns: the row of the device and its mode.
    /// - Throws: ``ReaderFault``
    public static func profile(
        for device: HIDDevice, among rows: [ReaderProfile] = ReaderCatalogue.rows
    ) throws(ReaderFault) -> ReaderProfile {
        let mode: ReaderMode = device.reports.isKeyboard ? .keyboard : .hid
        let known = rows.filter {
            $0.vendorID == device.vendorID && $0.productID == device.productID
        }
        if let row = known.first(where: { $0.identity.mode == mode }) { return row }
        if mode == .keyboard {
            guard device.reports.inputReportBytes == 8 else { throw .notABootKeyboard }
            return genericKeyboard
        }
        if let reader = unsupported(device.vendorID, device.productID) {
            throw .notSupported(reader.reason)
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
            source: "ID TECH VersaKey manual, page 6", grade: .manual, reportBytes: [509],
            setup: .idTechHID),
        ReaderProfile(
            name: "ID TECH UniMag II, SecureMag, SecureHead",
            identity: ReaderIdentity(brand: "IDTECH", model: "UNIMAGII", mode: .hid),
            family: .idTech, vendorID: 0x0ACD, productID: 0x2010,
            source: "ID TECH SecureMag manual 80096504, page 25; frames computed on published "
                + "samples, where in a report they stand is inferred",
            grade: .sample, reportBytes: [509, 512], setup: .idTechHID),
        ReaderProfile(
            name: "ID TECH SecureMag, SecureHead in MagTek's structure",
            identity: ReaderIdentity(brand: "IDTECH", model: "SECUREMAG", mode: .hid),
            family: .magTek, vendorID: 0x0ACD, productID: 0x2020,
            source: "ID TECH SecureHead manual, page 24", grade: .manual, reportBytes: [337],
            setup: .idTechOtherHID),
        ReaderProfile(
            name: "ID TECH SecureMag as a keyboard",
            identity: ReaderIdentity(brand: "IDTECH", model: "SECUREMAG", mode: .keyboard),
            family: .keyboard, vendorID: 0x0ACD, productID: 0x2030,
            source: "ID TECH SecureMag manual 80096504, page 25; typed frames computed on "
                + "published samples",
            grade: .sample, setup: .idTechKeyboard),
        // The model goes to the gateway with an encrypted block only, which SureSwipe never types.
        ReaderProfile(
            name: "MagTek SureSwipe or MagneSafe V5 as a keyboard",
            identity: ReaderIdentity(brand: "MAGTEK", model: "MAGNESAFEV5", mode: .keyboard),
            family: .keyboard, vendorID: 0x0801, productID: 0x0001,
            source: "MagTek 99875475, \"USB Communications\"; 99875206", grade: .manual,
            mayTypeMaskedTracks: true, setup: .magTekKeyboard),
        ReaderProfile(
            name: "MagTek SureSwipe",
            identity: ReaderIdentity(brand: "MAGTEK", model: "SURESWIPE", mode: .hid),
            family: .magTek, vendorID: 0x0801, productID: 0x0002,
            source: "MagTek 99875191", grade: .manual, reportBytes: [337], setup: .magTekHID),
        ReaderProfile(
            name: "MagTek Dynamag and other MagneSafe V5",
            identity: ReaderIdentity(brand: "MAGTEK", model: "MAGNESAFEV5", mode: .hid),
            family: .magTek, vendorID: 0x0801, productID: 0x0011,
            source: "MagTek 99875475, \"USB Communications\" and its examples", grade: .sample,
            reportBytes: [856, 887], setup: .magTekHID),
        ReaderProfile(
            name: "MSR90",
            identity: ReaderIdentity(brand: "GENERIC", model: "MSR90", mode: .keyboard),
            family: .keyboard, vendorID: 0xC216, productID: 0x0180,
            source: "usb.ids (Card Device Expert); programs of others find it by these ids",
            grade: .thirdParty),
        // Others have met an iButton reader with these ids: what it types is no swipe and dropped.
        ReaderProfile(
            name: "MSR90 (other make)",
            identity: ReaderIdentity(brand: "GENERIC", model: "MSR90", mode: .keyboard),
            family: .keyboard, vendorID: 0xC216, productID: 0x0101,
            source: "README of hiroakis' MSR90 program", grade: .thirdParty),
        ReaderProfile(
            name: "HP USB magnetic stripe reader (IDRA-334133-HP)",
            identity: ReaderIdentity(brand: "IDTECH", model: "MINIMAG", mode: .hid),
            family: .idTech, vendorID: 0x03F0, productID: 0x2724,
            source: "usb.ids; that it speaks as ID TECH's MiniMag is inferred from its name",
            grade: .inference, reportBytes: [509], setup: .idTechHID),
        ReaderProfile(
            name: "HP USB magnetic stripe reader (IDRA-334133-HP) as a keyboard",
            identity: ReaderIdentity(brand: "IDTECH", model: "MINIMAG", mode: .keyboard),
            family: .keyboard, vendorID: 0x03F0, productID: 0x2724,
            source: "usb.ids; that it speaks as ID TECH's MiniMag is inferred from its name",
            grade: .inference, setup: .idTechKeyboard),
        ReaderProfile(
            name: "HP mini MSR as a keyboard",
            identity: ReaderIdentity(brand: "GENERIC", model: "HPMINIMSR", mode: .keyboard),
            family: .keyboard, vendorID: 0x03F0, productID: 0x1539,
            source: "usb.ids", grade: .inference),
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
    /// The reader is known and cannot be read.
    case notSupported(UnsupportedReader.Reason)
}

extension ReaderFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .unknownDevice:
            "the device is no reader that is known; docs/readers.md lists those that are"
        case .unknownMode:
            "the reader is in a mode that is not known; set it to HID or keyboard mode"
        case .notSupported(let reason): "the reader is known and not supported: \(reason)"
        case .notABootKeyboard: "the keyboard does not send 8-byte boot reports"
        }
    }
}
