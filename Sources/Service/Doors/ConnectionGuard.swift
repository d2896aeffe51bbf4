internal import Glibc
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Bounds of one connection that no request's head can tell: who is at its other end, how long a
/// request takes to come in, and how much comes.
internal final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let watch: ByteWatch
    private let peers: PeerList?

    /// - Parameters:
    ///   - limits: what is read, and how long it may take.
    ///   - peers: who may connect, on a unix socket.
    init(_ limits: ServiceLimits, peers: PeerList?) {
        watch = ByteWatch(limits)
        self.peers = peers
    }

    func handlerAdded(context: ChannelHandlerContext) {
        do { try context.pipeline.syncOperations.addHandler(watch, position: .first) } catch {
            context.close(promise: nil)
        }
        admit(context)
    }

    /// The corresponding C function is `getsockopt` with `SO_PEERCRED`.
    private func admit(_ context: ChannelHandlerContext) {
        guard let peers else { return }
        guard let socket = context.channel as? any SocketOptionProvider else {
            return context.close(promise: nil)
        }
        let name = NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let answer: EventLoopFuture<SocketPeer> = socket.unsafeGetSocketOption(
            level: .socket, name: name)
        answer.whenComplete { result in
            guard case .success(let peer) = result, peers.admits(user: peer.user, group: peer.group)
            else {
                if case .success(let peer) = result { peers.refused(peer.user) }
                return bound.value.close(promise: nil)
            }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: watch.begun(context.eventLoop)
        case .body: break
        case .end: watch.ended()
        }
        context.fireChannelRead(data)
    }
}

/// Who is at the other end of a unix socket. The corresponding C type is `struct ucred`.
private struct SocketPeer: Sendable {
    var process: Int32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
}

/// Sees the bytes of a connection before anybody reads them: closes it when a request takes too
/// long or too many of them.
private final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limits: ServiceLimits
    private var context: ChannelHandlerContext?
    private var deadline: Scheduled<Void>?
    private var count = 0
    /// Head, body, and the marks of chunks around it.
    private static let bytesMaximum =
        4 * (ServiceLimits.headBytesMaximum + ServiceLimits.bodyBytesMaximum)

    init(_ limits: ServiceLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        ended()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        begun(context.eventLoop)
        count += unwrapInboundIn(data).readableBytes
        guard count <= Self.bytesMaximum else { return context.close(promise: nil) }
        context.fireChannelRead(data)
    }

    /// A request has begun to come in.
    func begun(_ loop: any EventLoop) {
        guard deadline == nil, let context else { return }
        let bound = NIOLoopBound(context, eventLoop: loop)
        let time = TimeAmount.milliseconds(Int64(limits.requestMilliseconds))
        deadline = loop.scheduleTask(in: time) { bound.value.close(promise: nil) }
    }

    /// It has come in whole.
    func ended() {
        deadline?.cancel()
        deadline = nil
        count = 0
    }
}
