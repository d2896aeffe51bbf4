internal import Foundation
internal import HotPath
internal import ReaderUSB
internal import Readers
internal import Recordings
internal import Secrets
internal import Timeline

/// The attached reader of one command. It is given back to the system when the command ends, and
/// when it is interrupted.
internal final class AttachedReader {
    let reader: USBReader
    private let readers: USBReaders
    private let signals: [any DispatchSourceSignal]

    /// Waits for the reader that is meant.
    /// - Throws: ``Failure`` with exit code 5.
    init(_ options: ReaderOptions) throws {
        do {
            readers = try USBReaders(acceptedSerials: Set(options.accept)) { event in
                Terminal.tell(Terminal.paint(EventWords(event).text, .grey))
            }
        } catch { throw Failure(error.description, .unreachable) }
        signals = Self.onInterrupt { [readers] in readers.stop() }
        do {
            let end = SystemTime().now().adding(milliseconds: options.wait * 1000)
            reader = try readers.reader(options.selection, until: end)
        } catch {
            readers.stop()
            throw Failure(Self.reason(error).description, .unreachable)
        }
    }

    /// Calls `body` in place of the end that an interrupt or a request to end would bring: the
    /// kernel's driver would not get the reader back.
    private static func onInterrupt(
        _ body: @escaping @Sendable () -> Void
    ) -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            let isWatched = DispatchSemaphore(value: 0)
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: body)
            source.setRegistrationHandler { isWatched.signal() }
            source.resume()
            isWatched.wait()
            return source
        }
    }

    /// Why there is no reader, as exactly as can be found out.
    private static func reason(_ fault: USBFault) -> USBFault {
        guard fault == .noReader else { return fault }
        do throws(USBFault) {
            return try USBSurvey.findings().compactMap(\.fault).first ?? fault
        } catch { return error }
    }

    /// The device as a recording describes it.
    var description: RecordedDevice {
        RecordedDevice(
            descriptor: reader.reportDescriptor, name: reader.profile.name,
            ids: RecordedDevice.IDs(
                vendor: reader.device.vendorID, product: reader.device.productID))
    }

    /// Ends the wait for a card, as an interrupt would; a payment that is being sent goes on.
    func stop(afterSeconds seconds: Int) {
        let reader = reader
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(max(1, seconds))) {
            reader.stop()
        }
    }

    /// Gives the reader back.
    func close() {
        signals.forEach { $0.cancel() }
        readers.stop()
    }

    /// Gives every swipe to `body` until it says that it wants no more, or the command is
    /// interrupted.
    func eachSwipe(
        arena: SecretArena, _ body: (consuming GatheredSwipe) throws -> Bool
    ) throws {
        let handOff = SwipeHandOff()
        let thread = ReaderThread(reader, to: handOff, time: SystemTime())
        try thread.start(profile: reader.profile, arena: arena)
        defer {
            reader.stop()
            handOff.close()
            thread.join()
        }
        repeat {
            handOff.want()
            guard let gathered = handOff.take() else { return }
            guard try body(gathered) else { return }
        } while true
    }
}
