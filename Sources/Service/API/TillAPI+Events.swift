internal import Advice
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import NIOCore
internal import ServiceLifecycle
internal import Values

/// Server-sent events: what happens on the lane, as it happens. Source: HTML, "Server-sent events".
extension TillAPI {
    /// Everything.
    func events(_ request: Request, _ context: APIContext) throws -> Response {
        let listener = try listen(after: request.headers[.lastEventID])
        let beginning: [EventHub.News] =
            request.headers[.lastEventID] == nil ? [.lane, .reader, .gateway] : []
        return stream(listener, context, beginning: beginning) { _ in true }
    }

    /// One payment, to its end.
    func eventsOfPayment(_ request: Request, _ context: APIContext) throws -> Response {
        // Listened to before it is read, so that nothing falls between.
        let listener = try listen(after: request.headers[.lastEventID])
        let attempt: Attempt
        do { attempt = try self.attempt(context.parameters.get("reference")) } catch {
            board.events.leave(listener)
            throw error
        }
        let now = EventHub.News.payment(attempt, board.view.live(of: attempt))
        return stream(listener, context, beginning: [now]) { news in
            guard case .payment(let other, _) = news else { return news == .beat }
            return other.sequence == attempt.sequence
        }
    }

    private func listen(after last: String?) throws -> EventHub.Listener {
        guard let listener = board.events.listen(after: last) else {
            throw Problem(
                .serviceUnavailable, .tooManyStreams, "too many streams of events are open",
                remedy: "close those that nobody reads")
        }
        return listener
    }

    private func stream(
        _ listener: EventHub.Listener, _ context: APIContext, beginning: [EventHub.News],
        _ isWanted: @escaping @Sendable (EventHub.News) -> Bool
    ) -> Response {
        let hub = board.events
        let isOfOne = beginning.count == 1
        let language = context.language
        // Whoever is gone is no listener any more, though nothing is written meanwhile.
        context.whenLeft { hub.leave(listener) }
        let body = ResponseBody { writer in
            defer { hub.leave(listener) }
            for news in beginning {
                try await writer.write(text(news, id: nil, language))
                if isOfOne, Self.isEnd(news) { return try await writer.finish(nil) }
            }
            for event in listener.missed where isWanted(event.news) || event.news == .resync {
                try await writer.write(text(event.news, id: hub.id(event), language))
                if isOfOne, Self.isEnd(event.news) { return try await writer.finish(nil) }
            }
            for await event in listener.events where isWanted(event.news) {
                try await writer.write(text(event.news, id: hub.id(event), language))
                if isOfOne, Self.isEnd(event.news) { break }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream"], body: body)
    }

    private static func isEnd(_ news: EventHub.News) -> Bool {
        guard case .payment(let attempt, _) = news else { return false }
        return attempt.state.isEnd
    }

    /// A piece of news as it goes over the wire.
    private func text(
        _ news: EventHub.News, id: String?, _ language: Language
    ) -> ByteBuffer {
        guard news != .beat else { return ByteBuffer(string: ":\n\n") }
        let (name, data) = said(news, language)
        let number = id.map { "id: \($0)\n" } ?? ""
        return ByteBuffer(string: "\(number)event: \(name)\ndata: \(data.written)\n\n")
    }

    private func said(_ news: EventHub.News, _ language: Language) -> (String, JSON) {
        switch news {
        case .payment(let attempt, let live):
            let record = PaymentRecord.best(attempt, live, in: journal)
            return ("payment", record.json(in: language))
        case .lane: return ("lane", lane(in: language))
        case .reader: return ("reader", readers(board.view))
        case .gateway: return ("gateway", Self.gateway(board.view.gateway))
        case .alarm(let alarm): return ("alarm", Self.alarm(alarm, language))
        case .resync, .beat: return ("resync", [:])
        }
    }
}

extension HTTPField.Name {
    /// The last event that a listener heard.
    static var lastEventID: HTTPField.Name {
        guard let name = HTTPField.Name("Last-Event-ID") else {
            preconditionFailure("a field's name is a token")
        }
        return name
    }
}
