public import BackOffice
package import Emulator
public import GatewayLink
internal import Logging
public import PayHub
internal import Secrets
internal import Synchronization
public import Timeline
package import Values

/// A back office at a gateway of the tests, and what it told of unknown members.
public final class Office: Sendable {
    /// The merchant of the emulator.
    public static let merchant = Merchant(organizationID: 20_001, terminalID: 1)

    /// The back office.
    public let desk: BackOffice
    private let told: Told

    private final class Told: Sendable {
        let members = Mutex<[String]>([])
    }

    /// A back office at a port of this machine.
    /// - Throws: what links and secrets throw.
    public init(
        port: Int, authority: String, token: String, time: any TimeSource = SystemTime(),
        deadlines: LinkDeadlines = LinkDeadlines()
    ) throws {
        let endpoint = try GatewayEndpoint(url: "https://localhost:\(port)")
        let arena = try SecretArena(blocks: 3)
        var token = Array(token.utf8)
        var secret = try arena.take(capacity: token.count)
        try secret.append(token.span)
        token.removeAll()
        let told = Told()
        self.told = told
        var setup = BackOffice.Setup(endpoint: endpoint, merchant: Self.merchant)
        setup.caller.deadlines = deadlines
        setup.tellUnknownMembers = { _, members in
            told.members.withLock { $0 += members }
        }
        desk = try BackOffice(
            setup, context: LinkContext(endpoint: endpoint, trust: .file(path: authority)),
            token: secret, arena: arena, time: time)
    }

    /// A back office at a scripted gateway.
    /// - Throws: what links and secrets throw.
    public convenience init(_ gateway: ScriptedGateway) throws {
        try self.init(port: gateway.port, authority: gateway.authorityPath, token: "test-token")
    }

    /// Members of answers that were not known.
    public var unknownMembers: [String] { told.members.withLock { $0 } }
}

/// An emulator's core behind TLS on the loopback, with a back office at it.
package final class OfficeRig: Sendable {
    /// The merchant's token.
    package static let token = Shop.token
    /// The gateway's wire.
    package let gateway: LoopbackGateway
    /// Its core, with the ledger.
    package let core: EmulatorCore
    /// The clock that the gateway goes by.
    package let clock: VirtualClock
    /// The back office.
    package let office: Office

    /// An emulator with one merchant, and whatever else is changed about it.
    /// - Throws: what the emulator and the back office throw.
    package init(
        day: CivilDate = CivilDate(year: 2026, month: 11, day: 21),
        _ change: (inout EmulatorSettings) -> Void = { _ in }
    ) throws {
        var settings = EmulatorSettings(merchants: [.standard(token: Shop.token)])
        change(&settings)
        clock = VirtualClock(at: Timestamp(day: day, millisecondOfDay: 36_000_000))
        core = try EmulatorCore(
            settings, clock: clock, logger: Logger(label: "rig") { _ in SwiftLogNoOpLogHandler() })
        gateway = try LoopbackGateway()
        gateway.take(core)
        gateway.start()
        office = try Office(
            port: gateway.port, authority: gateway.authorityPath, token: Shop.token)
    }

    deinit { gateway.stop() }

    /// The back office.
    package var desk: BackOffice { office.desk }
}
