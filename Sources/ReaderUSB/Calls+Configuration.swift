internal import CLibUSB

extension Calls {
    /// The interfaces of the configuration that is set. The corresponding C function is
    /// `libusb_get_active_config_descriptor`.
    static func interfaces(of device: USBDevice) -> Result<[USBInterface], USBFault> {
        var configuration: UnsafeMutablePointer<libusb_config_descriptor>?
        let code = unsafe libusb_get_active_config_descriptor(device.pointer, &configuration)
        guard code == 0, let configuration = unsafe configuration else {
            return .failure(.notConfigured)
        }
        defer { unsafe libusb_free_config_descriptor(configuration) }
        return .success(unsafe all(of: configuration.pointee))
    }

    /// Every setting of every interface of a configuration.
    private static func all(of configuration: libusb_config_descriptor) -> [USBInterface] {
        var all: [USBInterface] = []
        for index in 0..<Int(unsafe configuration.bNumInterfaces) {
            let interface = unsafe configuration.interface[index]
            for setting in 0..<Int(unsafe max(0, interface.num_altsetting)) {
                unsafe all.append(read(interface.altsetting[setting]))
            }
        }
        return all
    }

    private static func read(_ descriptor: libusb_interface_descriptor) -> USBInterface {
        var interface = unsafe USBInterface(
            number: descriptor.bInterfaceNumber, setting: descriptor.bAlternateSetting,
            classCode: descriptor.bInterfaceClass, subclass: descriptor.bInterfaceSubClass,
            protocolCode: descriptor.bInterfaceProtocol)
        for index in 0..<Int(unsafe descriptor.bNumEndpoints) {
            let endpoint = unsafe descriptor.endpoint[index]
            interface.endpoints.append(
                unsafe USBEndpoint(
                    address: endpoint.bEndpointAddress, attributes: endpoint.bmAttributes,
                    packetBytes: Int(endpoint.wMaxPacketSize & 0x7FF)))
        }
        if let extra = unsafe descriptor.extra, unsafe descriptor.extra_length > 0 {
            interface.reportDescriptorBytes = unsafe USBInterface.reportDescriptorBytes(
                in: Span(_unsafeStart: extra, count: Int(descriptor.extra_length)))
        }
        return interface
    }
}
