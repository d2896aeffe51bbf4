import Foundation
import HostileClient
import Journal
import Testing
import Values

@testable import Service

/// What happens is told as it happens, and nothing of it is lost to who was away for a moment.
@Suite(.serialized) struct EventTests {
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
            _ = try #require(hub.listen(after: nil))
            for _ in 0...EventHub.behindMaximum { hub.tell(.lane) }
            #expect(hub.listenerCount == 0)
        }
    }

    @Test func `so many listeners and no more`() async throws {
        try await ServiceRig.run { rig in
            for _ in 0..<EventHub.listenersMaximum {
                #expect(rig.board.events.listen(after: nil) != nil)
            }
            let answer = try await rig.ask("GET", "/v1/events")
            #expect((answer.status, answer["code"]) == (503, "tooManyStreams"))
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
