public import Readers
public import Secrets

/// What keeps an attached reader from being used. Those that time or the user can mend are tried
/// again by themselves.
public enum USBFault: Error, Equatable, Sendable {
    /// The USB library cannot start: this machine has no USB, or shows none to this process.
    case noUSB(USBCode)
    /// No memory for card data.
    case memory(SecretError)
    /// No reader that is known and wanted is attached.
    case noReader
    /// This user may not open the device.
    case noRights
    /// Another program holds the reader.
    case heldByAnotherProgram
    /// The kernel's own driver does not let go.
    case kernelDriverStays(USBCode)
    /// The system has not configured the device yet.
    case notConfigured
    /// The device went while it was opened.
    case gone
    /// The device does not answer; which step failed.
    case noAnswer(Step, USBCode)
    /// It cannot be used, and trying again would not help.
    case refused(USBRefusal)
    /// The watch was stopped.
    case stopped

    /// A step on the way to a reader that is ready.
    public enum Step: String, Equatable, Sendable {
        case open
        case claim
        case readDescriptor
        case submit
        case clearStall
    }
}

extension USBFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .noUSB(let code):
            "this machine shows no USB (\(code)); a reader needs a machine with USB, and a "
                + "container needs /dev/bus/usb"
        case .memory(let error): error.description
        case .noReader: "no reader is attached; plug one in that docs/readers.md lists"
        case .noRights:
            "this user may not open the reader; run make install-udev, then plug it in again"
        case .heldByAnotherProgram: "another program holds the reader; end that program"
        case .kernelDriverStays(let code):
            "the kernel's driver does not let go of the reader (\(code)); plug it in again"
        case .notConfigured: "the system is still setting the reader up"
        case .gone: "the reader was unplugged; plug it in again"
        case .noAnswer(let step, let code):
            "the reader does not answer (\(step.rawValue), \(code)); plug it in again"
        case .refused(let refusal): refusal.description
        case .stopped: "the watch for readers was stopped"
        }
    }
}

/// Why a device will not be used as long as it is what it is.
public enum USBRefusal: Error, Equatable, Sendable {
    /// It has a second HID interface, which could type.
    case alsoKeyboard
    /// It is a disk too.
    case alsoStorage
    /// It is a network adapter too.
    case alsoNetwork
    /// No interface of it is a HID with an interrupt endpoint to read from.
    case noReaderInterface
    /// Its report descriptor cannot be read.
    case descriptor(HIDDescriptorFault)
    /// It is in a mode that the catalogue does not have for its ids.
    case wrongMode
    /// Its maker is known, this product is not.
    case unknownProduct
    /// It is known and cannot be read.
    case notSupported(UnsupportedReader.Reason)
    /// Its serial number is not among those that are accepted.
    case serialNotAccepted
    /// It came in the place of a reader of another model while that one was in use.
    case otherModel
}

extension USBRefusal: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .alsoKeyboard: "it has a second HID interface and could type by itself; unplug it"
        case .alsoStorage: "it is also a disk, which no reader is; unplug it"
        case .alsoNetwork: "it is also a network adapter, which no reader is; unplug it"
        case .noReaderInterface: "it has no HID interface to read swipes from"
        case .descriptor: "its report descriptor cannot be read; use another reader"
        case .wrongMode:
            "the reader is in a mode that is not known for it; set it to HID or keyboard mode "
                + "with its maker's tool"
        case .unknownProduct:
            "its maker is known, the product is not; docs/readers.md lists those that are"
        case .notSupported(let reason): "the reader is known and not supported: \(reason)"
        case .serialNotAccepted:
            "its serial number is not on the list of accepted readers; add it or use another"
        case .otherModel: "another model was in use; start again to use this one"
        }
    }
}
