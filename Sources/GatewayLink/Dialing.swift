internal import Glibc
internal import Timeline

/// Opens a TCP connection to the first address of a host that takes it.
internal enum Dialing {
    /// A connected descriptor.
    ///
    /// Each address gets its share of the time left, so that one that swallows everything does
    /// not keep us from the next.
    static func dial(
        _ addresses: HostAddresses, until deadline: Moment, time: any TimeSource
    ) throws(LinkFailure.Cause) -> Int32 {
        let count = addresses.count
        var last = LinkFailure.Cause.unreachable
        for index in 0..<count {
            let now = time.now()
            let share = deadline.since(now) / UInt64(count - index)
            let end = Moment(nanoseconds: now.nanoseconds &+ share)
            switch addresses.beginConnecting(to: index) {
            case .connected(let descriptor): return descriptor
            case .failed(let code): last = cause(of: code)
            case .connecting(let descriptor):
                let code = result(of: descriptor, until: end, time: time)
                if code == 0 { return descriptor }
                Calls.close(descriptor)
                last = cause(of: code)
            }
        }
        throw last
    }

    /// The errno of an attempt, 0 when connected.
    private static func result(
        of descriptor: Int32, until deadline: Moment, time: any TimeSource
    ) -> Int32 {
        while true {
            let left = deadline.since(time.now())
            guard left > 0 else { return ETIMEDOUT }
            let milliseconds = Int32(min((left + 999_999) / 1_000_000, 1_000))
            if Calls.wait(descriptor, for: POLLOUT, milliseconds: milliseconds) {
                return Calls.pendingError(descriptor)
            }
        }
    }

    private static func cause(of code: Int32) -> LinkFailure.Cause {
        switch code {
        case ECONNREFUSED: .connectionRefused
        case ETIMEDOUT: .connectTimedOut
        case ECONNRESET: .connectionLost
        case EMFILE, ENFILE, ENOMEM, ENOBUFS: .outOfResources
        default: .unreachable
        }
    }
}
