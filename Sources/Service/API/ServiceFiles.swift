internal import Foundation

/// The files that the service gives out, read once at its start: no path of a request ever reaches
/// the file system.
public struct ServiceFiles: Sendable {
    /// A file.
    struct Content: Sendable {
        let bytes: [UInt8]
        let type: String
    }

    /// The page's files by their path below it, such as `js/app.js`.
    let page: [String: Content]
    /// The description of the API.
    let openAPI: Content

    /// Types by the end of the name; other files are left out.
    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "json": "application/json",
        "svg": "image/svg+xml", "png": "image/png", "woff2": "font/woff2",
        "webmanifest": "application/manifest+json",
    ]
    private static let bytesMaximum = 1_048_576

    /// Reads the files of a folder that holds `Page` and `openapi.json`.
    /// - Throws: ``ServiceFault/filesMissing(path:)``
    public init(folder: String) throws(ServiceFault) {
        guard let openAPI = Self.content("\(folder)/openapi.json") else {
            throw .filesMissing(path: folder)
        }
        self.openAPI = openAPI
        let names = FileManager.default.enumerator(atPath: "\(folder)/Page")
        var page: [String: Content] = [:]
        while let name = names?.nextObject() as? String {
            if let content = Self.content("\(folder)/Page/\(name)") { page[name] = content }
        }
        self.page = page
    }

    private static func content(_ path: String) -> Content? {
        let end = path.split(separator: ".").last.map(String.init) ?? ""
        guard let type = types[end], let data = FileManager.default.contents(atPath: path),
            data.count <= bytesMaximum
        else { return nil }
        return Content(bytes: [UInt8](data), type: type)
    }

    /// Where the files are: named, beside the program, or where a package puts them.
    public static func folder(named: String?, program: String) -> String? {
        let beside = URL(fileURLWithPath: program).deletingLastPathComponent()
        let places: [String?] = [
            named, beside.appendingPathComponent("swipeline_Service.resources").path,
            beside.appendingPathComponent("../share/swipeline").standardized.path,
            "/usr/share/swipeline",
        ]
        return places.compactMap { $0 }.first {
            FileManager.default.fileExists(atPath: "\($0)/openapi.json")
        }
    }
}

/// Why the service does not start or goes on no more.
public enum ServiceFault: Error, Equatable, Sendable {
    /// The files of page and API are not there.
    case filesMissing(path: String)
    /// A socket or port cannot be listened on.
    case notListening(place: String, errno: Int32)
    /// A file cannot be written.
    case notWritten(path: String, errno: Int32)
    /// The file of the supervisor's changes cannot be taken.
    case changesRefused(path: String)
    /// A user or group of the configuration is not known to the system.
    case unknownUser(String)
    case unknownGroup(String)
}

extension ServiceFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .filesMissing(let path):
            "the service's files are not in \(path): install the program with its folder "
                + "share/swipeline, or name it in SWIPELINE_SHARE"
        case .notWritten(let path, let code):
            "\(path) cannot be written (errno \(code)): free some room, or let the service's user "
                + "write into its folder"
        case .notListening(let place, _):
            "nothing can listen on \(place): end whatever has it, make its folder, or configure "
                + "another place"
        case .changesRefused(let path):
            "what the supervisor changed, \(path), is not readable by its owner alone or is none "
                + "of ours: run chmod 600 on it, or remove it to go by the configuration alone"
        case .unknownUser(let name): "service.allowedUsers: there is no user \(name); add it first"
        case .unknownGroup(let name):
            "service.allowedGroups: there is no group \(name); add it first"
        }
    }
}
