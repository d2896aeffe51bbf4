internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// The emulator over TLS on loopback: a thin shell around ``EmulatorCore``.
public struct EmulatorServer: Sendable {
    private let options: EmulatorOptions
    private let logger: Logger

    /// An emulator that writes its log to standard error.
    public init(_ options: EmulatorOptions) {
        self.init(
            options,
            logger: Logger(label: "emulator") { StreamLogHandler.standardError(label: $0) })
    }

    /// An emulator with a log of one's own.
    package init(_ options: EmulatorOptions, logger: Logger) {
        self.options = options
        self.logger = logger
    }

    /// Serves until SIGTERM, SIGINT or the end of the task. `ready` is called once, when
    /// connections are accepted and the files are written.
    /// - Throws: ``EmulatorError``
    public func run(
        ready: @escaping @Sendable (EmulatorAddress) -> Void
    ) async throws(EmulatorError) {
        let directory = try EmulatorDirectory(path: options.directory)
        defer { directory.removeIfOurs() }
        let authority = try CertificateAuthority()
        let token = BearerToken.random()
        let clock = VirtualClock(
            SystemGatewayClock(day: options.day, offsetMinutes: options.offsetMinutes))
        let core = try core(token: token, clock)
        let failure = Mutex<EmulatorError?>(nil)
        let operatorServer = LoopbackServer(
            place: options.operatorPlace,
            responder: OperatorResponder(desk: OperatorDesk(core, clock: clock)),
            logger: quietLogger)
        defer { operatorServer.removeSocket() }
        let plainServer = plainServer(of: core)
        let courier = WebhookCourier(
            core: core, post: try WebhookPost(authorityFile: options.webhookAuthority))
        let application = Application(
            responder: CoreResponder(core: core), server: try Self.tls(authority, core),
            configuration: .init(address: .hostname("127.0.0.1", port: options.port)),
            services: operatorServer.services() + plainServer.services() + [courier],
            onServerRunning: { channel in
                let places = (
                    operatorServer: await operatorServer.address(),
                    plain: await plainServer.address()
                )
                do throws(EmulatorError) {
                    // Written when the port is ours, so that nobody else's files are overwritten.
                    try directory.write(
                        authority: authority.authorityCertificate, token: token)
                    let port = channel.localAddress?.port
                    ready(try announce(core, port: port, directory, places))
                } catch {
                    failure.withLock { $0 = error }
                    Calls.terminate()
                }
            }, logger: quietLogger)
        do { try await application.runService() } catch { throw .serverFailed }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// The gateway, with the clock that its store remembers and the faults of the file.
    private func core(
        token: String, _ clock: VirtualClock
    ) throws(EmulatorError) -> EmulatorCore {
        let core = try EmulatorCore(options.settings(token: token), clock: clock, logger: logger)
        clock.advance(milliseconds: core.ledger.read { $0.clockShift })
        if let file = options.faultFile {
            do throws(FaultFileFault) {
                core.faults.add(try FaultRule.list(file: file))
            } catch {
                throw .faults(error)
            }
        }
        return core
    }

    /// The servers' own log: nothing but their errors.
    private var quietLogger: Logger {
        var quiet = logger
        quiet.logLevel = .error
        return quiet
    }

    /// Tells the core its URL and the client where everything is.
    private func announce(
        _ core: EmulatorCore, port: Int?, _ directory: EmulatorDirectory,
        _ places: (operatorServer: String?, plain: String?)
    ) throws(EmulatorError) -> EmulatorAddress {
        guard let port else { throw .serverFailed }
        let gateway = "https://localhost:\(port)/api/v2"
        core.setBase(gateway)
        let plainGateway = places.plain.map { "\($0)/api/v2" }
        if let plainGateway { core.setPlainBase(plainGateway) }
        try directory.write(gateway: gateway)
        if options.endsWithInput { Thread.detachNewThread(Self.endWithInput) }
        return EmulatorAddress(
            gateway: gateway, directory: directory.path, operatorPlace: places.operatorServer,
            plainGateway: plainGateway)
    }

    /// The gateway for clients that cannot do TLS; it listens only where it is given a port.
    private func plainServer(of core: EmulatorCore) -> LoopbackServer<CoreResponder> {
        LoopbackServer(
            place: options.plainPort.map(OperatorPlace.port),
            responder: CoreResponder(core: core, isPlain: true),
            http: .http1(configuration: .init(additionalChannelHandlers: [ConnectionGate(core)])),
            logger: quietLogger)
    }

    /// The end of standard input means that the parent is gone: the same as SIGTERM.
    private static let endWithInput: @Sendable () -> Void = {
        Calls.waitForEndOfInput()
        Calls.terminate()
    }

    private static func tls(
        _ authority: CertificateAuthority, _ core: EmulatorCore
    ) throws(EmulatorError) -> HTTPServerBuilder {
        do {
            let certificate = try NIOSSLCertificate(
                bytes: authority.serverCertificate, format: .pem)
            let key = try NIOSSLPrivateKey(bytes: authority.serverKey, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            // A client that does not answer the closing of TLS must not hold up the end.
            configuration.shutdownTimeout = .milliseconds(200)
            let http = HTTPServerBuilder.http1(
                configuration: .init(additionalChannelHandlers: [ConnectionGate(core)]))
            return try .tls(http, tlsConfiguration: configuration)
        } catch {
            throw .tlsRefused
        }
    }
}
