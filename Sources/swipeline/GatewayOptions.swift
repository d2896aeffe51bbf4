internal import ArgumentParser
internal import Foundation
internal import GatewayLink
internal import Lane
internal import PayHub
internal import Settings
internal import Tracks

/// Where payments go: the embedded emulator, or a gateway by flags, environment and file.
internal struct GatewayOptions: ParsableArguments {
    @Flag(help: "Start the emulator and send everything to it.")
    var emulator = false
    @Option(help: "The gateway's URL, https://host[:port][/path], or live, sandbox or staging.")
    var gateway: String?
    @Flag(help: "Allow a gateway that is not on this machine: real money may move.")
    var live = false
    @Option(help: "A PEM file of certificate authorities, in place of the system's.")
    var ca: String?
    @Option(help: "The file of the bearer token, mode 0600.")
    var tokenFile: String?
    @Option(help: "The merchant's organization id.")
    var organization: Int?
    @Option(help: "The merchant's terminal id.")
    var terminal: Int?
    @Option(help: "swipeline.json, or the folder that holds it.")
    var config: String?
    @Option(help: "The folder of the lane's journal.")
    var journal: String?
    @Option(help: "The number of the lane, 0 to 46655.")
    var lane: Int?

    /// True when the flags name a gateway.
    var isGiven: Bool { gateway != nil || config != nil }

    /// Where the gateway is, and for whom it is asked.
    struct Account {
        var endpoint: GatewayEndpoint
        var trust: TrustAnchors
        var tokenFile: String
        var merchant: Merchant
    }

    /// Everything that a payment needs to know of its gateway.
    struct Target {
        var account: Account
        var policy: CardPolicy
        var encryptedForm: EncryptedTrackForm
        var journal: String
        var lane: Int
        var times: LaneTimes
        var service: ServiceSettings
    }

    /// Puts file, environment and flags together, the stronger last.
    /// - Throws: ``Failure`` with exit code 2 when something is missing or wrong.
    func target(emulatorDirectory: String?) throws -> Target {
        try resolved(emulatorDirectory, target)
    }

    /// The part of it that needs no lane.
    /// - Throws: ``Failure`` with exit code 2 when something is missing or wrong.
    func account(emulatorDirectory: String?) throws -> Account {
        try resolved(emulatorDirectory, account)
    }

    private func resolved<Result>(
        _ emulatorDirectory: String?, _ resolve: (Settings) throws -> Result
    ) throws -> Result {
        guard !emulator || (gateway == nil && config == nil) else {
            throw Failure("--emulator goes with neither --gateway nor --config", .usage)
        }
        do {
            var settings = try settings(emulatorDirectory: emulatorDirectory)
            settings.tokenFile =
                settings.tokenFile
                ?? Settings.systemdCredential(environment: ProcessInfo.processInfo.environment)
            return try resolve(settings)
        } catch let error as SettingsError {
            throw Failure(error.description, .usage)
        } catch let error as EndpointError {
            throw Failure(error.description, .usage)
        }
    }

    /// File, environment and flags, as they come.
    private func settings(emulatorDirectory: String?) throws -> Settings {
        var settings = Settings()
        if let path = emulatorDirectory ?? config {
            settings = try Settings(contentsOf: path)
        }
        if emulatorDirectory == nil {
            settings = settings.overridden(
                by: try Settings(environment: ProcessInfo.processInfo.environment))
        } else if settings.journal == nil {
            settings.journal = emulatorDirectory.map { "\($0)/journal" }
        }
        return settings.overridden(by: flags)
    }

    private var flags: Settings {
        var flags = Settings()
        flags.gateway = gateway
        flags.certificateAuthority = ca
        flags.tokenFile = tokenFile
        flags.organization = organization
        flags.terminal = terminal
        flags.journal = journal
        flags.lane = lane
        return flags
    }

    private func target(_ settings: Settings) throws -> Target {
        let account = try account(settings)
        return Target(
            account: account, policy: try Self.policy(settings.policy),
            encryptedForm: try Self.encryptedForm(settings.encryptedTrack),
            journal: try Self.journal(settings), lane: try Self.lane(settings),
            times: try Self.times(settings, isLoopback: account.endpoint.isLoopback),
            service: settings.service)
    }

    private func account(_ settings: Settings) throws -> Account {
        guard let name = settings.gateway else {
            throw Failure(
                "no gateway: use --emulator, --gateway URL or --config FILE", .usage)
        }
        let endpoint = try GatewayEndpoint(named: name)
        guard endpoint.isLoopback || live else {
            throw Failure(
                "\(endpoint.host) is not on this machine: add --live if real money may move",
                .usage)
        }
        guard let tokenFile = settings.tokenFile else {
            throw Failure(
                "no token: put it into a file of mode 0600 and give --token-file FILE", .usage)
        }
        guard let organization = settings.organization, let terminal = settings.terminal else {
            throw Failure(
                "no merchant: give --organization N and --terminal N", .usage)
        }
        guard organization >= 0, terminal >= 0 else {
            throw Failure("--organization and --terminal are numbers from 0", .usage)
        }
        let trust = settings.certificateAuthority.map { TrustAnchors.file(path: $0) }
        return Account(
            endpoint: endpoint, trust: trust ?? .system, tokenFile: tokenFile,
            merchant: Merchant(organizationID: organization, terminalID: terminal))
    }

    /// The lane's journal, for commands that only look at it.
    func journalFolder() throws -> String { try journalTarget().folder }

    /// The lane's journal and its number, without a gateway's token or merchant.
    func journalTarget() throws -> (folder: String, lane: Int) {
        do {
            let settings = try settings(emulatorDirectory: nil)
            return (try Self.journal(settings), try Self.lane(settings))
        } catch let error as SettingsError { throw Failure(error.description, .usage) }
    }

    /// The configuration of the till's service, and the lane's journal.
    func serviceTarget() throws -> (service: ServiceSettings, journal: String) {
        do {
            let settings = try settings(emulatorDirectory: nil)
            return (settings.service, try Self.journal(settings))
        } catch let error as SettingsError { throw Failure(error.description, .usage) }
    }

    private static func lane(_ settings: Settings) throws -> Int {
        let lane = settings.lane ?? 1
        guard (0...46_655).contains(lane) else {
            throw Failure("--lane is a number from 0 to 46655", .usage)
        }
        return lane
    }

    /// The folder that was named, or one for this gateway and merchant in the user's state.
    private static func journal(_ settings: Settings) throws -> String {
        if let folder = settings.journal { return folder }
        let environment = ProcessInfo.processInfo.environment
        guard let name = settings.gateway, let organization = settings.organization,
            let terminal = settings.terminal,
            let state = environment["XDG_STATE_HOME"]
                ?? environment["HOME"].map({ "\($0)/.local/state" })
        else { throw Failure("no journal: give --journal FOLDER", .usage) }
        let gateway = GatewayProfile(rawValue: name)?.url ?? name
        let host = gateway.replacing("https://", with: "").map { character in
            character.isLetter || character.isNumber || character == "." ? character : "-"
        }
        let folder = "\(String(host))-\(organization)-\(terminal)-\(settings.lane ?? 1)"
        return "\(state)/swipeline/\(folder)"
    }

    /// The waiting times of the protocol with what the configuration changes; a gateway that is
    /// not on this machine has floors.
    private static func times(_ settings: Settings, isLoopback: Bool) throws -> LaneTimes {
        let known: [String: WritableKeyPath<LaneTimes, Int>] = [
            "lateCommit": \.lateCommit, "betweenReads": \.betweenReads, "pause": \.pause,
            "pauseMaximum": \.pauseMaximum, "sweep": \.sweep, "alarm": \.alarm, "card": \.card,
            "duplicate": \.duplicate,
        ]
        var times = LaneTimes()
        times.settlement = try settings.settlement.map(Self.settlement)
        for (name, value) in settings.waits {
            guard let path = known[name], value >= 0 else {
                throw Failure(
                    "the waiting time \"\(name)\" is unknown or below 0; known are "
                        + known.keys.sorted().joined(separator: ", "), .usage)
            }
            times[keyPath: path] = value
        }
        if !isLoopback, let fault = times.belowFloor { throw Failure(fault, .usage) }
        return times
    }

    /// A time of this machine's day, `HH:MM`, as milliseconds of the UTC day.
    private static func settlement(_ text: String) throws -> Int {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard text.utf8.count == 5, parts.count == 2, (0..<24).contains(parts[0]),
            (0..<60).contains(parts[1])
        else { throw Failure("settlement is a time of day like 23:30", .usage) }
        let seconds = parts[0] * 3600 + parts[1] * 60 - TimeZone.current.secondsFromGMT()
        return (seconds + 86_400) % 86_400 * 1000
    }

    /// What a keyboard typed always goes out as it was typed.
    private static func encryptedForm(_ name: String?) throws -> EncryptedTrackForm {
        switch name {
        case nil, EncryptedTrackForm.hexLower.rawValue?: return .hexLower
        case EncryptedTrackForm.hexUpper.rawValue?: return .hexUpper
        default: throw Failure("encryptedTrack must be hexLower or hexUpper", .usage)
        }
    }

    private static func policy(_ rules: [String: String]) throws -> CardPolicy {
        let known: [String: WritableKeyPath<CardPolicy, CardPolicy.Effect>] = [
            "luhn": \.luhn, "brand": \.brand, "expiry": \.expiry, "chipCard": \.chipCard,
            "serviceCode": \.serviceCode, "tracksAgree": \.tracksAgree,
        ]
        var policy = CardPolicy()
        for (name, effect) in rules {
            guard let path = known[name], let effect = CardPolicy.Effect(rawValue: effect) else {
                throw Failure(
                    "the policy \"\(name)\" is unknown or not off, warn or refuse; known are "
                        + known.keys.sorted().joined(separator: ", "), .usage)
            }
            policy[keyPath: path] = effect
        }
        return policy
    }
}
