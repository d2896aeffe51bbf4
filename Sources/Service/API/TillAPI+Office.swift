internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Settings
internal import Values

/// The supervisor, the limits, and what may be changed while the service runs.
extension TillAPI {
    func addOffice(to router: Router<APIContext>) {
        router.post("/v1/supervisor") { request, _ in try await admitSupervisor(request) }
        router.get("/v1/configuration") { _, _ in Response(configuration) }
        router.patch("/v1/configuration") { request, _ in
            try requireSupervisor(request)
            return Response(try await changeConfiguration(request))
        }
    }

    private func admitSupervisor(_ request: Request) async throws -> Response {
        var fields = try await BodyFields(request)
        guard let code = try fields.text("code", maximum: SupervisorCode.lengthMaximum) else {
            throw Problem(
                .badRequest, .badJSON, "the code is missing", remedy: "give {\"code\": \"...\"}")
        }
        try fields.finish()
        switch desk.parts.supervisor.admit(code) {
        case .token(let token):
            desk.audit(.supervisor, "the supervisor's code was given")
            return Response([
                "token": .string(token),
                "expiresIn": .integer(SupervisorDesk.tokenMilliseconds / 1000),
            ])
        case .wrong:
            desk.audit(.supervisor, "a wrong supervisor's code was given")
            throw Problem(
                .forbidden, .supervisorRefused, "the supervisor's code is wrong",
                remedy: "try again; after five wrong tries it is locked for five minutes")
        case .locked(let seconds):
            desk.audit(.supervisor, "a supervisor's code was given while it was locked")
            throw Problem(
                .tooManyRequests, .supervisorLocked, "the supervisor's code is locked",
                remedy: "wait \(seconds) seconds")
        case .none:
            throw Problem(
                .forbidden, .supervisorMissing, "no supervisor's code is set",
                remedy: "set one with `swipeline supervisor set`")
        }
    }

    /// Lets only the supervisor on.
    func requireSupervisor(_ request: Request) throws {
        guard let token = request.headers[.supervisor] else {
            throw Problem(
                .forbidden, .supervisorRequired, "this needs the supervisor",
                remedy: "give the code to POST /v1/supervisor and its token in the header "
                    + "Supervisor")
        }
        guard desk.parts.supervisor.isSupervisor(token) else {
            throw Problem(
                .forbidden, .supervisorRequired, "the supervisor's token is over or wrong",
                remedy: "give the code to POST /v1/supervisor again")
        }
    }

    /// What a refund is held to.
    var refundLimit: RefundLimit { RefundLimit(desk.settings.refunds, dayStart: today) }

    /// A refund to a card that has paid nothing here.
    func allowUnlinkedRefund(_ request: Request) throws {
        guard desk.settings.refunds.unlinked else {
            throw Problem(
                .forbidden, .unlinkedRefundOff, "refunds without a payment are switched off",
                remedy: "refund the payment itself, or set service.refunds.unlinked")
        }
        try requireSupervisor(request)
    }

    // MARK: Configuration

    /// What is configured, without secrets: names of files in their place.
    var configuration: JSON {
        let settings = desk.settings
        return [
            "tcp": .boolean(settings.tcp), "port": .integer(settings.port),
            "tokenFile": .text(settings.tokenFile),
            "supervisorFile": .text(settings.supervisorFile),
            "page": [
                "enabled": .boolean(settings.page.enabled),
                "language": .string(settings.page.language),
            ],
            "shop": [
                "name": .string(settings.shop.name),
                "lines": .array(settings.shop.lines.map { .string($0) }),
            ],
            "refunds": [
                "perRefundCents": .integer(settings.refunds.perRefundCents),
                "perDayCents": .integer(settings.refunds.perDayCents),
                "unlinked": .boolean(settings.refunds.unlinked),
            ],
            "webhook": [
                "enabled": .boolean(settings.webhook.enabled),
                "port": .integer(settings.webhook.port),
            ],
            "replay": .text(settings.replay), "lane": .integer(journal.lane),
        ]
    }

    /// Changes what may be changed at run time; it holds until the service ends.
    private func changeConfiguration(_ request: Request) async throws -> JSON {
        var fields = try await BodyFields(request)
        var settings = desk.settings
        var changed: [String] = []
        if let language = try fields.text("language", maximum: 2) {
            guard ["en", "es"].contains(language) else {
                throw Problem(
                    .badRequest, .badJSON, "language must be en or es", remedy: "name one of them")
            }
            settings.page.language = language
            changed.append("language")
        }
        if var shop = try fields.object("shop") {
            settings.shop.name = try shop.text("name", maximum: 80) ?? settings.shop.name
            settings.shop.lines = try shop.texts("lines", maximum: 8) ?? settings.shop.lines
            try shop.finish()
            changed.append("shop")
        }
        if var refunds = try fields.object("refunds") {
            let (each, day) = (
                try refunds.integer("perRefundCents"), try refunds.integer("perDayCents")
            )
            guard each ?? 0 >= 0, day ?? 0 >= 0 else {
                throw Problem(
                    .badRequest, .badJSON, "a limit is below zero", remedy: "give cents from 0")
            }
            settings.refunds.perRefundCents = each ?? settings.refunds.perRefundCents
            settings.refunds.perDayCents = day ?? settings.refunds.perDayCents
            try refunds.finish()
            changed.append("refunds")
        }
        try fields.finish()
        let what = "changed by the supervisor: \(changed.joined(separator: ", "))"
        _ = try await ask(.remark(.configuration, what))
        desk.use(settings)
        board.events.tell(.lane)
        return configuration
    }
}
