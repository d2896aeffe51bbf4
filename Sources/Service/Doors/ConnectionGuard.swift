internal import Glibc
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// Bounds of one connection that no request's head can tell: who is at its other end and whether it
/// is still there, how long a request takes to come in, and how much comes.
internal final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let watch: ByteWatch
    private let peers: PeerList?
    private var isLeft = false
    private var onLeft: @Sendable () -> Void = {}

    /// - Parameters:
    ///   - limits: what is read, and how long it may take.
    ///   - peers: who may connect, on a unix socket.
    init(_ limits: ServiceLimits, peers: PeerList?) {
        watch = ByteWatch(limits)
        self.peers = peers
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandler(watch, position: .first)
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(HeadCheck(), position: .before(codec))
        } catch {
            context.close(promise: nil)
        }
        admit(context)
    }

    /// Calls once the other end has gone or says that nothing more comes, at once when it has: an
    /// answer that goes on for as long as somebody listens notices it by nothing else. A connection
    /// has one answer at a time, so the last one that asks is told.
    static func whenLeft(_ channel: any Channel, _ act: @escaping @Sendable () -> Void) {
        channel.eventLoop.execute {
            let own = try? channel.pipeline.syncOperations.handler(type: Self.self)
            guard let own, !own.isLeft else { return act() }
            own.onLeft = act
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { left() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        left()
        context.fireChannelInactive()
    }

    private func left() {
        isLeft = true
        onLeft()
        onLeft = {}
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
        case .head: watch.begun()
        case .body: break
        case .end: watch.ended()
        }
        context.fireChannelRead(data)
    }
}

/// Looks at a head as it came: what is read behind it no longer tells two hosts from one, nor a
/// target that names a host from one that does not.
private final class HeadCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data),
            head.headers["host"].count != 1 || !head.uri.hasPrefix("/")
        {
            isRefused = true
            refuse(context)
        }
        if !isRefused { context.fireChannelRead(data) }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        let fields: HTTPHeaders = ["content-length": "0", "connection": "close"]
        let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }
}

/// Who is at the other end of a unix socket. The corresponding C type is `struct ucred`.
private struct SocketPeer: Sendable {
    var process: Int32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
}

/// Sees the bytes of a connection before anybody reads them: closes it when a request takes too
/// long or too many of them, or when nobody reads the answer.
private final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limits: ServiceLimits
    private var context: ChannelHandlerContext?
    private var deadline: Scheduled<Void>?
    private var unread: Scheduled<Void>?
    private var count = 0
    /// Head, body, and the marks of chunks around it.
    private static let bytesMaximum =
        4 * (ServiceLimits.headBytesMaximum + ServiceLimits.bodyBytesMaximum)

    init(_ limits: ServiceLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // Who connects and says nothing holds a place at the door too.
        begun()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        ended()
        read()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        read()
        context.fireChannelInactive()
    }

    /// Who does not read holds a place at the door, and would hold up the end of the service.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            read()
        } else if unread == nil {
            unread = closing(context, in: limits.unreadMilliseconds)
        }
        context.fireChannelWritabilityChanged()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        begun()
        count += unwrapInboundIn(data).readableBytes
        guard count <= Self.bytesMaximum else { return context.close(promise: nil) }
        context.fireChannelRead(data)
    }

    /// A request has begun to come in.
    func begun() {
        guard deadline == nil, let context else { return }
        deadline = closing(context, in: limits.requestMilliseconds)
    }

    private func closing(
        _ context: ChannelHandlerContext, in milliseconds: Int
    ) -> Scheduled<Void> {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) {
            bound.value.close(promise: nil)
        }
    }

    private func read() {
        unread?.cancel()
        unread = nil
    }

    /// It has come in whole.
    func ended() {
        deadline?.cancel()
        deadline = nil
        count = 0
    }
}
