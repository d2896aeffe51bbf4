internal import ArgumentParser
internal import Foundation
internal import GatewayLink
internal import PayHub
internal import Settings
internal import Tracks

/// Where payments go: the embedded emulator, or a gateway by flags, environment and file.
internal struct GatewayOptions: ParsableArguments {
    @Flag(help: "Start the emulator and send everything to it.")
    var emulator = false
    @Option(help: "The gateway's URL, https://host[:port][/path].")
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

    /// True when the flags name a gateway.
    var isGiven: Bool { gateway != nil || config != nil }

    /// Everything that a payment needs to know of its gateway.
    struct Target {
        var endpoint: GatewayEndpoint
        var trust: TrustAnchors
        var tokenFile: String
        var merchant: Merchant
        var policy: CardPolicy
    }

    /// Puts file, environment and flags together, the stronger last.
    /// - Throws: ``Failure`` with exit code 2 when something is missing or wrong.
    func target(emulatorDirectory: String?) throws -> Target {
        guard !emulator || (gateway == nil && config == nil) else {
            throw Failure("--emulator goes with neither --gateway nor --config", .usage)
        }
        do {
            var settings = Settings()
            if let path = emulatorDirectory ?? config {
                settings = try Settings(contentsOf: path)
            }
            if emulatorDirectory == nil {
                settings = settings.overridden(
                    by: try Settings(environment: ProcessInfo.processInfo.environment))
            }
            settings = settings.overridden(by: flags)
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

    private var flags: Settings {
        var flags = Settings()
        flags.gateway = gateway
        flags.certificateAuthority = ca
        flags.tokenFile = tokenFile
        flags.organization = organization
        flags.terminal = terminal
        return flags
    }

    private func resolve(_ settings: Settings) throws -> Target {
        guard let url = settings.gateway else {
            throw Failure(
                "no gateway: use --emulator, --gateway URL or --config FILE", .usage)
        }
        let endpoint = try GatewayEndpoint(url: url)
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
        return Target(
            endpoint: endpoint, trust: trust ?? .system, tokenFile: tokenFile,
            merchant: Merchant(organizationID: organization, terminalID: terminal),
            policy: try Self.policy(settings.policy))
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
