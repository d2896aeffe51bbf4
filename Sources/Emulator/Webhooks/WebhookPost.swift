internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Posts one notification over a connection of its own.
internal struct WebhookPost: Sendable {
    /// What became of it: a status, or the reason why there is none.
    struct Outcome: Equatable, Sendable {
        var status: Int?
        var failure: String?
    }

    private static let connectSeconds: Int64 = 5
    private static let answerSeconds: Int64 = 10

    private let tls: TLSConfiguration

    /// Trusts the system's authorities, and those of a file in PEM form. The system's are read with
    /// each post over TLS and not before: a machine may have none, and need none.
    /// - Throws: ``EmulatorError/webhookAuthority``
    init(authorityFile: String?) throws(EmulatorError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authorityFile {
            do {
                configuration.additionalTrustRoots = [
                    .certificates(try NIOSSLCertificate.fromPEMFile(authorityFile))
                ]
            } catch { throw .webhookAuthority }
        }
        tls = configuration
    }

    private struct NoAuthorities: Error {}

    private func context() throws -> NIOSSLContext {
        do { return try NIOSSLContext(configuration: tls) } catch { throw NoAuthorities() }
    }

    /// Posts a notification; never waits longer than its limits.
    func send(_ delivery: WebhookDelivery) async -> Outcome {
        guard let endpoint = WebhookEndpoint(delivery.endpoint, allowsPlain: true) else {
            return Outcome(failure: "no such URL")
        }
        let status = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Int.self)
        do {
            let channel = try await connect(to: endpoint, status)
            return try await withTaskCancellationHandler {
                write(delivery, endpoint, channel)
                return Outcome(status: try await answer(status, channel))
            } onCancel: {
                channel.close(mode: .all, promise: nil)
            }
        } catch {
            status.fail(error)
            return Outcome(failure: Self.reason(error))
        }
    }

    private func connect(
        to endpoint: WebhookEndpoint, _ status: EventLoopPromise<Int>
    ) async throws -> any Channel {
        // Outside of the connection, whose own faults would cover its.
        let context = endpoint.isPlain ? nil : try context()
        return try await ClientBootstrap(group: status.futureResult.eventLoop)
            .connectTimeout(.seconds(Self.connectSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context {
                        try pipeline.addHandler(
                            NIOSSLClientHandler(
                                context: context, serverHostname: endpoint.nameToCheck))
                    }
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(AnswerStatus(status))
                }
            }
            .connect(host: endpoint.host, port: endpoint.port).get()
    }

    private func write(
        _ delivery: WebhookDelivery, _ endpoint: WebhookEndpoint, _ channel: any Channel
    ) {
        let body = delivery.message.bytes
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: endpoint.target)
        head.headers = [
            "Host": endpoint.authority, "Content-Type": "application/json",
            "Content-Length": String(body.count), "Connection": "close",
            "User-Agent": "PayHub-Emulator",
        ]
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(
            HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    private func answer(
        _ status: EventLoopPromise<Int>, _ channel: any Channel
    ) async throws -> Int {
        let limit = channel.eventLoop.scheduleTask(in: .seconds(Self.answerSeconds)) {
            status.fail(ChannelError.connectTimeout(.seconds(Self.answerSeconds)))
        }
        defer {
            limit.cancel()
            channel.close(mode: .all, promise: nil)
        }
        return try await status.futureResult.get()
    }

    /// The kind of a failure, without anything of the message.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case is NoAuthorities:
            "the system's certificate authorities cannot be read; install ca-certificates"
        case is NIOConnectionError: "no connection"
        case ChannelError.connectTimeout: "no answer in time"
        case is NIOSSLError, is BoringSSLError: "the certificate or TLS was refused"
        default: "the connection ended without an answer"
        }
    }
}

/// Waits for the status of an answer.
private final class AnswerStatus: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    private let status: EventLoopPromise<Int>

    init(_ status: EventLoopPromise<Int>) { self.status = status }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { status.succeed(Int(head.status.code)) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        status.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        status.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}

extension WebhookEndpoint {
    /// The name that a certificate must have; `nil` for an address, which it must have instead.
    fileprivate var nameToCheck: String? {
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        return isAddress ? nil : host
    }
}
