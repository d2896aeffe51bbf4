internal import Advice
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Settings

/// Who may come in by a door, and with what: everything that can be judged by a request's head.
/// A local API is safe from browsers by this: names of the host, origins, tokens,
/// JSON only, no cross-origin answers.
internal struct Gatekeeper: RouterMiddleware {
    let desk: ServiceDesk
    let door: Door
    let known: KnownPaths

    @concurrent func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        var response: Response
        do {
            try checkTarget(request)
            try checkNames(request)
            try checkBody(request)
            context.caller = try caller(request)
            context.language = language(request)
            response = try await next(request, context)
        } catch {
            let problem = problem(error, request)
            if Self.isBreach(problem.code) {
                desk.auditRefusal("\(door.place): \(problem.code.rawValue)")
            }
            response = problem.response(from: request, context: context)
        }
        desk.parts.board.metrics.count(status: response.status.code)
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.frameOptions] = "DENY"
        return response
    }

    /// What goes into the audit chain as a refused peer.
    private static func isBreach(_ code: Problem.Code) -> Bool {
        [.hostRefused, .originRefused, .unauthorized, .pageHeaderMissing].contains(code)
    }

    private func problem(_ error: any Error, _ request: Request) -> Problem {
        if let problem = error as? Problem { return problem }
        guard let error = error as? any HTTPResponseError, error.status != .internalServerError
        else {
            return Problem(
                .internalServerError, .internalFault, "the service failed at this request",
                remedy: "look at its log, and call support")
        }
        if error.status == .notFound {
            if let allowed = known.allowed(at: request.uri.path) {
                return .wrongMethod(allowed: allowed)
            }
            return Problem(
                .notFound, .notFound, "there is nothing here",
                remedy: "look at GET /v1/openapi.json")
        }
        return Problem(
            error.status, error.status == .contentTooLarge ? .bodyTooLarge : .badRequest,
            "the request is refused: \(error.status)", remedy: "look at GET /v1/openapi.json")
    }

    // MARK: The head

    /// A path of plain names: nothing that could be read in two ways.
    private func checkTarget(_ request: Request) throws {
        let target = request.uri.string
        let path = request.uri.path.utf8
        let isPlain = path.allSatisfy { byte in
            byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "/-_.".utf8.contains(byte)
        }
        let parts = request.uri.path.split(separator: "/", omittingEmptySubsequences: false)
        guard target.utf8.count <= ServiceLimits.targetBytesMaximum, target.hasPrefix("/"),
            isPlain, request.uri.path == "/" || !parts.dropFirst().contains(""),
            !parts.contains("."), !parts.contains("..")
        else {
            throw Problem(
                .badRequest, .badPath, "the path is none of this service's",
                remedy: "use the paths of GET /v1/openapi.json as they are written there")
        }
    }

    private func checkNames(_ request: Request) throws {
        let origin = request.headers[.origin]
        guard case .loopback = door.kind else {
            guard origin == nil else { throw Self.strangeOrigin }
            return
        }
        let origins = desk.settings.page.origins
        let named = origins.compactMap { URL(string: $0) }.compactMap { url in
            url.host.map { host in url.port.map { "\(host):\($0)" } ?? host }
        }
        guard let host = request.head.authority,
            door.hosts.contains(host) || named.contains(host)
        else {
            throw Problem(
                .misdirectedRequest, .hostRefused, "this service does not go by that host's name",
                remedy: "use 127.0.0.1 or localhost with its port, or add the name to "
                    + "service.page.origins")
        }
        if let origin {
            let own = door.hosts.map { "http://\($0)" }
            guard own.contains(origin) || origins.contains(origin) else {
                throw Self.strangeOrigin
            }
        }
        let site = request.headers[.fetchSite] ?? "none"
        guard ["none", "same-origin"].contains(site) || isPageItself(request) else {
            throw Self.strangeOrigin
        }
    }

    /// A link to the page may stand anywhere.
    private func isPageItself(_ request: Request) -> Bool {
        request.method == .get && request.uri.path == "/"
    }

    private static let strangeOrigin = Problem(
        .forbidden, .originRefused, "requests of that origin are not taken",
        remedy: "open the page at this service's own address")

    private func checkBody(_ request: Request) throws {
        guard request.headers[.contentEncoding] == nil else {
            throw Problem(
                .unsupportedMediaType, .notJSON, "an encoded body is not taken",
                remedy: "send plain JSON")
        }
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= ServiceLimits.bodyBytesMaximum else {
            throw Problem(
                .contentTooLarge, .bodyTooLarge,
                "the body is over \(ServiceLimits.bodyBytesMaximum) bytes",
                remedy: "send what the API's description asks for")
        }
        let hasBody = length > 0 || request.headers[.transferEncoding] != nil
        let type = request.headers[values: .contentType]
        guard !hasBody && type.isEmpty || type.count == 1 && Self.isJSON(type[0]) else {
            throw Problem(
                .unsupportedMediaType, .notJSON, "only JSON is taken",
                remedy: "send Content-Type: application/json")
        }
    }

    private static func isJSON(_ type: String) -> Bool {
        let parts = type.lowercased().split(separator: ";").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts.first == "application/json" else { return false }
        return parts.count == 1 || parts.count == 2 && parts[1] == "charset=utf-8"
    }

    // MARK: Who asks

    private func caller(_ request: Request) throws -> Caller {
        guard case .loopback = door.kind else { return .till }
        let given = request.headers[values: .authorization]
        if !given.isEmpty {
            guard given.count == 1, given[0].hasPrefix("Bearer "), desk.settings.tcp,
                desk.parts.token?.isSame(as: String(given[0].dropFirst(7))) == true
            else { throw Self.unauthorized }
            return .till
        }
        if let token = session(request), desk.settings.page.enabled, desk.sessions.isPaired(token) {
            // A form or an image of a strange page cannot set a header.
            guard request.method == .get || request.headers[.page] == "1" else {
                throw Problem(
                    .forbidden, .pageHeaderMissing, "the header Swipeline-Page is missing",
                    remedy: "send Swipeline-Page: 1 with whatever changes something")
            }
            return .page(token)
        }
        guard isOpen(request) else { throw Self.unauthorized }
        return .nobody
    }

    private func session(_ request: Request) -> String? {
        let pairs = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }
        let name = TillAPI.cookie + "="
        let found = pairs.map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix(name) }
        return found.count == 1 ? String(found[0].dropFirst(name.count)) : nil
    }

    /// What anybody may have: the page's files, and the way to be paired.
    private func isOpen(_ request: Request) -> Bool {
        guard desk.settings.page.enabled else { return false }
        let path = request.uri.path
        return path == "/session" || path == "/" && request.method == .get
            || path.hasPrefix("/page/") && request.method == .get
    }

    private static let unauthorized = Problem(
        .unauthorized, .unauthorized, "who asks is not known",
        remedy: "give the tills' token as `Authorization: Bearer`, or pair the page")

    private func language(_ request: Request) -> Language {
        let asked = request.uri.queryParameters["language"].map(String.init)
        let accepted = request.headers[.acceptLanguage]?.prefix(2).lowercased()
        let known = [asked, accepted, desk.settings.page.language].compactMap { $0 }
        return known.compactMap { Language(rawValue: $0) }.first ?? .english
    }
}
