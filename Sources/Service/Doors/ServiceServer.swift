internal import Foundation
internal import Glibc
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle
internal import Settings
internal import Synchronization

/// The service's listeners, as parts of a service group.
public struct ServiceServer: Sendable {
    private let desk: ServiceDesk
    private let logger: Logger
    private let doors: [Door]
    private let webhook: WebhookReceiver?
    /// One thread is plenty for a till, and each costs memory.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Listeners of a service, as its settings want them.
    public init(_ desk: ServiceDesk, logger: Logger) {
        self.desk = desk
        self.logger = logger
        let settings = desk.settings
        var doors = [Door(.socket(path: settings.socket ?? "/run/swipeline/api.sock"))]
        if settings.tcp || settings.page.enabled {
            doors.append(Door(.loopback(port: settings.port)))
        }
        self.doors = doors
        webhook = settings.webhook.enabled ? WebhookReceiver(desk) : nil
    }

    /// The parts that listen; each calls `ready` with its place once it does.
    /// - Throws: ``ServiceFault``
    public func services(
        ready: @escaping @Sendable (String) -> Void
    ) throws(ServiceFault) -> [any Service] {
        var services: [any Service] = []
        for door in doors { services.append(try service(at: door, ready)) }
        if let webhook { services.append(service(of: webhook, ready)) }
        // What is last ends first: a stream of events that is open would hold its door open.
        return services + [EventBeat(desk)]
    }

    /// How many places listen.
    public var doorCount: Int { doors.count + (webhook == nil ? 0 : 1) }

    private func service(
        of webhook: WebhookReceiver, _ ready: @escaping @Sendable (String) -> Void
    ) -> any Service {
        let limits = desk.parts.limits
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(limits, peers: nil)],
                idleTimeout: .milliseconds(Int64(limits.idleMilliseconds)),
                httpDecoderConfiguration: Self.decoder))
        let port = desk.settings.webhook.port
        return ListeningService(
            application: Application(
                responder: WebhookResponder(receiver: webhook), server: http,
                configuration: .init(
                    address: .hostname("127.0.0.1", port: port), backlog: 16,
                    availableConnectionsDelegate: .maximum(8, logger: logger)),
                onServerRunning: { channel in
                    let port = channel.localAddress?.port ?? port
                    ready("http://127.0.0.1:\(port)\(webhook.path)")
                }, eventLoopGroupProvider: .shared(Self.group), logger: logger),
            door: Door(.loopback(port: port)))
    }

    private static var decoder: HTTP1Channel.Configuration.DecoderConfiguration {
        .init(
            maxHeaderFieldSize: ServiceLimits.headBytesMaximum,
            maxHeaderListSize: ServiceLimits.headBytesMaximum,
            maxHeaderFieldCount: ServiceLimits.fieldsMaximum)
    }

    private func service(
        at door: Door, _ ready: @escaping @Sendable (String) -> Void
    ) throws(ServiceFault) -> any Service {
        let peers = try peers(at: door)
        let limits = desk.parts.limits
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(limits, peers: peers)],
                idleTimeout: .milliseconds(Int64(limits.idleMilliseconds)),
                httpDecoderConfiguration: Self.decoder))
        let application = Application(
            responder: Self.router(desk, door).buildResponder(), server: http,
            configuration: .init(
                address: Self.address(of: door), backlog: 128,
                availableConnectionsDelegate: .maximum(
                    ServiceLimits.connectionsMaximum, logger: logger)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { door.listeningPort = port }
                if case .socket(let path) = door.kind {
                    _ = Calls.allow(peers?.isOpenToOthers == true ? 0o666 : 0o660, on: path)
                }
                ready(door.place)
            }, eventLoopGroupProvider: .shared(Self.group), logger: logger)
        try door.clear()
        return ListeningService(application: application, door: door)
    }

    private func peers(at door: Door) throws(ServiceFault) -> PeerList? {
        guard case .socket = door.kind else { return nil }
        let settings = desk.settings
        let desk = desk
        return try PeerList(users: settings.allowedUsers, groups: settings.allowedGroups) {
            desk.auditRefusal("unix socket: user \($0)")
        }
    }

    private static func address(of door: Door) -> BindAddress {
        switch door.kind {
        case .socket(let path): .unixDomainSocket(path: path)
        case .loopback(let port): .hostname("127.0.0.1", port: port)
        }
    }

    /// Every route, as method and path.
    var routes: [String] {
        let all = doors.flatMap { Self.router(desk, $0).routes }.map { "\($0.method) \($0.path)" }
        return Set(all).sorted()
    }

    static func router(_ desk: ServiceDesk, _ door: Door) -> Router<APIContext> {
        let api = TillAPI(desk: desk)
        let known = Router(context: APIContext.self)
        api.addRoutes(to: known, at: door)
        let router = Router(context: APIContext.self)
        router.add(middleware: Gatekeeper(desk: desk, door: door, known: KnownPaths(known)))
        api.addRoutes(to: router, at: door)
        return router
    }
}

/// A listener whose socket goes with it.
private struct ListeningService<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let application: Application<Responder>
    let door: Door

    func run() async throws {
        defer { door.removeSocket() }
        do { try await application.run() } catch is CancellationError {
            return
        } catch {
            let code = (error as? IOError)?.errnoCode ?? EIO
            throw ServiceFault.notListening(place: door.place, errno: code)
        }
    }
}

/// Keeps streams of events open while nothing happens, and ends them with the service.
private struct EventBeat: Service {
    private let desk: ServiceDesk

    init(_ desk: ServiceDesk) { self.desk = desk }

    func run() async throws {
        let hub = desk.parts.board.events
        let pause = Duration.milliseconds(desk.parts.limits.beatMilliseconds)
        await withGracefulShutdownHandler {
            try? await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    try await Task.sleep(for: pause)
                    hub.tell(.beat)
                }
            }
        } onGracefulShutdown: {
            hub.finish()
        }
    }
}
