internal import Dispatch
internal import Foundation
internal import Readers
public import Secrets
internal import Synchronization
public import Timeline

/// Watches the machine's USB for readers, opens those that are wanted, and brings them back from
/// whatever happens to them.
///
/// One thread of libusb only gathers; a second, the watch's, opens, closes and retries. Neither
/// wakes up while nothing happens.
public final class USBReaders: Sendable {
    private let mailbox: Mailbox<WatchMessage>
    private let context: USBContext
    private let time: any TimeSource
    private let ended = DispatchSemaphore(value: 0)
    private let isStopped = Mutex(false)
    /// Left when everything is given back.
    private let work = DispatchGroup()

    /// Starts the watch.
    /// - Parameters:
    ///   - acceptedSerials: the serial numbers that are let in; empty for every reader.
    ///   - time: the clock that reports are stamped with.
    ///   - observer: told of every step, in order, on the watch's thread.
    /// - Throws: ``USBFault/noUSB(_:)``
    public init(
        acceptedSerials: Set<String> = [], time: any TimeSource = SystemTime(),
        observer: @escaping @Sendable (ReaderEvent) -> Void
    ) throws(USBFault) {
        let mailbox = Mailbox<WatchMessage>(time: SystemTime())
        self.mailbox = mailbox
        self.time = time
        context = try USBContext { change in mailbox.post(.plug(change)) }
        let ended = ended
        let thread = Thread {
            Calls.nameThread("swipeline-watch")
            var watch = ReaderWatch(
                mailbox: mailbox, acceptedSerials: acceptedSerials, observer: observer)
            watch.run()
            ended.signal()
        }
        work.enter()
        thread.start()
    }

    deinit { stop() }

    /// Waits for the reader that is meant and opens it.
    /// - Parameters:
    ///   - selection: which.
    ///   - arena: where its reports lie: three blocks, more for packets over 512 bytes. Without
    ///     one the reader gets an arena of its own.
    ///   - deadline: when to give up; `nil` waits for ever.
    /// - Returns: the reader, ready to be read.
    /// - Throws: ``USBFault``: what kept the reader away at last, ``USBFault/noReader`` when there
    ///   was none.
    public func reader(
        _ selection: USBSelection = .any, arena: SecretArena? = nil, until deadline: Moment? = nil
    ) throws(USBFault) -> USBReader {
        let wish: ReaderWish
        do throws(SecretError) {
            let own = if let arena { arena } else { try SecretArena(blocks: 4) }
            wish = ReaderWish(selection, arena: own, time: time)
        } catch { throw .memory(error) }
        guard post(.want(wish)) else { throw .stopped }
        if let reader = wish.wait(until: deadline) { return reader }
        guard post(.forget(wish)) else { throw .stopped }
        return try wish.outcome()
    }

    /// Lets a reader go: its reads end, the device is closed, and the kernel's driver gets it back.
    /// Returns when that is done.
    public func release(_ reader: USBReader) {
        reader.stop()
        let done = DispatchSemaphore(value: 0)
        if post(.release(reader, done)) { done.wait() }
        reader.inbox.wipe()
    }

    /// Lets every reader go and ends both threads. It returns when that is done, whoever began it.
    public func stop() {
        let wasStopped = isStopped.withLock { isStopped in
            defer { isStopped = true }
            if !isStopped { mailbox.post(.stop) }
            return isStopped
        }
        guard !wasStopped else { return work.wait() }
        ended.wait()
        context.stop()
        for case .plug(let change) in mailbox.rest() { Calls.release(change.device) }
        context.finish()
        work.leave()
    }

    /// How often the event thread has woken up: with no reader at work it does not.
    public var wakeUps: Int { context.turns.load(ordering: .relaxed) }

    /// False once the watch is stopped.
    private func post(_ message: WatchMessage) -> Bool {
        isStopped.withLock { isStopped in
            if !isStopped { mailbox.post(message) }
            return !isStopped
        }
    }
}

/// What the watch's thread is told.
internal enum WatchMessage: Sendable {
    case plug(PlugChange)
    case faulted(USBConnection, TransferFault)
    case loss(USBReaderKey, ReportInbox.Loss)
    case want(ReaderWish)
    case forget(ReaderWish)
    case release(USBReader, DispatchSemaphore)
    case stop
}

/// Tells one inbox from another before its reader is there, and where its device was last.
internal final class USBReaderKey: Sendable {
    let name: Mutex<USBDeviceName>

    init(_ name: USBDeviceName) { self.name = Mutex(name) }
}

/// Somebody waits for a reader.
internal final class ReaderWish: Sendable {
    let selection: USBSelection
    let arena: SecretArena
    let time: any TimeSource
    private let answer = Mutex<Result<USBReader, USBFault>?>(nil)
    private let answered = DispatchSemaphore(value: 0)

    init(_ selection: USBSelection, arena: SecretArena, time: any TimeSource) {
        self.selection = selection
        self.arena = arena
        self.time = time
    }

    /// The reader, or nothing by the deadline.
    func wait(until deadline: Moment?) -> USBReader? {
        if let deadline {
            let rest = Int(clamping: deadline.since(SystemTime().now()))
            guard answered.wait(timeout: .now() + .nanoseconds(rest)) == .success else {
                return nil
            }
            answered.signal()
        } else {
            answered.wait()
            answered.signal()
        }
        return try? answer.withLock { $0 }?.get()
    }

    /// Waits for the watch's last word.
    func outcome() throws(USBFault) -> USBReader {
        answered.wait()
        guard let answer = answer.withLock({ $0 }) else { throw .stopped }
        return try answer.get()
    }

    /// The watch's word.
    func fulfil(_ result: Result<USBReader, USBFault>) {
        let isFirst = answer.withLock { answer in
            defer { if answer == nil { answer = result } }
            return answer == nil
        }
        if isFirst { answered.signal() }
    }
}
