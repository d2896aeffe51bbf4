internal import CLibUSB
internal import Glibc

/// Every call of libusb, one function each.
@safe internal enum Calls {}

/// A device that libusb knows; the same pointer means the same plugging in.
@safe internal struct USBDevice: Hashable, @unchecked Sendable {
    internal let pointer: OpaquePointer

    fileprivate init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    static func == (one: USBDevice, other: USBDevice) -> Bool {
        unsafe one.pointer == other.pointer
    }

    func hash(into hasher: inout Hasher) { unsafe hasher.combine(pointer) }
}

/// What of a device descriptor matters.
internal struct USBDeviceIDs {
    let vendor: UInt16
    let product: UInt16
    /// The index of the string with its serial number, 0 for none.
    let serialIndex: UInt8
}

/// A device that is open.
@safe internal struct USBHandle: @unchecked Sendable {
    internal let pointer: OpaquePointer
}

/// libusb's state.
@safe internal struct USBLibrary: @unchecked Sendable {
    internal let pointer: OpaquePointer
}

// MARK: - The library

extension Calls {
    /// The corresponding C function is `libusb_init`.
    static func start() -> Result<USBLibrary, USBFault> {
        var pointer: OpaquePointer?
        let code = unsafe libusb_init(&pointer)
        guard code == 0, let pointer = unsafe pointer else {
            return .failure(.noUSB(USBCode(rawValue: code)))
        }
        return .success(unsafe USBLibrary(pointer: pointer))
    }

    /// The corresponding C function is `libusb_exit`.
    static func stop(_ library: USBLibrary) { unsafe libusb_exit(library.pointer) }

    /// Waits for one batch of events and handles it. libusb's own default would wake up every 60
    /// seconds. The corresponding C function is `libusb_handle_events_timeout_completed`.
    static func handleEvents(_ library: USBLibrary) -> USBCode {
        var limit = timeval(tv_sec: 2_000_000, tv_usec: 0)
        return USBCode(
            rawValue: unsafe libusb_handle_events_timeout_completed(library.pointer, &limit, nil))
    }

    /// The corresponding C function is `libusb_interrupt_event_handler`.
    static func interrupt(_ library: USBLibrary) {
        unsafe libusb_interrupt_event_handler(library.pointer)
    }

    /// Tells arrivals and departures, those first that are there already. The device is kept for
    /// the receiver, who lets it go with ``release(_:)``; the context must outlive the library's
    /// events. The corresponding C function is `libusb_hotplug_register_callback`.
    static func watch(_ library: USBLibrary, for context: USBContext) -> USBCode {
        let kinds =
            LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue
            | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT.rawValue
        let code = unsafe libusb_hotplug_register_callback(
            library.pointer, Int32(kinds), Int32(LIBUSB_HOTPLUG_ENUMERATE.rawValue),
            LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
            { _, device, kind, data in
                guard let device = unsafe device, let data = unsafe data else { return 0 }
                let context = unsafe Unmanaged<USBContext>.fromOpaque(data).takeUnretainedValue()
                unsafe libusb_ref_device(device)
                let isArrival = kind == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED
                let kept = unsafe USBDevice(device)
                context.tell(isArrival ? .arrived(kept) : .left(kept))
                return 0
            }, Unmanaged.passUnretained(context).toOpaque(), nil)
        return USBCode(rawValue: code)
    }

    /// The version of the library that runs. The corresponding C function is
    /// `libusb_get_version`.
    static func version() -> String {
        guard let version = unsafe libusb_get_version() else { return "" }
        return unsafe "\(version.pointee.major).\(version.pointee.minor).\(version.pointee.micro)"
    }
}

// MARK: - Threads

extension Calls {
    /// Names the calling thread, in at most 15 bytes, for whoever looks at the process. The
    /// corresponding C function is `prctl`.
    static func nameThread(_ name: String) {
        _ = unsafe swl_name_thread(name)
    }
}

// MARK: - Devices

extension Calls {
    /// The devices that are attached, each kept for the caller. The corresponding C function is
    /// `libusb_get_device_list`.
    static func devices(_ library: USBLibrary) -> [USBDevice] {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = unsafe libusb_get_device_list(library.pointer, &list)
        guard count >= 0, let list = unsafe list else { return [] }
        var devices: [USBDevice] = []
        for index in 0..<count {
            if let pointer = unsafe list[index] { unsafe devices.append(USBDevice(pointer)) }
        }
        unsafe libusb_free_device_list(list, 0)
        return devices
    }

    /// The corresponding C function is `libusb_unref_device`.
    static func release(_ device: USBDevice) { unsafe libusb_unref_device(device.pointer) }

    /// The corresponding C function is `libusb_get_device_descriptor`.
    static func ids(of device: USBDevice) -> USBDeviceIDs? {
        var descriptor = libusb_device_descriptor()
        let code = unsafe libusb_get_device_descriptor(device.pointer, &descriptor)
        guard code == 0 else { return nil }
        return USBDeviceIDs(
            vendor: descriptor.idVendor, product: descriptor.idProduct,
            serialIndex: descriptor.iSerialNumber)
    }

    /// Bus and ports, as the kernel writes them: `1-5.2`. The corresponding C functions are
    /// `libusb_get_bus_number` and `libusb_get_port_numbers`.
    static func port(of device: USBDevice) -> String {
        let bus = unsafe libusb_get_bus_number(device.pointer)
        var ports = [UInt8](repeating: 0, count: 7)
        let count = unsafe libusb_get_port_numbers(device.pointer, &ports, 7)
        let path = ports.prefix(Int(max(0, count))).map { String($0) }.joined(separator: ".")
        return path.isEmpty ? "usb\(bus)" : "\(bus)-\(path)"
    }

    /// The corresponding C function is `libusb_open`.
    static func open(_ device: USBDevice) -> Result<USBHandle, USBCode> {
        var pointer: OpaquePointer?
        let code = unsafe libusb_open(device.pointer, &pointer)
        guard code == 0, let pointer = unsafe pointer else {
            return .failure(USBCode(rawValue: code))
        }
        return .success(unsafe USBHandle(pointer: pointer))
    }
}

extension USBCode: Error {}
