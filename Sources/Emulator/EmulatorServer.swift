internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
internal import NIOSSL
internal import Synchronization
public import Values

/// How an emulator is started.
public struct EmulatorOptions: Sendable {
    /// The port on 127.0.0.1; 0 takes any that is free.
    public var port = 8443
    /// Where the client's files are written; `nil` makes a private directory, removed at the end.
    public var directory: String?
    /// Adds the merchants of the document's samples to the emulator's own.
    public var hasDocumentMerchants = false
    /// The day that the gateway takes for today; `nil` is the real one.
    public var day: CivilDate?
    /// How a decline is told.
    public var declineStyle = DeclineStyle.http400
    /// A file of base keys for encrypted blocks, beside the key that makers publish.
    public var keyFile: String?
    /// A swipe needs a customer.
    public var requiresCustomer = false
    /// A keyed card needs its CVV.
    public var requiresCVV = false
    /// Every card needs a ZIP.
    public var requiresAVS = false
    /// Ends when standard input is closed: the parent died.
    public var endsWithInput = false

    /// The defaults.
    public init() {}

    /// What the core is set up with; `token` is the emulator's own merchant's.
    internal func settings(token: String) -> EmulatorSettings {
        var settings = EmulatorSettings(
            merchants: [.standard(token: token)]
                + (hasDocumentMerchants ? MerchantAccount.ofTheDocument : []))
        settings.declineStyle = declineStyle
        settings.keyFile = keyFile
        settings.merchantSettings.requiresCustomer = requiresCustomer
        settings.merchantSettings.requiresCVV = requiresCVV
        settings.merchantSettings.requiresAVS = requiresAVS
        return settings
    }
}

/// Where a running emulator is found.
public struct EmulatorAddress: Equatable, Sendable {
    /// `https://localhost:8443/api/v2`
    public let gateway: String
    /// The absolute path of the directory with `swipeline.json`, `ca.pem` and `token`.
    public let directory: String

    /// The one line of JSON that tells a parent process of it.
    public var readyLine: String {
        JSONValue.members([
            "event": .string("ready"), "gateway": .string(gateway),
            "directory": .string(directory),
        ]).text
    }
}

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
        let core = try EmulatorCore(
            options.settings(token: token), clock: SystemGatewayClock(day: options.day),
            logger: logger)
        let failure = Mutex<EmulatorError?>(nil)
        let application = Application(
            responder: CoreResponder(core: core), server: try Self.tls(authority),
            configuration: .init(address: .hostname("127.0.0.1", port: options.port)),
            onServerRunning: { channel in
                do throws(EmulatorError) {
                    // Written when the port is ours, so that nobody else's files are overwritten.
                    try directory.write(
                        authority: authority.authorityCertificate, token: token)
                    ready(try announce(core, port: channel.localAddress?.port, directory))
                } catch {
                    failure.withLock { $0 = error }
                    Calls.terminate()
                }
            }, logger: quietLogger)
        do { try await application.runService() } catch { throw .serverFailed }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// The server's own log: nothing but its errors.
    private var quietLogger: Logger {
        var quiet = logger
        quiet.logLevel = .error
        return quiet
    }

    /// Tells the core its URL and the client where everything is.
    private func announce(
        _ core: EmulatorCore, port: Int?, _ directory: EmulatorDirectory
    ) throws(EmulatorError) -> EmulatorAddress {
        guard let port else { throw .serverFailed }
        let gateway = "https://localhost:\(port)/api/v2"
        core.setBase(gateway)
        try directory.write(gateway: gateway)
        if options.endsWithInput { Thread.detachNewThread(Self.endWithInput) }
        return EmulatorAddress(gateway: gateway, directory: directory.path)
    }

    /// The end of standard input means that the parent is gone: the same as SIGTERM.
    private static let endWithInput: @Sendable () -> Void = {
        Calls.waitForEndOfInput()
        Calls.terminate()
    }

    private static func tls(
        _ authority: CertificateAuthority
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
            return try .tls(.http1(), tlsConfiguration: configuration)
        } catch {
            throw .tlsRefused
        }
    }
}
