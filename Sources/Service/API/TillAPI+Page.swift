internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Settings

/// The cashier's page: its files, and how a browser is paired with the lane.
extension TillAPI {
    static let cookie = "swipeline_session"

    func addPage(to router: Router<APIContext>) {
        router.get("/") { _, _ in try pageFile("index.html") }
        router.get("/page/**") { _, context in
            try pageFile(context.parameters.getCatchAll().joined(separator: "/"))
        }
        router.post("/session") { request, _ in try await pair(request) }
        router.get("/session") { _, context in
            guard case .page = context.caller else { throw Problem.notPaired }
            let language = desk.settings.page.language
            return Response(["paired": true, "language": .string(language)])
        }
        router.delete("/session") { _, context in
            if case .page(let token) = context.caller { desk.sessions.end(token) }
            return Self.setting(cookie: "", seconds: 0)
        }
    }

    private func pageFile(_ name: String) throws -> Response {
        guard desk.settings.page.enabled, let content = desk.parts.files.page[name] else {
            throw Problem(
                .notFound, .notFound, "there is no such page",
                remedy: "switch service.page.enabled on, and open /")
        }
        var response = file(content)
        response.headers[.contentSecurityPolicy] = Self.policy
        return response
    }

    /// Nothing but what this service itself gives out.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"

    private func pair(_ request: Request) async throws -> Response {
        var fields = try await BodyFields(request)
        let code = try fields.text("code", maximum: 16) ?? ""
        try fields.finish()
        guard let token = desk.sessions.pair(code) else {
            desk.audit(.refusedPeer, "a page gave a pairing code that is wrong, used or too old")
            throw Problem(
                .forbidden, .pairingRefused, "the pairing code is wrong, used or too old",
                remedy: "get a new one with `swipeline pair`")
        }
        desk.audit(.configuration, "a cashier's page was paired")
        return Self.setting(cookie: token, seconds: PageSessions.sessionMilliseconds / 1000)
    }

    private static func setting(cookie token: String, seconds: Int) -> Response {
        let cookie =
            "\(cookie)=\(token); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(seconds)"
        return Response(status: .noContent, headers: [.setCookie: cookie])
    }

    /// A code for a page that is to be paired; over the socket only.
    func newPairingCode() -> Response {
        Response(
            [
                "code": .string(desk.newPairingCode()),
                "expiresIn": .integer(PageSessions.codeMilliseconds / 1000),
            ], status: .created)
    }
}

extension Problem {
    /// The page has no session.
    static let notPaired = Problem(
        .unauthorized, .unauthorized, "this browser is not paired with the lane",
        remedy: "get a code with `swipeline pair` and enter it on the page")
}
