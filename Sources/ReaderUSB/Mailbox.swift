internal import Dispatch
internal import Synchronization
internal import Timeline

/// Messages for one thread, in order.
internal final class Mailbox<Message: Sendable>: Sendable {
    private let messages = Mutex<[Message]>([])
    private let posted = DispatchSemaphore(value: 0)
    private let time: any TimeSource

    init(time: any TimeSource) { self.time = time }

    /// Puts a message in.
    func post(_ message: Message) {
        messages.withLock { $0.append(message) }
        posted.signal()
    }

    /// Waits for a message; `nil` when none has come until the deadline.
    func next(until deadline: Moment?) -> Message? {
        if let deadline {
            let rest = Int(clamping: deadline.since(time.now()))
            guard posted.wait(timeout: .now() + .nanoseconds(rest)) == .success else { return nil }
        } else {
            posted.wait()
        }
        return messages.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    /// The messages that nobody took.
    func rest() -> [Message] {
        messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}
