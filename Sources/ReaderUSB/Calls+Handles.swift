internal import CLibUSB
internal import Values

/// Calls on a device that is open.
extension Calls {
    /// How long a device may take to answer a control request, in milliseconds.
    private static let controlMilliseconds: UInt32 = 1000

    /// The corresponding C function is `libusb_close`.
    static func close(_ handle: USBHandle) { unsafe libusb_close(handle.pointer) }

    /// The corresponding C function is `libusb_set_auto_detach_kernel_driver`.
    static func setAutoDetach(_ handle: USBHandle, _ isOn: Bool) -> USBCode {
        USBCode(
            rawValue: unsafe libusb_set_auto_detach_kernel_driver(handle.pointer, isOn ? 1 : 0))
    }

    /// The corresponding C function is `libusb_kernel_driver_active`.
    static func hasKernelDriver(_ handle: USBHandle, _ interface: UInt8) -> Bool {
        unsafe libusb_kernel_driver_active(handle.pointer, Int32(interface)) == 1
    }

    /// The corresponding C function is `libusb_detach_kernel_driver`.
    static func detach(_ handle: USBHandle, _ interface: UInt8) -> USBCode {
        USBCode(rawValue: unsafe libusb_detach_kernel_driver(handle.pointer, Int32(interface)))
    }

    /// The corresponding C function is `libusb_attach_kernel_driver`.
    static func attach(_ handle: USBHandle, _ interface: UInt8) -> USBCode {
        USBCode(rawValue: unsafe libusb_attach_kernel_driver(handle.pointer, Int32(interface)))
    }

    /// The corresponding C function is `libusb_claim_interface`.
    static func claim(_ handle: USBHandle, _ interface: UInt8) -> USBCode {
        USBCode(rawValue: unsafe libusb_claim_interface(handle.pointer, Int32(interface)))
    }

    /// The corresponding C function is `libusb_release_interface`.
    static func release(_ handle: USBHandle, _ interface: UInt8) -> USBCode {
        USBCode(rawValue: unsafe libusb_release_interface(handle.pointer, Int32(interface)))
    }

    /// The corresponding C function is `libusb_clear_halt`.
    static func clearStall(_ handle: USBHandle, endpoint: UInt8) -> USBCode {
        USBCode(rawValue: unsafe libusb_clear_halt(handle.pointer, endpoint))
    }

    /// A string of the device: visible ASCII of at most 64 characters, or nothing. The
    /// corresponding C function is `libusb_get_string_descriptor_ascii`.
    static func string(_ handle: USBHandle, index: UInt8) -> String? {
        guard index != 0 else { return nil }
        var text = [UInt8](repeating: 0, count: Limits.deviceTextBytesMaximum)
        let count = unsafe libusb_get_string_descriptor_ascii(
            handle.pointer, index, &text, Int32(text.count))
        let visible = text.prefix(Int(max(0, count))).filter { (0x21...0x7E).contains($0) }
        return visible.isEmpty ? nil : String(decoding: visible, as: UTF8.self)
    }

    /// The report descriptor of an interface. Source: USB HID 1.11, section 7.1.1. The
    /// corresponding C function is `libusb_control_transfer`.
    static func reportDescriptor(
        _ handle: USBHandle, _ interface: UInt8, bytes: Int
    ) -> Result<[UInt8], USBCode> {
        var descriptor = [UInt8](repeating: 0, count: bytes)
        let count = unsafe libusb_control_transfer(
            handle.pointer, 0x81, 0x06, 0x2200, UInt16(interface), &descriptor, UInt16(bytes),
            controlMilliseconds)
        guard count >= 0 else { return .failure(USBCode(rawValue: count)) }
        return .success(Array(descriptor.prefix(Int(count))))
    }

    /// Asks the device to send reports only when something changed; those that cannot refuse it.
    /// Source: USB HID 1.11, section 7.2.4.
    static func setIdle(_ handle: USBHandle, _ interface: UInt8) {
        _ = unsafe libusb_control_transfer(
            handle.pointer, 0x21, 0x0A, 0, UInt16(interface), nil, 0, controlMilliseconds)
    }
}
