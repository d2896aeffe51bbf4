// SwiftNIO with everything on its loop: the next request is sent from the handler that has read
// the last answer. Requests are ready-made; of an answer the status and the code are looked at.
import Contract
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOTLS

final class Payments: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let plan: Plan
    private let idle: Int
    private let body: ByteBuffer
    private let done: EventLoopPromise<UInt64>?
    private var start: UInt64 = 0
    private var left: Int
    private var location = ""
    private var answer = ByteBuffer()
    private(set) var times: [UInt64] = []

    /// `done` is given for one payment over this connection, and not for many POSTs.
    init(_ plan: Plan, left: Int, done: EventLoopPromise<UInt64>?) {
        self.plan = plan
        self.left = left
        self.done = done
        idle = plan.idleMilliseconds
        body = ByteBuffer(bytes: plan.body)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted? = event as? TLSUserEvent else { return }
        guard done != nil else { return post(context) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(idle))) { self.post(bound.value) }
    }

    private func head(_ method: HTTPMethod, _ path: String) -> HTTPRequestHead {
        HTTPRequestHead(
            version: .http1_1, method: method, uri: path,
            headers: [
                "Host": "127.0.0.1:\(plan.port)", "Authorization": "Bearer \(Plan.token)",
                "Accept": "application/json",
            ])
    }

    private func post(_ context: ChannelHandlerContext) {
        start = now()
        var head = head(.POST, "/api/v2/sale")
        head.headers.add(name: "Content-Type", value: "application/json")
        head.headers.add(name: "Content-Length", value: String(body.readableBytes))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func get(_ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head(.GET, location))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer.clear()
            if head.status == .created, let url = head.headers.first(name: "Location") {
                location = String(url.dropFirst(plan.base.count - "/api/v2".count))
            } else {
                location = ""
            }
        case .body(var part): answer.writeBuffer(&part)
        case .end: ended(context)
        }
    }

    private func ended(_ context: ChannelHandlerContext) {
        let isPosted = !location.isEmpty
        if isPosted, done != nil { return get(context) }
        let code = Data("\"responseCode\":\"00\"".utf8)
        guard isPosted || Data(answer.readableBytesView).range(of: code) != nil else {
            return context.close(promise: nil)
        }
        let time = now() - start
        if let done {
            done.succeed(time)
            return context.close(promise: nil)
        }
        times.append(time)
        left -= 1
        if left == 0 { context.close(promise: nil) } else { post(context) }
    }
}

func open(
    _ group: EventLoopGroup, _ tls: NIOSSLContext, _ port: Int, _ payments: Payments
)
    throws -> Channel
{
    try ClientBootstrap(group: group)
        .channelOption(.socketOption(.tcp_nodelay), value: 1)
        .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(
                    try NIOSSLClientHandler(context: tls, serverHostname: nil))
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(payments)
            }
        }
        .connect(host: "127.0.0.1", port: port).wait()
}

let plan = try Plan()
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
var configuration = TLSConfiguration.makeClientConfiguration()
configuration.trustRoots = .file(plan.certificate)
let tls = try NIOSSLContext(configuration: configuration)
var times: [UInt64] = []
if plan.isOpenedAhead {
    for _ in 0..<(plan.warmUp + plan.count) {
        let done = group.next().makePromise(of: UInt64.self)
        let payment = Payments(plan, left: 1, done: done)
        let channel = try open(group, tls, plan.port, payment)
        times.append(try done.futureResult.wait())
        try channel.closeFuture.wait()
    }
} else {
    let payments = Payments(plan, left: plan.warmUp + plan.count, done: nil)
    let channel = try open(group, tls, plan.port, payments)
    try channel.closeFuture.wait()
    times = payments.times
}
guard times.count == plan.warmUp + plan.count else { throw WrongAnswer() }
for time in times.dropFirst(plan.warmUp) { print(time) }
