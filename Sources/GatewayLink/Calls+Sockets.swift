internal import Glibc
internal import Values

/// The addresses of a host, freed with it.
@safe internal final class HostAddresses {
    private let first: UnsafeMutablePointer<addrinfo>

    /// Asks the resolver; `nil` when it knows no address. It blocks as long as the system's
    /// configuration lets it, which is no part of our deadlines and happens before a swipe. The
    /// corresponding C function is `getaddrinfo`.
    init?(host: String, port: Int) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0,
            let found = unsafe found
        else { return nil }
        unsafe first = found
    }

    deinit { unsafe freeaddrinfo(first) }

    /// How many there are, at least one.
    var count: Int {
        var count = 0
        var next: UnsafeMutablePointer<addrinfo>? = unsafe first
        while let address = unsafe next {
            count += 1
            unsafe next = address.pointee.ai_next
        }
        return count
    }

    /// Begins to connect to an address without waiting: a descriptor, or the errno. The
    /// corresponding C functions are `socket`, `setsockopt` and `connect`.
    func beginConnecting(to index: Int) -> DialStart {
        var address = unsafe first
        for _ in 0..<index {
            guard let next = unsafe address.pointee.ai_next else { return .failed(ENOENT) }
            unsafe address = next
        }
        // Non-blocking, so that every wait is ours; closed in children, who have no business here.
        let kind =
            unsafe address.pointee.ai_socktype
            | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(address.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { return .failed(errno) }
        Calls.setOptions(of: descriptor)
        let result = unsafe connect(
            descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen)
        if result == 0 { return .connected(descriptor) }
        let code = errno
        if code == EINPROGRESS { return .connecting(descriptor) }
        Calls.close(descriptor)
        return .failed(code)
    }
}

/// How an attempt to connect began.
internal enum DialStart {
    case connected(Int32)
    case connecting(Int32)
    case failed(Int32)
}

extension Calls {
    /// True for an IPv4 or IPv6 address. The corresponding C function is `inet_pton`.
    static func isAddress(_ host: String) -> Bool {
        var bytes = in6_addr()
        return unsafe inet_pton(AF_INET, host, &bytes) == 1
            || inet_pton(AF_INET6, host, &bytes) == 1
    }

    /// The corresponding C function is `setsockopt`.
    static func switchOn(_ descriptor: Int32, level: Int32, option: Int32) {
        set(descriptor, level, option, 1)
    }

    /// The options of a link, each with its reason. None is needed for a right outcome, so a
    /// system that refuses one is not complained about.
    static func setOptions(of descriptor: Int32) {
        let tcp = Int32(IPPROTO_TCP)
        // A request goes out at once and does not wait for the acknowledgement of the last one.
        switchOn(descriptor, level: tcp, option: TCP_NODELAY)
        // An armed link may stay idle for minutes. The kernel's own probes, which wake nobody
        // here, keep firewalls from forgetting it and find out that the gateway has gone; what
        // they find is seen by the look at the link that each payment begins with.
        switchOn(descriptor, level: SOL_SOCKET, option: SO_KEEPALIVE)
        set(descriptor, tcp, TCP_KEEPIDLE, Limits.linkIdleSeconds)
        set(descriptor, tcp, TCP_KEEPINTVL, Limits.linkProbeSeconds)
        // So long may probes or data stay without acknowledgement. Not less than an answer's
        // deadline, or a payment would be in doubt that might still be answered.
        set(descriptor, tcp, TCP_USER_TIMEOUT, Limits.linkUnacknowledgedMilliseconds)
    }

    /// Acknowledges at once what has come and what comes next. A gateway that sends head and body
    /// in two writes, and waits with the second for the acknowledgement of the first (Nagle),
    /// would otherwise wait for our kernel's delayed one: 40 ms and more on each answer. Set when
    /// an answer turns out not to be whole, so that one that is costs no call and no packet. The
    /// corresponding C function is `setsockopt` with TCP_QUICKACK.
    static func acknowledgeAtOnce(_ descriptor: Int32) {
        switchOn(descriptor, level: Int32(IPPROTO_TCP), option: TCP_QUICKACK)
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int) {
        var value = Int32(value)
        _ = unsafe setsockopt(
            descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// The error that waits on a socket, 0 when none. The corresponding C function is
    /// `getsockopt` with SO_ERROR.
    static func pendingError(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return result == 0 ? code : errno
    }

    /// Makes `close` reset the connection and drop what the kernel has not yet sent. The
    /// corresponding C function is `setsockopt` with SO_LINGER.
    static func resetOnClose(_ descriptor: Int32) {
        var choice = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &choice, socklen_t(MemoryLayout<linger>.size))
    }

    /// The corresponding C function is `close`.
    static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

    /// True when an event (or an error, which the next call on the socket tells) came within so
    /// many milliseconds. The corresponding C function is `poll`.
    static func wait(_ descriptor: Int32, for event: Int32, milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    /// The corresponding C function is `send`, with MSG_NOSIGNAL.
    static func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        var taken = 0
        repeat {
            taken = unsafe Glibc.send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
        } while taken < 0 && errno == EINTR
        return taken
    }

    /// The corresponding C function is `recv`.
    static func receive(
        _ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int
    ) -> Int {
        var received = 0
        repeat {
            received = unsafe recv(descriptor, bytes, count, 0)
        } while received < 0 && errno == EINTR
        return received
    }

    /// True when the last `send` or `recv` only had to wait.
    static var wouldBlock: Bool { errno == EAGAIN }
}
