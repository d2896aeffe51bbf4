public import Readers

/// A device as it stands, without being taken from whoever has it.
public struct USBFinding: Equatable, Sendable {
    /// Which.
    public let name: USBDeviceName
    /// Its row of the catalogue in the mode that its interface shows; `nil` when there is none.
    public let profile: ReaderProfile?
    /// True when the kernel's driver is on it; it is taken off while the reader is read.
    public let hasKernelDriver: Bool
    /// What keeps it from being read; `nil` when nothing does.
    public let fault: USBFault?
}

/// Looks at the readers that are attached, once.
public enum USBSurvey {
    /// The version of libusb that runs.
    public static var libraryVersion: String { Calls.version() }

    /// Every device that is a reader or whose maker makes readers.
    /// - Throws: ``USBFault/noUSB(_:)``
    public static func findings() throws(USBFault) -> [USBFinding] {
        let library = try Calls.start().get()
        defer { Calls.stop(library) }
        let devices = Calls.devices(library)
        // A machine with USB has at least the hubs at its roots.
        guard !devices.isEmpty else { throw .noUSB(.notFound) }
        var findings: [USBFinding] = []
        for device in devices {
            if let finding = look(at: device) { findings.append(finding) }
            Calls.release(device)
        }
        return findings
    }

    private static func look(at device: USBDevice) -> USBFinding? {
        guard let name = name(of: device) else { return nil }
        switch Standing(of: name) {
        case .stranger: return nil
        case .refused(let refusal):
            return USBFinding(
                name: name, profile: nil, hasKernelDriver: false, fault: .refused(refusal))
        case .known: return lookInside(device, name)
        }
    }

    private static func name(of device: USBDevice) -> USBDeviceName? {
        Calls.ids(of: device).map {
            USBDeviceName(
                port: Calls.port(of: device), vendorID: $0.vendor, productID: $0.product)
        }
    }

    private static func lookInside(_ device: USBDevice, _ name: USBDeviceName) -> USBFinding {
        var profile: ReaderProfile?
        do throws(USBFault) {
            let mode = try mode(in: try Calls.interfaces(of: device).get())
            profile = ReaderCatalogue.rows.first {
                $0.vendorID == name.vendorID && $0.productID == name.productID
                    && $0.identity.mode == mode
            }
            guard profile != nil else { throw .refused(.wrongMode) }
            let opening = try DeviceOpening(device, name: name)
            defer { opening.close() }
            return try USBFinding(
                name: opening.name, profile: profile,
                hasKernelDriver: opening.holder() == .kernelDriver, fault: nil)
        } catch {
            return USBFinding(name: name, profile: profile, hasKernelDriver: false, fault: error)
        }
    }

    /// The mode by the interface's protocol, of a device that is nothing but one reader.
    /// Source: USB HID 1.11, section 4.3.
    private static func mode(in interfaces: [USBInterface]) throws(USBFault) -> ReaderMode {
        do { _ = try ReaderInterface(in: interfaces) } catch { throw .refused(error) }
        let isKeyboard = interfaces.contains { $0.isHID && $0.protocolCode == 1 }
        return isKeyboard ? .keyboard : .hid
    }
}
