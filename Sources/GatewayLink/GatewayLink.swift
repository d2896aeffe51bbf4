internal import Glibc
internal import PayHub
public import Secrets
public import Timeline
internal import Values

/// One connection to the gateway: opened ahead, checked at the swipe, used for one request that
/// moves money and the reads after it, and never for a second try of anything.
///
/// All calls block the thread they are made on. A failure closes the link.
public struct GatewayLink: ~Copyable, @unchecked Sendable {
    // Sendable because the connection is this value's own and is never handed out.
    private let context: LinkContext
    private let time: any TimeSource
    private let deadlines: LinkDeadlines
    internal private(set) var connection: TLSConnection?
    private var trafficAtEnd = LinkTraffic(bytesSent: 0, sends: 0)
    private var hasMovedMoney = false
    private var hasExchanged = false
    /// How long it took to open, in nanoseconds: a few round trips and the gateway's work.
    private var openedIn: UInt64 = 0

    /// A link that is not open yet.
    public init(
        _ context: LinkContext, time: any TimeSource, deadlines: LinkDeadlines = LinkDeadlines()
    ) {
        self.context = context
        self.time = time
        self.deadlines = deadlines
    }

    /// Resolves, connects and makes TLS, resuming the last session when there is one; a link that
    /// was open is closed first.
    ///
    /// - Throws: ``LinkFailure``; nothing was sent.
    public mutating func open() throws(LinkFailure) {
        close()
        var start = time.now()
        do throws(LinkFailure.Cause) {
            let (host, port) = (context.endpoint.host, context.endpoint.port)
            guard let addresses = HostAddresses(host: host, port: port) else {
                throw .unknownHost
            }
            start = time.now()
            let deadline = start.adding(milliseconds: deadlines.connectMilliseconds)
            let descriptor = try Dialing.dial(addresses, until: deadline, time: time)
            let connection = try TLSConnection(context, descriptor: descriptor, time: time)
            try connection.handshake(host: host, until: deadline)
            self.connection = connection
        } catch {
            throw LinkFailure(error, sent: .nothing)
        }
        hasMovedMoney = false
        hasExchanged = false
        guard isAlive() else { throw LinkFailure(.connectionLost, sent: .nothing) }
        openedIn = time.now().since(start)
    }

    /// Waits for the session tickets of TLS 1.3 and reads them; to be called when there is time.
    ///
    /// A gateway sends them behind the handshake, so that they arrive a round trip after
    /// ``open()`` has returned. Unread they cost the first request its time, and they are what the
    /// next link resumes with. The wait ends when nothing has come for a millisecond, and without
    /// tickets after the time that the opening took, at least 20 ms.
    /// - Throws: ``LinkFailure`` with `connectionLost`; nothing was sent.
    public mutating func readTickets() throws(LinkFailure) {
        guard let connection, connection.mayGetTickets else { return }
        let opened = Int(openedIn / 1_000_000)
        var deadline = time.now().adding(milliseconds: max(opened, 20))
        while connection.wait(for: POLLIN, until: deadline) {
            guard isAlive() else { throw LinkFailure(.connectionLost, sent: .nothing) }
            deadline = time.now().adding(milliseconds: 1)
        }
    }

    /// True from ``open()`` to ``close()`` or a failure; says nothing about the peer.
    public var isOpen: Bool { connection != nil }

    /// True when the session of an earlier link was resumed.
    public var wasResumed: Bool { connection?.wasResumed ?? false }

    /// What was given to the kernel, to show that a request is one record; of the connection
    /// that is open, or of the last one.
    public var traffic: LinkTraffic { connection?.traffic ?? trafficAtEnd }

    /// Looks, with one system call, whether the gateway has closed or reset the connection or sent
    /// what nobody asked for; the link is closed then. True does not promise that it stays so.
    public mutating func isAlive() -> Bool {
        guard let connection else { return false }
        if connection.peek() == .wantsRead { return true }
        abandon()
        return false
    }

    /// Sends a request in one TLS record and reads its answer.
    ///
    /// - Parameters:
    ///   - request: head and body, 1 to ``Limits/requestBytesMaximum`` bytes.
    ///   - kind: whether it moves money; such a request is refused on a link that has carried one.
    ///   - answer: emptied and filled; its capacity is the limit of head and body together.
    /// - Returns: what stands where in `answer`.
    /// - Throws: ``LinkFailure``, with how much was sent; the link is closed but for
    ///   `requestTooLarge` and `alreadyUsed`.
    public mutating func exchange(
        _ request: borrowing SecretBytes, kind: RequestKind, into answer: inout SecretBytes
    ) throws(LinkFailure) -> HTTPAnswer {
        let connection = try admit(request.count, kind)
        hasExchanged = true
        if kind == .money { hasMovedMoney = true }
        try send(request, over: connection)
        let sentAt = time.now()
        answer.wipe()
        do throws(LinkFailure.Cause) {
            let result = try receive(&answer, over: connection, sentAt: sentAt)
            if !result.keepsAlive { close() }
            return result
        } catch {
            abandon()
            throw LinkFailure(error, sent: .all)
        }
    }

    /// Ends the connection with close_notify and FIN.
    public mutating func close() {
        trafficAtEnd = traffic
        connection?.shutDown()
        connection = nil
    }
}

extension GatewayLink {
    /// Room lent to a read, in bytes: more than the answers of the money path have. A longer one
    /// takes more reads, of a record that is there already.
    private static let readBytes = 2048

    /// Checks all that can be checked before a byte is sent.
    private mutating func admit(
        _ count: Int, _ kind: RequestKind
    ) throws(LinkFailure) -> TLSConnection {
        guard let connection else { throw LinkFailure(.notOpen, sent: .nothing) }
        guard (1...Limits.requestBytesMaximum).contains(count) else {
            throw LinkFailure(.requestTooLarge, sent: .nothing)
        }
        guard !(kind == .money && hasMovedMoney) else {
            throw LinkFailure(.alreadyUsed, sent: .nothing)
        }
        // What came before a request is not its answer; and a link that died in its idle time is
        // found out before a payment is given to it.
        guard kind == .read && !hasExchanged || isAlive() else {
            throw LinkFailure(.connectionLost, sent: .nothing)
        }
        return connection
    }

    private mutating func send(
        _ request: borrowing SecretBytes, over connection: TLSConnection
    ) throws(LinkFailure) {
        let earlier = connection.traffic
        let limit = deadlines.sendMilliseconds
        do throws(LinkFailure.Cause) {
            try request.withBytes { (bytes: Span<UInt8>) throws(LinkFailure.Cause) in
                try connection.write(bytes, within: limit)
            }
        } catch {
            let extent = connection.extent(since: earlier)
            abandon()
            throw LinkFailure(error, sent: extent)
        }
    }

    private func receive(
        _ answer: inout SecretBytes, over connection: TLSConnection, sentAt: Moment
    ) throws(LinkFailure.Cause) -> HTTPAnswer {
        let deadline = sentAt.adding(milliseconds: deadlines.answerMilliseconds)
        var reader = AnswerReader(room: answer.capacity)
        var firstByteAt: Moment?
        // It cannot be there yet: waiting first saves a read for nothing.
        var result = TLSResult.wantsRead
        while true {
            if case .done = result {
                let first = firstByteAt ?? time.now()
                firstByteAt = first
                if let form = try Self.advance(&reader, &answer) {
                    return finish(form, &answer, connection, (sentAt, first))
                }
            } else if result == .closed, let form = reader.end() {
                return finish(form, &answer, connection, (sentAt, firstByteAt ?? sentAt))
            } else if result == .closed || connection.hasEnded {
                throw firstByteAt == nil ? .closedBeforeAnswer : .closedInAnswer
            } else if result == .lost, firstByteAt != nil {
                throw .closedInAnswer
            } else if try !connection.waited(after: result, until: deadline) {
                throw .answerTimedOut
            }
            result = answer.fill(atMost: Self.readBytes) { connection.read(into: &$0) }
        }
    }

    private static func advance(
        _ reader: inout AnswerReader, _ answer: inout SecretBytes
    ) throws(LinkFailure.Cause) -> AnswerForm? {
        do throws(HTTPFault) {
            return try answer.edit { (bytes: inout MutableSpan<UInt8>) throws(HTTPFault) in
                try reader.advance(&bytes)
            }
        } catch {
            throw error == .tooLarge ? .answerTooLarge : .badAnswer(error)
        }
    }

    /// Wipes what stands behind the body: bytes that chunks left, or that nobody asked for.
    private func finish(
        _ form: AnswerForm, _ answer: inout SecretBytes, _ connection: TLSConnection,
        _ moments: (sent: Moment, first: Moment)
    ) -> HTTPAnswer {
        if form.body.end < answer.count { answer.truncate(to: form.body.end) }
        return HTTPAnswer(
            form, keepsAlive: form.keepsAlive && !connection.hasUnread, sentAt: moments.sent,
            firstByteAt: moments.first)
    }

    /// Ends the connection by a reset, so that nothing of a failed request leaves any more.
    private mutating func abandon() {
        trafficAtEnd = traffic
        connection?.abandon()
        connection = nil
    }
}
