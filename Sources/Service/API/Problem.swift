internal import HTTPTypes
internal import Hummingbird
internal import Lane
internal import NIOCore
internal import Values

/// Why a request is not done, as problem details (RFC 9457) with a code, a reason and a remedy.
internal struct Problem: Error, Equatable {
    /// The kinds of problems; each has its own code.
    enum Code: String, CaseIterable {
        // The request.
        case badRequest, badJSON, bodyTooLarge, notJSON, badPath, notFound, methodNotAllowed
        case keyMissing
        // Who asks.
        case hostRefused, originRefused, unauthorized, pageHeaderMissing, pairingRefused
        case supervisorRequired, supervisorRefused, supervisorLocked, supervisorMissing
        case peerRefused
        // What the lane says.
        case busy, laneStopped, ticketInDoubt, ticketPaid, ticketCancelled, notPossible
        case overAmount, underWay, idempotencyMismatch, orderRefused
        // What the shop allows.
        case refundLimit, refundDayLimit, unlinkedRefundOff
        // The daemon.
        case journalFault, stopping, laneBusy, tooManyStreams, noReader, internalFault
    }

    let status: HTTPResponse.Status
    let code: Code
    /// What is wrong.
    let reason: String
    /// What to do.
    let remedy: String
    var reference: PaymentReference?
    /// The member of the body that is wrong, by its path.
    var field: String?
    /// The methods that the path takes.
    var allowed: String?

    init(_ status: HTTPResponse.Status, _ code: Code, _ reason: String, remedy: String) {
        self.status = status
        self.code = code
        self.reason = reason
        self.remedy = remedy
    }

    var json: JSON {
        let told: JSON = [
            "type": "urn:swipeline:problem:\(code.rawValue)", "title": .string(reason),
            "status": .integer(status.code), "detail": "\(reason); \(remedy)",
            "code": .string(code.rawValue), "reason": .string(reason), "remedy": .string(remedy),
        ]
        let placed = field.map { told.adding(["field": .string($0)]) } ?? told
        return reference.map { placed.adding(["reference": .string($0.text)]) } ?? placed
    }

    /// What a lane refuses.
    init(_ refusal: LaneRefusal) {
        let text = refusal.description.split(separator: "; ", maxSplits: 1).map(String.init)
        let remedy = text.count > 1 ? text[1] : "call support"
        switch refusal {
        case .busy: self.init(.conflict, .busy, text[0], remedy: remedy)
        case .stopped: self.init(.serviceUnavailable, .laneStopped, text[0], remedy: remedy)
        case .ticketInDoubt(let reference):
            self.init(.conflict, .ticketInDoubt, text[0], remedy: remedy)
            self.reference = reference
        case .ticketPaid(let reference):
            self.init(.conflict, .ticketPaid, text[0], remedy: remedy)
            self.reference = reference
        case .ticketCancelled: self.init(.conflict, .ticketCancelled, text[0], remedy: remedy)
        case .notPossible(nil): self = .noPayment
        case .notPossible: self.init(.conflict, .notPossible, text[0], remedy: remedy)
        case .overAmount:
            self.init(
                .unprocessableContent, .overAmount, text[0], remedy: "ask for no more than that")
        case .underWay: self.init(.conflict, .underWay, text[0], remedy: remedy)
        }
    }

    /// What the shop does not give back.
    init(_ breach: RefundLimit.Breach) {
        switch breach {
        case .refund(let cents):
            self.init(
                .unprocessableContent, .refundLimit,
                "the refund is over the shop's limit of \(cents) cents",
                remedy: "give less back, or raise service.refunds.perRefundCents")
        case .day(let cents):
            self.init(
                .unprocessableContent, .refundDayLimit,
                "the day's refunds would be over the shop's limit of \(cents) cents",
                remedy: "wait for tomorrow, or raise service.refunds.perDayCents")
        }
    }

    /// The path is known, and not with this method.
    static func wrongMethod(allowed: String) -> Problem {
        var problem = Problem(
            .methodNotAllowed, .methodNotAllowed, "the path does not take that method",
            remedy: "use \(allowed)")
        problem.allowed = allowed
        return problem
    }

    /// There is nothing of that name.
    static let noPayment = Problem(
        .notFound, .notFound, "there is no such payment on this lane",
        remedy: "look at GET /v1/payments")
}

extension Problem: HTTPResponseError {
    func response(from request: Request, context: some RequestContext) -> Response {
        var response = Response(json, status: status)
        response.headers[.contentType] = "application/problem+json"
        response.headers[.allow] = allowed
        return response
    }
}

extension Response {
    /// An answer that is JSON.
    init(_ json: JSON, status: HTTPResponse.Status = .ok) {
        let bytes = ByteBuffer(string: json.written)
        self.init(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: bytes))
    }
}
