internal import Advice
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Lane
internal import NIOCore
internal import Timeline
internal import Values

/// The local API. docs/service.md and `openapi.json` describe it.
internal struct TillAPI: Sendable {
    let desk: ServiceDesk

    var board: LaneBoard { desk.parts.board }
    var journal: any JournalStore { desk.parts.journal }

    /// Every route of the API that is behind a door.
    func addRoutes(to router: Router<APIContext>, at door: Door) {
        router.get("/v1/lane") { _, context in Response(lane(in: context.language)) }
        router.get("/v1/readers") { _, _ in Response(readers(board.view)) }
        router.get("/v1/latency") { request, _ in Response(try latency(request)) }
        router.get("/v1/health") { _, _ in health() }
        router.get("/v1/openapi.json") { _, _ in file(desk.parts.files.openAPI) }
        router.get("/v1/events") { request, context in try events(request, context) }
        router.get("/metrics") { _, _ in metrics() }
        addPayments(to: router)
        addReceipts(to: router)
        addOffice(to: router)
        addReplay(to: router)
        switch door.kind {
        case .socket: router.post("/v1/pairing") { _, _ in newPairingCode() }
        case .loopback: addPage(to: router)
        }
    }

    // MARK: What all routes use

    /// Asks the lane and gives its word, or the problem that it is.
    func ask(_ command: LaneCommand) async throws -> (attempt: Attempt, isNew: Bool)? {
        switch await desk.parts.mailbox.ask(command) {
        case .payment(let attempt, let isNew): return (attempt, isNew)
        case .done: return nil
        case .refused(let refusal): throw Problem(refusal)
        case .keyMismatch(let reference):
            var problem = Problem(
                .unprocessableContent, .idempotencyMismatch,
                "this Idempotency-Key belongs to another request",
                remedy: "use a new key for a new payment")
            problem.reference = reference
            throw problem
        case .broken(let rule):
            throw Problem(
                .unprocessableContent, .orderRefused, rule, remedy: "correct it and send again")
        case .overLimit(let breach): throw Problem(breach)
        case .fault(let fault):
            throw Problem(
                .serviceUnavailable, .journalFault, fault, remedy: "call support")
        case .notTaken:
            throw Problem(
                .serviceUnavailable, .laneBusy,
                "the lane is busy with a payment and did not come to this; nothing was taken",
                remedy: "nothing will be done of it; send it again, with the same key if it has one"
            )
        case .stopping:
            throw Problem(
                .serviceUnavailable, .stopping, "the service is ending",
                remedy: "send the same request with the same key again when it is back")
        }
    }

    /// The payment of a reference.
    func attempt(_ text: String?) throws -> Attempt {
        guard let text, let reference = PaymentReference(text) else { throw Problem.noPayment }
        let found: Attempt?
        do throws(JournalFault) { found = try journal.attempt(reference) } catch {
            throw Problem(error)
        }
        guard let found else { throw Problem.noPayment }
        return found
    }

    private func metrics() -> Response {
        let uptime = desk.parts.time.now().since(desk.startedAt) / 1_000_000_000
        let page = board.metrics.text(
            board.view, listeners: board.events.listenerCount, uptimeSeconds: uptime)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    func file(_ content: ServiceFiles.Content) -> Response {
        Response(
            status: .ok, headers: [.contentType: content.type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: content.bytes)))
    }
}

extension Problem {
    /// The journal cannot be read.
    init(_ fault: JournalFault) {
        self.init(
            .serviceUnavailable, .journalFault, "the journal cannot be read",
            remedy: fault.description)
    }
}
