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
    /// Rules of the card policy by name: `off`, `warn` or `refuse`.
    public var policy: [String: String] = [:]

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
        let object: [String: Any]
        do {
            guard let read = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
                throw SettingsError.notAnObject(path: url.path)
            }
            object = read
        } catch { throw .notAnObject(path: url.path) }
        try self.init(object, folder: url.deletingLastPathComponent())
    }

    private init(_ object: [String: Any], folder: URL) throws(SettingsError) {
        self.init()
        for (key, value) in object {
            switch key {
            case "gateway": gateway = try Self.text(value, key)
            case "ca": certificateAuthority = try Self.path(value, key, folder)
            case "tokenFile": tokenFile = try Self.path(value, key, folder)
            case "organization": organization = try Self.number(value, key)
            case "terminal": terminal = try Self.number(value, key)
            case "policy":
                guard let rules = value as? [String: String] else { throw .wrongType(key: key) }
                policy = rules
            default: throw .unknownKey(key)
            }
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
        if environment["SWIPELINE_TOKEN"] != nil { throw .tokenInEnvironment }
        if tokenFile == nil, let credentials = environment["CREDENTIALS_DIRECTORY"] {
            let path = credentials + "/swipeline-token"
            if FileManager.default.fileExists(atPath: path) { tokenFile = path }
        }
    }

    private static func text(_ value: Any, _ key: String) throws(SettingsError) -> String {
        guard let text = value as? String else { throw .wrongType(key: key) }
        return text
    }

    private static func path(
        _ value: Any, _ key: String, _ folder: URL
    ) throws(SettingsError) -> String {
        URL(fileURLWithPath: try text(value, key), relativeTo: folder).path
    }

    private static func number(_ value: Any, _ key: String) throws(SettingsError) -> Int {
        guard let number = value as? Int, number >= 0 else { throw .wrongType(key: key) }
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

/// Why a configuration is refused.
public enum SettingsError: Error, Equatable, Sendable {
    case notReadable(path: String)
    case notAnObject(path: String)
    case unknownKey(String)
    case wrongType(key: String)
    case tokenInEnvironment
}

extension SettingsError: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notReadable(let path):
            "the configuration \(path) cannot be read; check that it exists and may be read"
        case .notAnObject(let path): "the configuration \(path) is not a JSON object"
        case .unknownKey(let key):
            "the configuration has an unknown key \"\(key)\"; known are gateway, ca, tokenFile, "
                + "organization, terminal and policy"
        case .wrongType(let key): "the configuration's \(key) has a value of the wrong kind"
        case .tokenInEnvironment:
            "a token must not stand in the environment: unset SWIPELINE_TOKEN and give a file "
                + "of mode 0600 with SWIPELINE_TOKEN_FILE or --token-file"
        }
    }
}
