internal import NIOCore
internal import NIOSSL

/// Sets a new connection up for faults: a tap between TLS and HTTP, and in front of TLS the fault
/// that the connection meets.
internal final class ConnectionGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    private let core: EmulatorCore

    init(_ core: EmulatorCore) { self.core = core }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let tls = try pipeline.handler(type: NIOSSLServerHandler.self)
            try pipeline.addHandler(WireTap(), position: .after(tls))
            if let fault = core.connect() {
                try pipeline.addHandler(AcceptFault(fault), position: .first)
            }
        } catch {
            context.fireErrorCaught(error)
        }
    }
}

/// A connection that meets a fault before TLS is spoken.
internal final class AcceptFault: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let fault: FaultName

    /// A fatal alert: handshake failure. Source: RFC 8446, sections 5.1 and 6.
    private static let alert: [UInt8] = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]

    init(_ fault: FaultName) { self.fault = fault }

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
        guard fault == .tlsRefused else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Self.alert)), promise: nil)
        context.close(promise: nil)
    }
}
