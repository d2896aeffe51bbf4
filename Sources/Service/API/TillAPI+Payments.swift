internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Lane
internal import PayHub
internal import Values

/// Payments: started, followed, cancelled, listed.
extension TillAPI {
    func addPayments(to router: Router<APIContext>) {
        router.post("/v1/payments") { request, context in try await pay(request, context) }
        router.get("/v1/payments") { request, context in Response(try list(request, context)) }
        router.get("/v1/payments/{reference}") { _, context in
            Response(
                shown(try attempt(context.parameters.get("reference")), context.language))
        }
        router.get("/v1/payments/{reference}/events") { request, context in
            try eventsOfPayment(request, context)
        }
        router.post("/v1/payments/{reference}/cancel") { request, context in
            try await cancel(request, context)
        }
        router.post("/v1/payments/{reference}/allow-duplicate") { request, context in
            try await order(request, context) { .allowDuplicate($0) }
        }
        for operation in [JournalOperation.capture, .void, .refund] {
            router.post("/v1/payments/{reference}/\(operation.rawValue)") { request, context in
                try await followUp(operation, request, context)
            }
        }
    }

    private func pay(_ request: Request, _ context: APIContext) async throws -> Response {
        let fields = try await BodyFields(request)
        var wish = try wish(fields, key: try key(request, fields))
        if wish.operation == .refund {
            try allowUnlinkedRefund(request)
            wish.limit = refundLimit
        }
        return try await created(.pay(wish), context)
    }

    private func created(
        _ command: LaneCommand, _ context: APIContext
    ) async throws -> Response {
        guard let told = try await ask(command) else { throw Problem.noPayment }
        var response = Response(
            shown(told.attempt, context.language), status: told.isNew ? .created : .ok)
        response.headers[.location] = "/v1/payments/\(told.attempt.reference)"
        return response
    }

    private func wish(_ given: BodyFields, key: TillKey) throws -> PaymentWish {
        var fields = given
        guard let name = try fields.text("operation", maximum: 16),
            let operation = PaymentRecord.operation(named: name),
            [.sale, .authOnly, .verify, .refund].contains(operation)
        else {
            throw Problem(
                .badRequest, .badJSON, "operation must be sale, authorize, verify or refund",
                remedy: "name one of them")
        }
        let amount = try fields.money("amount")
        guard (amount == nil) == (operation == .verify) else {
            throw Problem(
                .badRequest, .badJSON,
                operation == .verify ? "a verify has no amount" : "the amount is missing",
                remedy: "give {\"cents\": 1275, \"currency\": \"USD\"} with all but a verify")
        }
        var wish = PaymentWish(
            operation, amount, try ticket(fields.text("ticket", maximum: 64)), key: key)
        wish.allowsDuplicate = try fields.boolean("allowDuplicate") ?? false
        wish.details = try details(&fields)
        try fields.finish()
        return wish
    }

    private func ticket(_ text: String?) throws -> Ticket {
        let made = "T\(String(desk.parts.wall().milliseconds, radix: 36))-\(Random.code())"
        guard let ticket = Ticket(text ?? made) else {
            throw Problem(
                .badRequest, .badJSON, "the ticket is refused",
                remedy: "use 1 to 64 letters, digits and -_.:/# and no card number")
        }
        return ticket
    }

    private func details(_ fields: inout BodyFields) throws -> OrderDetails {
        var details = OrderDetails()
        if var order = try fields.object("order") {
            details.invoiceNumber = try order.text("invoice")
            details.purchaseOrderNumber = try order.text("purchaseOrder")
            details.tax = try order.money("tax")
            details.shipping = try order.money("shipping")
            try order.finish()
        }
        if var customer = try fields.object("customer") {
            var one = Customer(
                emailAddress: try customer.text("email"), phoneNumber: try customer.text("phone"))
            let names = (try customer.text("firstName"), try customer.text("lastName"))
            if names.0 != nil || names.1 != nil { one.name = (names.0 ?? "", names.1 ?? "") }
            try customer.finish()
            details.customer = one
        }
        return details
    }

    /// The till's key, with a digest of what is asked.
    private func key(_ request: Request, _ fields: BodyFields) throws -> TillKey {
        let given = request.headers[values: .idempotencyKey]
        let digest = Random.hex(
            Array(Calls.digest("\(request.uri.path) \(fields.canonical)").prefix(16)))
        guard given.count == 1, let key = TillKey(given[0], digest: digest) else {
            throw Problem(
                .badRequest, .keyMissing, "the header Idempotency-Key is missing or no key",
                remedy: "give one of 1 to 64 letters, digits and -_.:/#, no card number, a new one "
                    + "for each payment and the same one when a request is sent again")
        }
        return key
    }

    private func order(
        _ request: Request, _ context: APIContext,
        _ command: (PaymentReference) -> LaneCommand
    ) async throws -> Response {
        try await BodyFields(request).finish()
        let attempt = try attempt(context.parameters.get("reference"))
        return try await ordered(command(attempt.reference), context)
    }

    private func ordered(_ command: LaneCommand, _ context: APIContext) async throws -> Response {
        guard let told = try await ask(command) else { throw Problem.noPayment }
        return Response(shown(told.attempt, context.language), status: .accepted)
    }

    /// A payment that is being sent keeps the lane's thread busy: word is left for it.
    private func cancel(_ request: Request, _ context: APIContext) async throws -> Response {
        try await BodyFields(request).finish()
        let attempt = try attempt(context.parameters.get("reference"))
        guard board.view.live(attempt.sequence).phase == .sending,
            desk.parts.cancelling?.ask(attempt.ticket) == true
        else { return try await ordered(.cancel(attempt.reference), context) }
        desk.parts.mailbox.bell.signal()
        return Response(shown(attempt, context.language), status: .accepted)
    }

    private func followUp(
        _ operation: JournalOperation, _ request: Request, _ context: APIContext
    ) async throws -> Response {
        var fields = try await BodyFields(request)
        let key = try key(request, fields)
        let amount = operation == .void ? nil : try fields.money("amount")
        try fields.finish()
        let attempt = try attempt(context.parameters.get("reference"))
        if operation != .capture { try requireSupervisor(request) }
        var wish = FollowUpWish(operation, of: attempt.reference, amount, key: key)
        if operation == .refund { wish.limit = refundLimit }
        return try await created(.followUp(wish), context)
    }
}
