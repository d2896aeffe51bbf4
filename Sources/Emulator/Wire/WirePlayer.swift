internal import Glibc
internal import Hummingbird
internal import NIOCore

/// Lets happen on a connection what the core says.
internal struct WirePlayer: Sendable {
    let channel: any Channel

    /// The connection is over, and nothing is left to say on it.
    struct Over: Error {}

    /// Plays the events up to a whole answer, which the server writes.
    /// - Throws: ``Over`` when the connection ended in place of an answer.
    func play(_ events: [WireEvent]) async throws -> Response {
        for event in events {
            switch event {
            case .pause(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
            case .interim(let status):
                let reason = GatewayStatus(rawValue: status).reason
                try await write(Array("HTTP/1.1 \(status) \(reason)\r\n\r\n".utf8))
            case .answer(let response): return Response(response)
            case .bytes(let bytes): try await write(bytes)
            case .close: channel.close(mode: .all, promise: nil)
            case .drop: try await cut()
            case .reset: try await reset()
            case .stall: try await stall()
            }
        }
        try await channel.closeFuture.get()
        throw Over()
    }

    /// Writes below HTTP and above TLS.
    private func write(_ bytes: [UInt8]) async throws {
        let channel = channel
        try await channel.eventLoop.flatSubmit {
            do {
                let tap = try channel.pipeline.syncOperations
                    .context(handlerType: WireTap.self)
                return tap.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)))
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
        }.get()
    }

    /// Ends the connection below TLS.
    private func cut() async throws {
        try await atDoor { $0.close(mode: .all, promise: nil) }
    }

    private func stall() async throws {
        try await atDoor { context in (context.handler as? FrontDoor)?.stall(context) }
    }

    private func atDoor(_ act: @escaping @Sendable (ChannelHandlerContext) -> Void) async throws {
        let channel = channel
        try await channel.eventLoop.submit {
            act(try channel.pipeline.syncOperations.context(handlerType: FrontDoor.self))
        }.get()
    }

    private func reset() async throws {
        try await channel.resetsOnClose().get()
        try await cut()
    }
}

extension Channel {
    /// Lets the next close send RST in place of FIN. The corresponding C function is
    /// `setsockopt` with `SO_LINGER`.
    internal func resetsOnClose() -> EventLoopFuture<Void> {
        guard let socket = self as? any SocketOptionProvider else {
            return eventLoop.makeSucceededVoidFuture()
        }
        return socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }
}
