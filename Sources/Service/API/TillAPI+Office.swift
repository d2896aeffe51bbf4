internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Settings
internal import Values

/// The supervisor and the limits.
extension TillAPI {
    func addOffice(to router: Router<APIContext>) {
        router.post("/v1/supervisor") { request, _ in try await admitSupervisor(request) }
        addConfiguration(to: router)
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
}
