internal import ArgumentParser
internal import Foundation
internal import Journal
internal import Logging
internal import Service
internal import ServiceLifecycle
internal import Settings
internal import Timeline
internal import UnixSignals

/// `swipeline serve`: the till's service and the cashier's page.
internal struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the till's service: local API, event stream, cashier's page.",
        discussion: """
            It listens on a unix socket, and on 127.0.0.1 where --tcp or --page say so. It starts \
            without a reader and without the gateway, says what is missing, and goes on when they \
            come. SIGTERM ends it; SIGHUP reads the gateway's token anew.
            """)

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var reader: ReaderOptions
    @OptionGroup var realTime: RealTimeOption
    @Option(help: "The unix socket of the local API.")
    var socket: String?
    @Flag(help: "Tills may come over 127.0.0.1 too, with a bearer token.")
    var tcp = false
    @Flag(help: "The cashier's page is served on 127.0.0.1.")
    var page = false
    @Option(name: .customLong("listen-port"), help: "The port on 127.0.0.1; 0 takes a free one.")
    var listenPort: Int?
    @Option(
        parsing: .upToNextOption,
        help: "Recordings, or folders of them, in place of a reader: for tests and demonstrations.")
    var replay: [String] = []

    func validate() throws {
        guard listenPort.map({ (0...65_535).contains($0) }) != false else {
            throw ValidationError("--listen-port is a number from 0 to 65535")
        }
    }

    func run() async throws {
        let emulator = gateway.emulator ? try EmulatorProcess() : nil
        defer { emulator?.stop() }
        try realTime.apply()
        let target = try gateway.target(emulatorDirectory: emulator?.directory)
        do {
            try await Till(target, settings(target), self).run()
        } catch let fault as ServiceFault {
            throw Failure(fault.description, Exit(fault))
        }
    }

    /// The configuration with what the flags say.
    private func settings(_ target: GatewayOptions.Target) -> ServiceSettings {
        var settings = target.service
        settings.socket = socket ?? settings.socket ?? Till.socketOfUser
        settings.tcp = settings.tcp || tcp
        settings.page.enabled = settings.page.enabled || page
        settings.port = listenPort ?? settings.port
        settings.tokenFile = settings.tokenFile ?? "\(target.journal)/api-token"
        settings.supervisorFile = settings.supervisorFile ?? Till.supervisorFile(target.journal)
        return settings
    }
}

extension Exit {
    /// The code of a service that does not start.
    internal init(_ fault: ServiceFault) {
        switch fault {
        case .notListening(_, let code), .notWritten(_, let code): self.init(errno: code)
        case .filesMissing, .changesRefused, .unknownUser, .unknownGroup: self = .usage
        }
    }
}

/// The daemon, wired.
internal struct Till {
    private let server: ServiceServer
    private let services: [any Service]
    private let notifier: SystemdNotifier
    private let lane: LaneThread
    private let logger: Logger

    /// The socket of whoever runs it: below /run for the system's service.
    static var socketOfUser: String {
        let environment = ProcessInfo.processInfo.environment
        let folder =
            environment["RUNTIME_DIRECTORY"] ?? environment["XDG_RUNTIME_DIR"].map {
                "\($0)/swipeline"
            }
            ?? (geteuid() == 0
                ? "/run/swipeline"
                : environment["HOME"].map { "\($0)/.local/state/swipeline" } ?? "/tmp/swipeline")
        return "\(folder)/api.sock"
    }

    /// Where the supervisor's code is kept when the configuration does not say.
    static func supervisorFile(_ journal: String) -> String { "\(journal)/supervisor.json" }

    /// Opens journal and lane, and makes everything ready to listen.
    /// - Throws: ``Failure``, ``ServiceFault``, `SecretError`
    init(
        _ target: GatewayOptions.Target, _ settings: ServiceSettings, _ command: ServeCommand
    ) throws {
        let wires = Wires()
        let files = try Self.files()
        let lane = LaneThread(.init(target: target, wires: wires))
        let opened = try lane.start()
        let reader = try ReaderPart(command, settings, lane: lane, wires)
        var parts = ServiceDesk.Parts(
            board: wires.board, mailbox: wires.mailbox, journal: opened.journal,
            supervisor: SupervisorDesk(file: settings.supervisorFile ?? "", time: SystemTime()),
            files: files)
        parts.wall = wires.wall
        parts.cancelling = opened.cancelling
        parts.version = Swipeline.configuration.version
        parts.replay = reader.replayed
        if settings.tcp { parts.token = try LocalToken.read(settings.tokenFile ?? "") }
        let changes = try SettingsDesk(settings, changes: "\(target.journal)/service.json")
        let desk = ServiceDesk(parts, settings: changes)
        self.lane = lane
        var logger = Logger(label: "swipeline") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        self.logger = logger
        server = ServiceServer(desk, logger: logger)
        let heart = lane.heart
        notifier = SystemdNotifier(doors: server.doorCount) { heart.isBeating }
        let announcement = Announcement(desk, settings, count: server.doorCount)
        let notifier = notifier
        services =
            [LaneService(lane: lane), reader, TokenReload(lane: lane), notifier]
            + (try server.services { place in
                announcement.listens(place)
                notifier.listens()
            })
    }

    private static func files() throws -> ServiceFiles {
        let environment = ProcessInfo.processInfo.environment
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        guard
            let folder = ServiceFiles.folder(
                named: environment["SWIPELINE_SHARE"], program: program)
        else { throw ServiceFault.filesMissing(path: "/usr/share/swipeline") }
        return try ServiceFiles(folder: folder)
    }

    /// Serves until it is told to end.
    func run() async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A payment that is being sent goes to its end.
        configuration.maximumGracefulShutdownDuration = .milliseconds(
            LaneHeart.paymentMilliseconds)
        try await ServiceGroup(configuration: configuration).run()
    }
}
