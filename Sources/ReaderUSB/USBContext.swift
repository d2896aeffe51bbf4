internal import Dispatch
internal import Foundation
internal import Synchronization

/// A device came or went. Whoever gets it lets the device go.
internal enum PlugChange: Sendable {
    case arrived(USBDevice)
    case left(USBDevice)

    var device: USBDevice {
        switch self {
        case .arrived(let device), .left(let device): device
        }
    }
}

/// libusb with its event thread, which only gathers: packets into inboxes, changes of plugs to
/// whoever watches.
internal final class USBContext: Sendable {
    let library: USBLibrary
    private let onChange: @Sendable (PlugChange) -> Void
    private let isStopped = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)
    /// How often the event thread woke up.
    let turns = Atomic(0)

    /// Starts libusb and its event thread; the devices that are there are told at once.
    /// - Throws: ``USBFault/noUSB(_:)``
    init(onChange: @escaping @Sendable (PlugChange) -> Void) throws(USBFault) {
        library = try Calls.start().get()
        self.onChange = onChange
        let code = Calls.watch(library, for: self)
        guard code.isSuccess else {
            Calls.stop(library)
            throw .noUSB(code)
        }
        let thread = Thread { [self] in
            Calls.nameThread("swipeline-usb")
            while !isStopped.load(ordering: .acquiring) {
                _ = Calls.handleEvents(library)
                turns.add(1, ordering: .relaxed)
            }
            ended.signal()
        }
        thread.start()
    }

    func tell(_ change: PlugChange) { onChange(change) }

    /// Ends the event thread. No handle may be open any more; the library is ended by
    /// ``finish()``, when no device is kept any more.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        Calls.interrupt(library)
        ended.wait()
    }

    /// Ends the library.
    func finish() { Calls.stop(library) }
}
