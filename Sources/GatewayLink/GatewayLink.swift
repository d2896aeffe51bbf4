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
    /// What the resolver said at the last ``open()``.
    private var addresses: HostAddresses?
    private var trafficAtEnd = LinkTraffic(bytesSent: 0, sends: 0)
    private var hasMovedMoney = false
    private var hasExchanged = false
    /// How long it took to open, in nanoseconds: a few round trips and the gateway's work.

    /// A link that is not open yet.
    public init(
        _ context: LinkContext, time: any TimeSource, deadlines: LinkDeadlines = LinkDeadlines()
    ) {
        self.context = context
        self.time = time
        self.deadlines = deadlines
    }

    /// Resolves, connects and makes TLS, resuming the last session when there is one; a link that
    /// was open is closed first. For the time before a swipe.
    ///
    /// The tickets that the gateway sends after a TLS 1.3 handshake are waited for and read:
    /// unread they would cost the swipe their time, and they are what the next link resumes with.
    /// - Throws: ``LinkFailure``; nothing was sent.
    public mutating func open() throws(LinkFailure) {
        close()
        let (host, port) = (context.endpoint.host, context.endpoint.port)
        addresses = HostAddresses(host: host, port: port)
        guard let addresses else { throw LinkFailure(.unknownHost, sent: .nothing) }
        let ticketsBefore = context.ticketCount
        try connect(addresses, until: nil)
        guard let connection, connection.sendsTicketsLater,
            context.ticketCount == ticketsBefore
        else { return }
        let end = time.now().adding(milliseconds: deadlines.ticketMilliseconds)
        guard !connection.wait(for: POLLIN, until: end) || isAlive() else {
            throw LinkFailure(.connectionLost, sent: .nothing)
        }
    }

    /// Opens the link anew for a payment that is under way: the resolver, whose limits are not
    /// ours, is not asked again, and tickets are not waited for.
    /// - Parameter end: when to give up, if that is before ``LinkDeadlines/connectMilliseconds``.
    /// - Throws: ``LinkFailure``; nothing was sent.
    public mutating func reopen(until end: Moment? = nil) throws(LinkFailure) {
        close()
        guard let addresses else { throw LinkFailure(.notOpen, sent: .nothing) }
        try connect(addresses, until: end)
    }

    private mutating func connect(
        _ addresses: HostAddresses, until end: Moment?
    ) throws(LinkFailure) {
        let limit = time.now().adding(milliseconds: deadlines.connectMilliseconds)
        let deadline = min(limit, end ?? limit)
        do throws(LinkFailure.Cause) {
            let descriptor = try Dialing.dial(addresses, until: deadline, time: time)
            let connection = try TLSConnection(context, descriptor: descriptor, time: time)
            try connection.handshake(host: context.endpoint.host, until: deadline)
            self.connection = connection
        } catch {
            throw LinkFailure(error, sent: .nothing)
        }
        hasMovedMoney = false
        hasExchanged = false
        guard isAlive() else { throw LinkFailure(.connectionLost, sent: .nothing) }
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
    ///   - end: when to give up, if that is before the link's own deadlines.
    /// - Returns: what stands where in `answer`.
    /// - Throws: ``LinkFailure``, with how much was sent; the link is closed but for
    ///   `requestTooLarge` and `alreadyUsed`.
    public mutating func exchange(
        _ request: borrowing SecretBytes, kind: RequestKind, into answer: inout SecretBytes,
        until end: Moment? = nil
    ) throws(LinkFailure) -> HTTPAnswer {
        try carry(request, kind, &answer, until: end)
    }

    /// The same with an answer that may be too large for locked memory.
    /// - Throws: ``LinkFailure``
    public mutating func exchange(
        _ request: borrowing SecretBytes, kind: RequestKind, into answer: inout LargeAnswer
    ) throws(LinkFailure) -> HTTPAnswer {
        try carry(request, kind, &answer, until: nil)
    }

    /// Ends the connection with close_notify and FIN.
    public mutating func close() {
        trafficAtEnd = traffic
        connection?.shutDown()
        connection = nil
    }
}

extension GatewayLink {
    private mutating func carry<Answer: AnswerBuffer & ~Copyable>(
        _ request: borrowing SecretBytes, _ kind: RequestKind, _ answer: inout Answer,
        until end: Moment?
    ) throws(LinkFailure) -> HTTPAnswer {
        let connection = try admit(request.count, kind)
        hasExchanged = true
        if kind == .money { hasMovedMoney = true }
        let end = kind == .read ? readEnd(before: end) : end
        try send(request, over: connection, until: end)
        let sentAt = time.now()
        answer.truncate(to: 0)
        let limit = sentAt.adding(milliseconds: deadlines.answerMilliseconds)
        do throws(LinkFailure.Cause) {
            let result = try receive(
                &answer, over: connection, sentAt: sentAt, until: min(limit, end ?? limit))
            if !result.keepsAlive { close() }
            return result
        } catch {
            abandon()
            throw LinkFailure(error, sent: .all)
        }
    }

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

    private func readEnd(before end: Moment?) -> Moment {
        let limit = time.now().adding(milliseconds: deadlines.readMilliseconds)
        return min(limit, end ?? limit)
    }

    private mutating func send(
        _ request: borrowing SecretBytes, over connection: TLSConnection, until end: Moment?
    ) throws(LinkFailure) {
        let earlier = connection.traffic
        let limit = deadlines.sendMilliseconds
        do throws(LinkFailure.Cause) {
            try request.withBytes { (bytes: Span<UInt8>) throws(LinkFailure.Cause) in
                try connection.write(bytes, within: limit, until: end)
            }
        } catch {
            let extent = connection.extent(since: earlier)
            abandon()
            throw LinkFailure(error, sent: extent)
        }
    }

    private func receive<Answer: AnswerBuffer & ~Copyable>(
        _ answer: inout Answer, over connection: TLSConnection, sentAt: Moment,
        until deadline: Moment
    ) throws(LinkFailure.Cause) -> HTTPAnswer {
        var reader = AnswerReader(room: answer.room)
        var firstByteAt: Moment?
        // It cannot be there yet: waiting first saves a read for nothing.
        guard try connection.waited(after: .wantsRead, until: deadline) else {
            throw .answerTimedOut
        }
        var result = answer.receive { connection.read(into: &$0) }
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
            } else {
                connection.acknowledgeAtOnce()
                guard try connection.waited(after: result, until: deadline) else {
                    throw .answerTimedOut
                }
            }
            result = answer.receive { connection.read(into: &$0) }
        }
    }

    private static func advance<Answer: AnswerBuffer & ~Copyable>(
        _ reader: inout AnswerReader, _ answer: inout Answer
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
    private func finish<Answer: AnswerBuffer & ~Copyable>(
        _ form: AnswerForm, _ answer: inout Answer, _ connection: TLSConnection,
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
