import Emulator
import Foundation
import Testing

/// Every switch by what a client sees of it.
@Suite struct FaultTests {
    static let trials =
        connections + before + commits + after + resources + reports + wires

    private static let connections = [
        FaultTrial(.closeOnAccept, Scene.connection, "closeOnAccept"),
        FaultTrial(.resetOnAccept, Scene.connection, "resetOnAccept"),
        FaultTrial(.stallOnAccept, Scene.connection, "stallOnAccept"),
        FaultTrial(.tlsRefused, Scene.connection, "tlsRefused"),
    ]

    private static let before = [
        FaultTrial(.dropBeforeCommit, Scene.first, "drop; 0 live"),
        FaultTrial(.resetBeforeCommit, Scene.first, "reset; 0 live"),
        FaultTrial(.stallBeforeCommit, Scene.first, "stall; 0 live"),
        FaultTrial(.errorBeforeCommit, Scene.first, "503 9999; 0 live"),
        FaultTrial(.htmlBeforeCommit, Scene.first, "502 HTML; 0 live"),
        FaultTrial(.redirectBeforeCommit, Scene.first, "307 /api/v2/sale; 0 live"),
        FaultTrial(.unauthorized, Scene.first, "401; 0 live"),
        FaultTrial(.forbidden, Scene.first, "403 9996; 0 live"),
        FaultTrial(.tooManyRequests, Scene.first, "429 9999; 0 live"),
        FaultTrial(.refuseWithCode, Scene.first, "400 4073; 0 live"),
    ]

    private static let commits = [
        FaultTrial(.networkUnavailable, Scene.first, "400 4059; 0 live"),
        FaultTrial(.declineWithCode, Scene.first, "400 51; 0 live", with: { $0.text = "51" }),
        FaultTrial(.declineAsResource, Scene.decline, "201 /sale/1001"),
        FaultTrial(.lateCommit, Scene.later, "drop; 0 live; 1 live"),
        FaultTrial(.duplicateDelivery, Scene.first, "201 /sale/1001; 2 live"),
        FaultTrial(.commitLost, Scene.first, "201 /sale/1001; 0 live"),
        FaultTrial(.secondRefundAccepted, Scene.second("refund"), "201 /refund/1003"),
        FaultTrial(.secondVoidAccepted, Scene.second("void"), "201 /void/1003"),
        FaultTrial(.settledVoidAs4054, Scene.lateVoid, "400 4054"),
        FaultTrial(.authorizationVoidRefused, Scene.reversal, "400 4073"),
        FaultTrial(.unsettledRefundRefused, Scene.earlyRefund, "400 4074"),
        FaultTrial(.batchSettlesAtOnce, Scene.resource("", "settlementStatus"), "\"Settled\""),
    ]

    private static let after = [
        FaultTrial(.dropAfterCommit, Scene.first, "drop; 1 live"),
        FaultTrial(.resetAfterCommit, Scene.first, "reset; 1 live"),
        FaultTrial(.stallAfterCommit, Scene.first, "stall; 1 live"),
        FaultTrial(.errorAfterCommit, Scene.first, "500 9999; 1 live"),
        FaultTrial(.htmlAfterCommit, Scene.first, "502 HTML; 1 live"),
        FaultTrial(.redirectAfterCommit, Scene.first, "303 /api/v2/sale; 1 live"),
        FaultTrial(.okInsteadOfCreated, Scene.first, "200; 1 live"),
        FaultTrial(.locationMissing, Scene.first, "201; 1 live"),
        FaultTrial(
            .locationForeignHost, Scene.first, "201 https://payhub.example/api/v2/sale/1001; 1 live"
        ),
        FaultTrial(.locationRelative, Scene.first, "201 /api/v2/sale/1001; 1 live"),
        FaultTrial(.locationTraversal, Scene.first, "201 /sale/../../../etc/passwd; 1 live"),
        FaultTrial(.locationNUL, Scene.first, "NUL whole 201, close; 1 live"),
        FaultTrial(.locationHugeID, Scene.first, "201 5035 characters; 1 live"),
        FaultTrial(.locationOfAnother, Scene.sale, "201 /sale/1001; 2 live", with: { $0.from = 2 }),
        FaultTrial(.locationTwice, Scene.first, "201 /sale/1001 /sale/1; 1 live"),
    ]

    private static let resources = [
        FaultTrial(.resourceMissing, Scene.resource("", "settlementStatus"), "404"),
        FaultTrial(
            .resourceError, Scene.resource("", "settlementStatus"), "503",
            with: { $0.status = 503 }),
        FaultTrial(.resourceOtherMerchant, Scene.resource("/merchant", "organization_id"), "99999"),
        FaultTrial(.resourceNoteMissing, Scene.resource("/bill", "note"), "null"),
        FaultTrial(
            .resourceAmountTimes100, Scene.resource("/bill", "totalAmount.amount"), "1275.00"),
        FaultTrial(.duplicateKeys, Scene.resource("", "saleResponse.responseCode"), "\"00\" x2"),
        FaultTrial(.responseCodeAsNumber, Scene.resource("", "saleResponse.responseCode"), "0 x1"),
        FaultTrial(
            .responseCodeMissing, Scene.resource("", "saleResponse.responseCode"), "none x0"),
        FaultTrial(
            .linksAsList, Scene.resource("/merchant", "links"),
            #"[{"rel":"self","href":"https://localhost:8443/api/v2/sale/1001/merchant","#
                + #""templated":false}]"#),
    ]

    private static let reports = [
        FaultTrial(.reportLag, Scene.report("{}"), ""),
        FaultTrial(.reportEmpty, Scene.report("{}"), ""),
        FaultTrial(.reportError, Scene.report("{}"), "500"),
        FaultTrial(.reportGarbage, Scene.report("{}"), "[{\"amou"),
        FaultTrial(.reportHTML, Scene.report("{}"), "<html><"),
        FaultTrial(
            .reportFilterIgnored, Scene.report(#"{"note":"none"}"#), "1001 1002 1003 1004 1005"),
        FaultTrial(.reportNoteContains, Scene.report(#"{"note":"Reference"}"#), "1001 1002"),
        FaultTrial(.reportNoteCaseInsensitive, Scene.report(#"{"note":"reference-1"}"#), "1001"),
        FaultTrial(.reportNoteFilterCut, Scene.report(#"{"note":"Reference-1"}"#), "1001 1002"),
        FaultTrial(
            .reportMixedFilterAnd, Scene.report(#"{"responseCode":"00;!00"}"#), ""),
        FaultTrial(
            .reportMixedFilterOr, Scene.report(#"{"recurringBillId":"1;!2"}"#),
            "1001 1002 1003 1004 1005"),
        FaultTrial(.reportOtherMerchants, Scene.report("{}"), "1001 1002 1003 1004 1005 1007"),
        FaultTrial(.reportHidesDeclines, Scene.report("{}"), "1001 1002 1003 1005"),
        FaultTrial(.reportHidesAuthorizations, Scene.report("{}"), "1001 1002 1003 1004"),
        FaultTrial(.reportShowsCaptures, Scene.report("{}"), "1001 1002 1003 1004 1005 1006"),
        FaultTrial(.voidRowsCarryNote, Scene.report(#"{"note":"Reference-12"}"#), "1002 1003"),
        FaultTrial(.rowNoteCut, Scene.report(#"{"note":"Reference-1"}"#, "note"), "Reference-"),
        FaultTrial(
            .rowNoteChanged, Scene.report(#"{"note":"Reference-1"}"#, "note"), "reference-1"),
        FaultTrial(.rowNoteLost, Scene.report(#"{"note":"Reference-1"}"#, "note"), ""),
        FaultTrial(
            .rowAmountTimes100, Scene.report(#"{"note":"Reference-1"}"#, "amount"), "1275.00"),
        FaultTrial(.rowsReversed, Scene.report("{}"), "1005 1004 1003 1002 1001"),
        FaultTrial(.rowsTwice, Scene.report(#"{"note":"Reference-1"}"#), "1001 1001"),
        FaultTrial(.listEmpty, Scene.list, "empty"),
        FaultTrial(.listLag, Scene.list, "empty"),
        FaultTrial(.listReversed, Scene.list, "1002 1001"),
        FaultTrial(.listError, Scene.list, "500"),
        FaultTrial(.listEndless, Scene.secondPage, "1001 of 20000"),
    ]

    private static let wires = [
        FaultTrial(.slowAnswer, Scene.first, "pause 1000, 201 /sale/1001; 1 live"),
        FaultTrial(.trickle, Scene.first, "6 events; 1 live", with: { $0.count = 40 }),
        FaultTrial(.cutAnswer, Scene.first, " 201, drop; 1 live"),
        FaultTrial(.resetInAnswer, Scene.first, " 201, reset; 1 live"),
        FaultTrial(.stallInAnswer, Scene.first, " 201, stall; 1 live"),
        FaultTrial(.closeAfterAnswer, Scene.first, "closing whole 201, close; 1 live"),
        FaultTrial(.silentClose, Scene.first, "whole 201, close; 1 live"),
        FaultTrial(.chunkedAnswer, Scene.first, "201 /sale/1001 in chunks; 1 live"),
        FaultTrial(.interimAnswer, Scene.first, "interim 103, 201 /sale/1001; 1 live"),
        FaultTrial(.scheduledDecline, Scene.scheduled, "ACTIVE 2026-11-25; 51 00 00") {
            $0.text = "51"
            $0.times = 1
        },
        FaultTrial(.scheduledDelinquency, Scene.scheduledDecline, "DELINQUENT -"),
    ]

    /// A decline as an error is what a gateway set to the other style does with this switch.
    @Test func `tells a decline as an error`() throws {
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        #expect(try Scene.decline(gateway) == "201 /sale/1001")
        gateway.core.faults.add([FaultRule(.declineAsError)])
        #expect(try Scene.decline(gateway) == "400 05")
    }

    @Test(arguments: trials)
    func `shows its effect, and none when it is off`(trial: FaultTrial) throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([trial.rule])
        #expect(try trial.scene(gateway) == trial.expected, "\(trial.rule.name)")
        #expect(try trial.scene(try TestGateway()) != trial.expected, "\(trial.rule.name)")
    }

    @Test func `has a trial of every switch`() {
        let tried = Set(Self.trials.map(\.rule.name)).union([.declineAsError])
        #expect(Set(FaultName.allCases).subtracting(tried).isEmpty)
        #expect(FaultName.allCases.count >= 40)
    }

    @Test func `stands in the manual as it is`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let manual = try String(
            contentsOf: root.appending(path: "docs/emulator.md"), encoding: .utf8)
        let rows = manual.split(separator: "\n").filter { $0.hasPrefix("| `") && !$0.contains("/") }
        let switches = FaultName.allCases.map {
            "| `\($0.rawValue)` | \($0.stage.rawValue) | \($0.summary) |"
        }
        #expect(rows.map(String.init) == switches)
    }

    @Test func `says of every switch what it does`() {
        #expect(FaultName.allCases.allSatisfy { !$0.summary.isEmpty })
        #expect(Set(FaultName.allCases.map(\.stage)) == Set(FaultStage.allCases))
    }

    @Test func `meets the requests that it is for, so often and no more`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([
            FaultRule(.errorBeforeCommit) {
                $0.operation = "sale"
                $0.from = 2
                $0.times = 1
            }
        ])
        let seen = try (0..<4).map { try Scene.post(gateway, "sale", Body.noted("\($0)")) }
        #expect(seen == ["201 /sale/1001", "503 9999", "201 /sale/1002", "201 /sale/1003"])
        #expect(gateway.core.faults.pending.isEmpty)
    }

    @Test func `chooses by reference, amount, path and method`() throws {
        let gateway = try TestGateway()
        let rules: [(inout FaultRule) -> Void] = [
            { $0.reference = "SW-2" }, { $0.cents = 777 }, { $0.path = "/api/v2/authonly" },
            { $0.method = "DELETE" },
        ]
        gateway.core.faults.add(rules.map { FaultRule(.dropAfterCommit, $0) })
        #expect(try Scene.post(gateway, "sale", Body.noted("SW-1")) == "201 /sale/1001")
        #expect(try Scene.post(gateway, "sale", Body.noted("SW-2")) == "drop")
        #expect(try Scene.post(gateway, "sale", Body.noted("A", amount: "7.77")) == "drop")
        #expect(try Scene.post(gateway, "authonly", Body.noted("B")) == "drop")
        #expect(try Scene.post(gateway, "void", Body.following("1002")) == "drop")
        #expect(try Scene.post(gateway, "void", Body.following("1001")) == "201 /void/1006")
    }

    @Test func `shows a lagging row when its time has come`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([FaultRule(.reportLag) { $0.milliseconds = 500 }])
        _ = try gateway.make("sale", Body.noted("SW-1"))
        #expect(try gateway.reported("{}").isEmpty)
        gateway.clock.advance(milliseconds: 500)
        #expect(try gateway.reported("{}") == ["1001"])
    }

    @Test func `reads a resource when its time has come`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([FaultRule(.resourceMissing) { $0.milliseconds = 500 }])
        _ = try gateway.make("sale", Body.noted("SW-1"))
        #expect(gateway.send("GET", "/api/v2/sale/1001").status == .notFound)
        gateway.clock.advance(milliseconds: 500)
        #expect(gateway.send("GET", "/api/v2/sale/1001").status == .ok)
    }

    @Test func `writes a late order down with its own time`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([
            FaultRule(.lateCommit) { $0.milliseconds = 90_000 },
            FaultRule(.duplicateDelivery) { $0.reference = "SW-2" },
        ])
        #expect(try Scene.post(gateway, "sale", Body.noted("SW-1")) == "drop")
        gateway.clock.advance(milliseconds: 120_000)
        #expect(try gateway.report().first?["transactionDate"] == .string("2026-11-21 10:01:30"))
        #expect(gateway.core.posts.all.count == 2)
    }

    static let lists: [(String, FaultFileFault)] = [
        ("{", .notJSON(offset: 1)), ("7", .notAList), ("[7]", .notAList),
        (#"{"name":"x"}"#, .name(fault: 1)), ("[{}]", .name(fault: 1)),
        (#"[{"name":"trickle"},{"name":"trickle","bytes":1}]"#, .memberUnknown(fault: 2)),
        (#"{"name":"trickle","count":"x"}"#, .value("count", fault: 1)),
        (#"{"name":"trickle","amount":"x"}"#, .value("amount", fault: 1)),
        (#"{"name":"trickle","status":99}"#, .value("status", fault: 1)),
        (#"{"name":"trickle","text":7}"#, .value("text", fault: 1)),
    ]

    @Test(arguments: lists)
    func `refuses a list that makes no sense`(text: String, fault: FaultFileFault) {
        #expect(throws: fault) { try FaultRule.list(parsing: Array(text.utf8)) }
        #expect(!fault.description.isEmpty)
    }

    @Test func `reads what it writes`() throws {
        let rule = FaultRule(.rowNoteChanged) {
            $0.operation = "report"
            $0.method = "POST"
            $0.path = "/api/v2/report/transactionReport"
            $0.reference = "SW-1"
            $0.cents = 1275
            $0.from = 3
            $0.times = 2
            $0.milliseconds = 40
            $0.count = 5
            $0.status = 503
            $0.text = "a note"
        }
        #expect(try FaultRule.list(parsing: rule.json.bytes) == [rule])
    }
}
