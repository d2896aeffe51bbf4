internal import HTTPTypes
internal import Hummingbird

/// Which methods each path of a door knows: what tells a wrong method from a wrong path.
internal struct KnownPaths: Sendable {
    private let methods: [(parts: [Substring], method: HTTPRequest.Method)]

    /// The routes of a router.
    init(_ router: Router<APIContext>) {
        methods = router.routes.map { ($0.path.description.split(separator: "/"), $0.method) }
    }

    /// The methods that a path takes, as Allow has them; `nil` for a path that is not known.
    func allowed(at path: String) -> String? {
        let segments = path.split(separator: "/")
        let found = methods.filter { Self.fits(segments, $0.parts) }.map(\.method.rawValue)
        return found.isEmpty ? nil : Set(found).sorted().joined(separator: ", ")
    }

    private static func fits(_ segments: [Substring], _ parts: [Substring]) -> Bool {
        if parts.last == "**" {
            return segments.count >= parts.count
                && zip(segments, parts.dropLast()).allSatisfy { $0 == $1 }
        }
        return segments.count == parts.count
            && zip(segments, parts).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }
}
