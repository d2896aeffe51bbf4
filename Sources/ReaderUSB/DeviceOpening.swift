internal import Readers

/// A device on its way to be read: open, then claimed, then known.
internal struct DeviceOpening {
    private let handle: USBHandle
    private let interface: ReaderInterface
    /// The device's name with its serial number.
    let name: USBDeviceName

    /// A device whose interface is claimed and whose descriptor is read.
    struct Claimed {
        let claim: Claim
        let reportDescriptor: [UInt8]
        let device: HIDDevice
        let profile: ReaderProfile
    }

    /// Opens a device that has an interface to read from.
    init(_ device: USBDevice, name: USBDeviceName) throws(USBFault) {
        let interfaces = try Calls.interfaces(of: device).get()
        do throws(USBRefusal) {
            interface = try ReaderInterface(in: interfaces)
        } catch { throw .refused(error) }
        do throws(USBCode) {
            handle = try Calls.open(device).get()
        } catch {
            throw Self.fault(of: error, at: .open)
        }
        var name = name
        name.serial = Calls.ids(of: device).flatMap { [handle] in
            Calls.string(handle, index: $0.serialIndex)
        }
        self.name = name
    }

    /// Takes the interface and reads what it is.
    func claim() throws(USBFault) -> Claimed {
        let claim = try Claim(handle, interface)
        do throws(USBFault) {
            let descriptor = try reportDescriptor()
            let device = try describe(descriptor)
            let profile = try profile(of: device)
            Calls.setIdle(handle, interface.number)
            return Claimed(
                claim: claim, reportDescriptor: descriptor, device: device, profile: profile)
        } catch {
            claim.release()
            throw error
        }
    }

    /// Who has an interface.
    enum Holder: Equatable {
        case nobody
        case kernelDriver
    }

    /// Who has the interface, found without taking it from the kernel's driver.
    /// - Throws: ``USBFault/heldByAnotherProgram`` and what else keeps it from being taken.
    func holder() throws(USBFault) -> Holder {
        guard !Calls.hasKernelDriver(handle, interface.number) else { return .kernelDriver }
        try Claim(handle, interface).release()
        return .nobody
    }

    /// Closes the device; a claim must be given back before.
    func close() { Calls.close(handle) }

    private func reportDescriptor() throws(USBFault) -> [UInt8] {
        do throws(USBCode) {
            return try Calls.reportDescriptor(
                handle, interface.number, bytes: interface.reportDescriptorBytes
            ).get()
        } catch {
            throw Self.fault(of: error, at: .readDescriptor)
        }
    }

    private func describe(_ bytes: [UInt8]) throws(USBFault) -> HIDDevice {
        do throws(HIDDescriptorFault) {
            return HIDDevice(
                vendorID: name.vendorID, productID: name.productID,
                reports: try HIDReportDescriptor(parsing: bytes))
        } catch { throw .refused(.descriptor(error)) }
    }

    /// The row of exactly these ids: a keyboard that is no known reader is never taken.
    private func profile(of device: HIDDevice) throws(USBFault) -> ReaderProfile {
        do throws(ReaderFault) {
            let profile = try ReaderCatalogue.profile(for: device)
            if profile.vendorID == device.vendorID, profile.productID == device.productID {
                return profile
            }
        } catch .notSupported(let reason) {
            throw .refused(.notSupported(reason))
        } catch {}
        throw .refused(.wrongMode)
    }

    private static func fault(of code: USBCode, at step: USBFault.Step) -> USBFault {
        switch code {
        case .access: .noRights
        case .noDevice: .gone
        default: .noAnswer(step, code)
        }
    }
}
