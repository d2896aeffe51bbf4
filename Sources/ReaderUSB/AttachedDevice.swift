internal import Readers
internal import Timeline

/// A device of the catalogue that is plugged in, as the watch's thread knows it.
internal struct AttachedDevice {
    let device: USBDevice
    var name: USBDeviceName
    var use = Use.idle
    var backoff = Backoff()
    /// When the next try is due; `nil` when nothing is to be tried.
    var dueAt: Moment?
    /// The fault that was told last: each is told once.
    var told: USBFault?

    /// What is done with it.
    enum Use {
        /// Nothing; it may be opened when somebody wants it.
        case idle
        /// It is read.
        case open(OpenReader)
        /// Its transfers are back after a fault; they are sent off again when due.
        case resting(OpenReader)
        /// It will never be used.
        case refused
    }

    /// The open reader, whatever its state.
    var open: OpenReader? {
        switch use {
        case .open(let open), .resting(let open): open
        case .idle, .refused: nil
        }
    }
}

/// A device at work for a reader.
internal struct OpenReader {
    let connection: USBConnection
    let reader: USBReader
    let key: USBReaderKey
    let claim: Claim
}

/// A handle with its interface claimed, given back on every way out.
internal struct Claim {
    let handle: USBHandle
    let interface: ReaderInterface
    /// True when the kernel's driver was on it.
    let hadKernelDriver: Bool
    /// True when auto-detach failed and the driver was taken off by hand.
    let mustAttach: Bool

    /// Takes the interface from the kernel's driver. Auto-detach does it in one step; where the
    /// system does not know it, the driver is taken off by hand.
    init(_ handle: USBHandle, _ interface: ReaderInterface) throws(USBFault) {
        self.handle = handle
        self.interface = interface
        hadKernelDriver = Calls.hasKernelDriver(handle, interface.number)
        // It would give the interface to a driver that never had it.
        _ = Calls.setAutoDetach(handle, hadKernelDriver)
        let code = Calls.claim(handle, interface.number)
        if code.isSuccess {
            mustAttach = false
            return
        }
        if let fault = Self.fault(of: code) { throw fault }
        _ = Calls.setAutoDetach(handle, false)
        let detached = hadKernelDriver ? Calls.detach(handle, interface.number) : code
        let second = Calls.claim(handle, interface.number)
        mustAttach = hadKernelDriver && detached.isSuccess
        guard second.isSuccess else {
            if mustAttach { _ = Calls.attach(handle, interface.number) }
            throw Self.fault(of: second)
                ?? (hadKernelDriver ? .kernelDriverStays(second) : .noAnswer(.claim, second))
        }
    }

    /// What needs no second try by hand.
    private static func fault(of code: USBCode) -> USBFault? {
        switch code {
        case .busy: .heldByAnotherProgram
        case .noDevice: .gone
        case .access: .noRights
        case .invalidParameter, .notFound: .notConfigured
        default: nil
        }
    }

    /// Gives the interface back, to the kernel's driver if it had it.
    func release() {
        _ = Calls.release(handle, interface.number)
        if mustAttach { _ = Calls.attach(handle, interface.number) }
    }
}
