internal import Foundation

/// The configuration as its sources give it; each is optional, later sources win: the file
/// `swipeline.json`, environment variables `SWIPELINE_*`, flags.
public struct Settings: Equatable, Sendable {
    /// The gateway's URL.
    public var gateway: String?
    /// A PEM file of certificate authorities; the system's store without it.
    public var certificateAuthority: String?
    /// The file of the bearer token, mode 0600.
    public var tokenFile: String?
    /// The merchant's organization id.
    public var organization: Int?
    /// The merchant's terminal id.
    public var terminal: Int?
    /// How a binary encrypted block goes out: `hexLower` or `hexUpper`.
    public var encryptedTrack: String?
    /// The folder of the lane's journal.
    public var journal: String?
    /// The number of the lane.
    public var lane: Int?
    /// The waiting times of the lane by name, in milliseconds.
    public var waits: [String: Int] = [:]
    /// When the gateway settles, this machine's time of day: `23:30`.
    public var settlement: String?
    /// Rules of the card policy by name: `off`, `warn` or `refuse`.
    public var policy: [String: String] = [:]
    /// The till's service.
    public var service = ServiceSettings()

    /// Nothing set.
    public init() {}

    /// This configuration with everything that `stronger` sets.
    public func overridden(by stronger: Settings) -> Settings {
        var merged = self
        merged.gateway = stronger.gateway ?? gateway
        merged.certificateAuthority = stronger.certificateAuthority ?? certificateAuthority
        merged.tokenFile = stronger.tokenFile ?? tokenFile
        merged.organization = stronger.organization ?? organization
        merged.terminal = stronger.terminal ?? terminal
        merged.encryptedTrack = stronger.encryptedTrack ?? encryptedTrack
        merged.journal = stronger.journal ?? journal
        merged.lane = stronger.lane ?? lane
        merged.settlement = stronger.settlement ?? settlement
        merged.waits.merge(stronger.waits) { _, strong in strong }
        merged.policy.merge(stronger.policy) { _, strong in strong }
        return merged
    }
}

extension Settings {
    /// Reads `swipeline.json`, or the file of that name in a folder. Paths in it are relative to
    /// its folder.
    /// - Throws: ``SettingsError``
    public init(contentsOf path: String) throws(SettingsError) {
        var url = URL(fileURLWithPath: path)
        let values = try? url.resourceValues(forKeys: [.isDirectoryKey])
        if values?.isDirectory == true { url.appendPathComponent("swipeline.json") }
        guard let data = FileManager.default.contents(atPath: url.path) else {
            throw .notReadable(path: url.path)
        }
        let file = try SettingsFile(data, path: url.path)
        let folder = url.deletingLastPathComponent()
        self.init()
        gateway = file.gateway
        certificateAuthority = file.ca.map { URL(fileURLWithPath: $0, relativeTo: folder).path }
        tokenFile = file.tokenFile.map { URL(fileURLWithPath: $0, relativeTo: folder).path }
        organization = try Self.natural(file.organization, "organization")
        terminal = try Self.natural(file.terminal, "terminal")
        encryptedTrack = file.encryptedTrack
        policy = file.policy ?? [:]
        journal = file.journal.map { URL(fileURLWithPath: $0, relativeTo: folder).path }
        lane = try Self.natural(file.lane, "lane")
        waits = file.waits ?? [:]
        settlement = file.settlement
        service = (file.service ?? service).resolved { path in
            URL(fileURLWithPath: path, relativeTo: folder).path
        }
    }

    /// Reads the environment variables.
    /// - Throws: ``SettingsError``
    public init(environment: [String: String]) throws(SettingsError) {
        self.init()
        gateway = environment["SWIPELINE_GATEWAY"]
        certificateAuthority = environment["SWIPELINE_CA"]
        tokenFile = environment["SWIPELINE_TOKEN_FILE"]
        organization = try Self.number(environment, "SWIPELINE_ORGANIZATION")
        terminal = try Self.number(environment, "SWIPELINE_TERMINAL")
        journal = environment["SWIPELINE_JOURNAL"]
        lane = try Self.number(environment, "SWIPELINE_LANE")
        if environment["SWIPELINE_TOKEN"] != nil { throw .tokenInEnvironment }
    }

    /// The token's file among the credentials that systemd gives a service, for when no other is
    /// named.
    public static func systemdCredential(environment: [String: String]) -> String? {
        guard let credentials = environment["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = credentials + "/swipeline-token"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static func natural(
        _ number: Int?, _ key: String
    ) throws(SettingsError) -> Int? {
        guard number ?? 0 >= 0 else { throw .wrongType(key: key) }
        return number
    }

    private static func number(
        _ environment: [String: String], _ key: String
    ) throws(SettingsError) -> Int? {
        guard let text = environment[key] else { return nil }
        guard let number = Int(text), number >= 0 else { throw .wrongType(key: key) }
        return number
    }
}

/// The members of `swipeline.json`, each of its own kind and no others.
private struct SettingsFile: Decodable {
    var gateway: String?
    var ca: String?
    var tokenFile: String?
    var organization: Int?
    var terminal: Int?
    var encryptedTrack: String?
    var policy: [String: String]?
    var journal: String?
    var lane: Int?
    var waits: [String: Int]?
    var settlement: String?
    var service: ServiceSettings?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case gateway
        case ca
        case tokenFile
        case organization
        case terminal
        case encryptedTrack
        case policy
        case journal
        case lane
        case waits
        case settlement
        case service
    }

    init(_ data: Data, path: String) throws(SettingsError) {
        let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        guard let object else { throw .notAnObject(path: path) }
        let known = CodingKeys.allCases.map(\.rawValue)
        if let key = object.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknownKey(key, known: known)
        }
        do {
            self = try JSONDecoder().decode(SettingsFile.self, from: data)
        } catch let error as SettingsError {
            throw error
        } catch {
            guard case DecodingError.typeMismatch(_, let context) = error else {
                throw .notAnObject(path: path)
            }
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw .wrongType(key: key.isEmpty ? "value" : key)
        }
    }
}

/// Why a configuration is refused.
public enum SettingsError: Error, Equatable, Sendable {
    case notReadable(path: String)
    case notAnObject(path: String)
    /// By its path; `known` are those of the same object.
    case unknownKey(String, known: [String])
    case wrongType(key: String)
    /// The value may not be; `rule` says which may.
    case notAllowed(key: String, rule: String)
    case tokenInEnvironment
}

extension SettingsError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notReadable(let path):
            "the configuration \(path) cannot be read; check that it exists and may be read"
        case .notAnObject(let path): "the configuration \(path) is not a JSON object"
        case .unknownKey(let key, let known):
            "the configuration has an unknown key \"\(key)\"; known there are "
                + known.joined(separator: ", ")
        case .wrongType(let key): "the configuration's \(key) has a value of the wrong kind"
        case .notAllowed(let key, let rule): "the configuration's \(key) \(rule)"
        case .tokenInEnvironment:
            "a token must not stand in the environment: unset SWIPELINE_TOKEN and give a file "
                + "of mode 0600 with SWIPELINE_TOKEN_FILE or --token-file"
        }
    }
}
