internal import NIOCore
internal import NIOSSL

/// Sets a new connection up for faults: a tap between TLS and HTTP, and a door in front of TLS. On
/// a connection without TLS the two stand side by side.
internal final class ConnectionGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    private let core: EmulatorCore

    init(_ core: EmulatorCore) { self.core = core }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let tls = try? pipeline.handler(type: NIOSSLServerHandler.self)
            try pipeline.addHandler(WireTap(), position: tls.map { .after($0) } ?? .first)
            try pipeline.addHandler(FrontDoor(core.connect()), position: .first)
        } catch {
            context.fireErrorCaught(error)
        }
    }
}

/// A place in the pipeline between TLS and HTTP.
internal final class WireTap: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
}

/// The place in front of TLS: faults that a connection meets there, and an end to one that stalls
/// when its client or the emulator goes.
internal final class FrontDoor: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let fault: FaultName?
    private var isStalled: Bool
    private var isAskedToEnd = false

    /// A fatal alert: handshake failure. Source: RFC 8446, sections 5.1 and 6.
    private static let alert: [UInt8] = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]

    init(_ fault: FaultName?) {
        self.fault = fault
        isStalled = fault == .stallOnAccept
    }

    /// From now on nothing is said; on the connection's event loop.
    func stall(_ context: ChannelHandlerContext) {
        isStalled = true
        if isAskedToEnd { context.close(promise: nil) }
    }

    func channelActive(context: ChannelHandlerContext) {
        switch fault {
        case .closeOnAccept: context.close(promise: nil)
        case .resetOnAccept:
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.channel.resetsOnClose()
                .whenComplete { _ in bound.value.close(promise: nil) }
        default: context.fireChannelActive()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch fault {
        case nil: context.fireChannelRead(data)
        case .tlsRefused:
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Self.alert)), promise: nil)
            context.close(promise: nil)
        default: break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let isEnd = event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed
        if isEnd {
            isAskedToEnd = true
            if isStalled { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
