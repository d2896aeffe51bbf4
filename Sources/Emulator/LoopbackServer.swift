internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// A server over plain HTTP, on a port or a socket of this machine.
internal struct LoopbackServer<Responder: HTTPResponder>: Sendable
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    private let place: OperatorPlace?
    private let responder: Responder
    private let http: HTTPServerBuilder
    private let logger: Logger
    private let running = AsyncStream<String>.makeStream()

    init(
        place: OperatorPlace?, responder: Responder, http: HTTPServerBuilder = .http1(),
        logger: Logger
    ) {
        self.place = place
        self.responder = responder
        self.http = http
        self.logger = logger
    }

    /// What the emulator runs beside itself: nothing without a place.
    func services() -> [any Service] {
        guard let place else { return [] }
        let address: BindAddress
        switch place {
        case .port(let port): address = .hostname("127.0.0.1", port: port)
        case .socket(let path):
            removeSocket()
            address = .unixDomainSocket(path: path)
        }
        let told = running.continuation
        return [
            Application(
                responder: responder, server: http,
                configuration: .init(address: address),
                onServerRunning: { channel in
                    switch place {
                    case .port: told.yield("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
                    case .socket(let path):
                        try? FileManager.default.setAttributes(
                            [.posixPermissions: 0o600], ofItemAtPath: path)
                        told.yield("unix:\(path)")
                    }
                }, logger: logger)
        ]
    }

    /// Where it listens, once it does; `nil` without a place.
    func address() async -> String? {
        guard place != nil else { return nil }
        return await running.stream.first { _ in true }
    }

    /// Removes the socket, if one is there and nothing else.
    func removeSocket() {
        guard case .socket(let path)? = place,
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeSocket
        else { return }
        try? FileManager.default.removeItem(atPath: path)
    }
}
