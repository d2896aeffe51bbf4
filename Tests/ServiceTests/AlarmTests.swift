import Foundation
import HostileClient
import Lane
import Testing
import Values

@testable import Service

/// Alarms and stops go out with a name, with what they are about, and in the asker's language.
@Suite(.serialized) struct AlarmTests {
    private static let reference = PaymentReference(lane: 1, journal: 7, sequence: 4)

    @Test(arguments: [("en", "The gateway holds payment"), ("es", "La pasarela tiene el pago")])
    func `an alarm stays in sight in the language of whoever looks`(
        language: String, beginning: String
    ) async throws {
        try await ServiceRig.run { rig in
            let amount = try Amount(cents: 1275)
            rig.board.alarm(.secondCopy(Self.reference, transaction: "1002"), amount)
            let answer = try await rig.ask(
                "GET", "/v1/lane", nil, ["Accept-Language": language])
            let alarm = try #require((answer.json["alarms"] as? [[String: Any]])?.first)
            #expect(alarm["code"] as? String == "secondCopy")
            #expect(alarm["reference"] as? String == Self.reference.text)
            #expect(alarm["transaction"] as? String == "1002")
            #expect((alarm["amount"] as? [String: Any])?["cents"] as? Int == 1275)
            #expect((alarm["text"] as? String)?.hasPrefix(beginning) == true)
        }
    }

    @Test(arguments: [("en", "The gateway shows"), ("es", "La pasarela muestra")])
    func `a stop says why in the language of whoever looks`(
        language: String, beginning: String
    ) async throws {
        try await ServiceRig.run { rig in
            rig.board.change { $0.stop = .mismatch(Self.reference) }
            let answer = try await rig.ask(
                "GET", "/v1/lane?language=\(language)", nil)
            let stop = try #require(answer.json["stop"] as? [String: Any])
            #expect(stop["code"] as? String == "mismatch")
            #expect(stop["reference"] as? String == Self.reference.text)
            #expect((stop["text"] as? String)?.hasPrefix(beginning) == true)
        }
    }

    @Test func `of many alarms the latest are in sight, and all are counted`() async throws {
        try await ServiceRig.run { rig in
            for _ in 0..<20 { rig.board.alarm(.reportEmpty, nil) }
            #expect(rig.board.view.alarmCount == 20)
            #expect(rig.board.view.alarms.map(\.number) == Array(13...20))
        }
    }

    @Test func `every code that there is stands in the description`() throws {
        let description = try OpenAPI()
        func codes(_ name: String) throws -> Set<String> {
            let code = try #require(
                (description.schema(name)?["properties"] as? [String: Any])?["code"]
                    as? [String: Any])
            return Set(try #require(code["enum"] as? [String]))
        }
        #expect(try codes("Alarm") == Set(LaneAlarm.Code.allCases.map(\.rawValue)))
        #expect(try codes("Stop") == Set(LaneStop.Code.allCases.map(\.rawValue)))
    }
}
