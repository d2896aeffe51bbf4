import Foundation
import HostileClient
import Journal
import Testing
import Values

@testable import Service

/// What happens is told as it happens, and nothing of it is lost to who was away for a moment.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EventTests {
    @Test func `who names the last event hears what came since`() async throws {
        try await ServiceRig.run { rig in
            let reference = PaymentReference(lane: 1, journal: 7, sequence: 1)
            let first = try #require(rig.board.events.listen(after: nil))
            rig.board.alarm(.reportEmpty, nil)
            var heard: [EventHub.Event] = []
            for await event in first.events {
                heard.append(event)
                if heard.count == 2 { break }
            }
            rig.board.events.leave(first)
            rig.board.alarm(.notReported(reference), nil)
            let id = rig.board.events.id(try #require(heard.first))
            let second = try #require(rig.board.events.listen(after: id))
            let alarms = second.missed.compactMap { event in
                if case .alarm(let raised) = event.news { raised.alarm } else { nil }
            }
            #expect(alarms == [.reportEmpty, .notReported(reference)])
            #expect(second.missed.first?.number == (heard.first?.number ?? 0) + 1)
        }
    }

    @Test(arguments: ["other-1", "nonsense", "x-99999", ""])
    func `who names an event that is not known is told to read anew`(id: String) async throws {
        try await ServiceRig.run { rig in
            let listener = try #require(rig.board.events.listen(after: id))
            #expect(listener.missed.map(\.news) == [.resync])
        }
    }

    @Test func `what is too long ago is told as a resync`() async throws {
        try await ServiceRig.run { rig in
            let hub = rig.board.events
            hub.tell(.lane)
            let id = "\(hub.run)-1"
            for _ in 0...EventHub.kept { hub.tell(.lane) }
            let listener = try #require(hub.listen(after: id))
            #expect(listener.missed.map(\.news) == [.resync])
        }
    }

    @Test func `a listener that does not read is let go, and others are not held up`() async throws
    {
        try await ServiceRig.run { rig in
            let hub = rig.board.events
            let slow = try #require(hub.listen(after: nil))
            for _ in 0..<EventHub.behindMaximum { hub.tell(.lane) }
            #expect(hub.listenerCount == 1)
            hub.tell(.lane)
            #expect(hub.listenerCount == 0)
            var heard = 0
            for await _ in slow.events { heard += 1 }
            #expect(heard == EventHub.behindMaximum)
        }
    }

    @Test func `tills that go before they are answered leave no listener behind`() async throws {
        try await ServiceRig.run {
            // No sign of life shows who is gone.
            $0.limits.beatMilliseconds = 3_600_000
        } _: { rig in
            let request = ServiceRig.Request("GET", "/v1/events", nil, [:])
            let bytes = request.bytes(host: "localhost")
            for _ in 0..<4 * EventHub.listenersMaximum {
                #expect(RawClient.sendAndGo(bytes, to: rig.socket))
            }
            // The last of them may not be gone yet when the next one comes.
            var text = ""
            while !text.contains("event: gateway") {
                try Task.checkCancellation()
                text = await RawClient.exchange(
                    String(decoding: bytes, as: UTF8.self), with: rig.socket
                ) { $0.contains("event: gateway") || $0.contains("tooManyStreams") }
            }
            while rig.board.events.listenerCount > 0 {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    @Test func `a till that reads nothing loses its connection`() async throws {
        try await ServiceRig.run {
            $0.limits.unreadMilliseconds = 50
        } _: { rig in
            let hub = rig.board.events
            // More than sockets hold, before the listener is let go as too slow.
            for _ in 0..<8 { rig.board.alarm(.reportEmpty, nil) }
            let request = ServiceRig.Request("GET", "/v1/events", nil, [:])
            async let isClosed = RawClient.sendAndStare(
                request.bytes(host: "localhost"), to: rig.socket)
            while hub.listenerCount == 0 { await Task.yield() }
            for _ in 0...EventHub.behindMaximum { hub.tell(.lane) }
            #expect(await isClosed)
        }
    }

    @Test func `so many listeners and no more`() async throws {
        try await ServiceRig.run { rig in
            let all = (0..<EventHub.listenersMaximum).compactMap { _ in
                rig.board.events.listen(after: nil)
            }
            let answer = try await rig.ask("GET", "/v1/events")
            #expect((answer.status, answer["code"]) == (503, "tooManyStreams"))
            #expect(all.count == EventHub.listenersMaximum)
        }
    }

    @Test func `the stream of a payment ends with the payment`() async throws {
        try await ServiceRig.run { rig in
            let sale = try rig.sold(1275)
            let request = ServiceRig.Request(
                "GET", "/v1/payments/\(sale.reference)/events", nil, [:])
            let bytes = await RawClient.exchange(
                request.bytes(host: "localhost"), with: rig.socket)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("event: payment"))
            #expect(text.contains(#""state":"approved","final":true"#))
        }
    }

    @Test func `what is asked behind a stream is answered behind it, in its turn`() async throws {
        try await ServiceRig.run { rig in
            let stream = "/v1/payments/\(try rig.sold(1275).reference)/events"
            let open = ["Connection": "keep-alive"]
            let requests = [(stream, open), ("/v1/lane", open), ("/v1/health", [:])]
            let bytes = requests.flatMap { path, headers in
                ServiceRig.Request("GET", path, nil, headers).bytes(host: "localhost")
            }
            let answers = await RawClient.exchange(bytes, with: rig.socket)
            let text = String(decoding: answers, as: UTF8.self)
            let told = ["event: payment", #""lane":1"#, #""uptime":"#]
            let places = told.map { text.range(of: $0)?.lowerBound }
            #expect(places.compactMap(\.self).count == told.count)
            #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
        }
    }

    @Test(arguments: [true, false])
    func `who goes is gone, whatever came with the question`(isOnSocket: Bool) async throws {
        try await ServiceRig.run {
            // No sign of life shows who is gone.
            $0.limits.beatMilliseconds = 3_600_000
        } _: { rig in
            let chunks = isOnSocket ? String(repeating: "1\r\n \r\n", count: 40) + "0\r\n\r\n" : ""
            var headers = ["Authorization": "Bearer \(ServiceRig.token)"]
            if isOnSocket {
                headers = ["Transfer-Encoding": "chunked", "Content-Type": "application/json"]
            }
            let head = ServiceRig.Request("GET", "/v1/events", nil, headers)
                .bytes(host: isOnSocket ? "localhost" : rig.host)
            for _ in 0..<4 {
                let text = await RawClient.exchange(
                    String(decoding: head, as: UTF8.self) + chunks,
                    with: isOnSocket ? rig.socket : rig.loopback
                ) { $0.contains("event: gateway") }
                #expect(text.contains("event: gateway"))
            }
            while rig.board.events.listenerCount > 0 {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    @Test func `a stream begins with what is, and stays open by a sign of life`() async throws {
        try await ServiceRig.run {
            $0.limits.beatMilliseconds = 20
        } _: { rig in
            let request = ServiceRig.Request("GET", "/v1/events", nil, [:])
            let text = await RawClient.exchange(
                String(decoding: request.bytes(host: "localhost"), as: UTF8.self),
                with: rig.socket
            ) { $0.contains("event: gateway") && $0.contains("\n:\n") }
            #expect(text.contains("event: lane"))
            #expect(text.contains("event: reader"))
        }
    }
}
