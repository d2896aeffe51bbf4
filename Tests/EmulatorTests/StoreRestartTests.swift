import Emulator
import Foundation
import OwnThreads
import Testing

/// The store under a process that is killed, or whose disk is full.
@Suite(.blocks) struct StoreRestartTests {
    private static func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "restart-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: "ledger").path)
    }

    private static let changes = [
        (
            "adminSettings/webhookConfiguration",
            #"{"endPoint":"https://shop.example/","webhookActive":true}"#
        ),
        ("adminSettings/emailConfiguration", #"{"pdfOrCsvForBatch":"1"}"#),
        (
            "adminSettings/riskFraudDetection",
            #"{"transaction_volume_settings":{"sale_trn_amount_above":"#
                + #"{"value":"50","option":"2"}}}"#
        ),
    ]

    /// A little of everything that a gateway knows.
    private static func live(_ child: EmulatorChild) throws {
        for (path, body) in changes {
            let seen = try child.tryCurl("/\(path)", body, ["-X", "PATCH"])
            #expect(seen.output.contains("201 Created"), "\(seen)")
        }
        let posts = [
            ("userRole/roles/create", #"{"roleName":"Till"}"#),
            ("sale", try #require(Body.keyed).text), ("authonly", try Body.noted("SW-2").text),
            ("capture", Body.following("1002", cents: 500).text),
            ("refund", Body.following("1001", cents: 100).text),
            ("sale", try Body.noted("SW-3", amount: "60.00").text),
            ("sale", try Body.noted("SW-4").text), ("void", Body.following("1006").text),
            ("recurring-bill", try Body.recurring(dailyFromTomorrow).text),
        ]
        for (path, body) in posts {
            let seen = try child.tryCurl("/\(path)", body)
            #expect(seen.output.contains("201 Created"), "\(path): \(seen)")
        }
        try child.operate("/clock", #"{"advanceMilliseconds":259200000}"#)
        try child.operate("/settle", "{}")
        let last = try child.tryCurl("/sale", Body.noted("SW-5").text)
        #expect(last.output.contains("201 Created"), "\(last)")
    }

    private static let dailyFromTomorrow = """
        {"schedule_type":"D","bill_generation_interval":1,
         "schedule_start_and_end":{"start_date":"2026-11-22"}}
        """

    /// What the gateway and its operator tell, but for what a restart begins anew.
    private static func told(_ child: EmulatorChild) throws -> [String] {
        let operated = [
            "/transactions", "/batches", "/recurring-bills", "/mails",
        ].map { ($0, try? child.operate($0)) }
        let gateway = [
            "/adminSettings/webhookConfiguration", "/adminSettings/emailConfiguration",
            "/adminSettings/riskFraudDetection", "/userRole/roles", "/userRole/roles/2",
            "/recurring-bill/1008", "/sale/1001/customer", "/sale/1001/card_data",
        ].map { path in
            (path, try? child.curl(path).split(separator: "\r\n\r\n").last.map(String.init))
        }
        return (operated + gateway).map { path, text in
            #expect(text?.contains(path == "/mails" ? "number" : "{") == true, "\(path)")
            return (text ?? "")
                .replacing(/"(expiry|card_expiry_date)":"\d*"/, with: "")
                .replacing(/"(expiry|card_expiry_date)":null/, with: "")
                .replacing(child.gateway, with: "")
        }
    }

    /// Notifications, without the tries, which go on by themselves.
    private static func notified(_ child: EmulatorChild) throws -> [String?] {
        try #require(JSONValue(child.operate("/webhooks")).elements).map { $0["message"]?.text }
    }

    @Test func `knows everything after a kill`() throws {
        try Self.inFolder { store in
            let arguments = ["--store", store, "--operator", "0", "--clock", "2026-11-21"]
            let first = try EmulatorChild(arguments)
            try Self.live(first)
            let (before, notes) = (try Self.told(first), try Self.notified(first))
            first.kill()
            let second = try EmulatorChild(arguments)
            #expect(try Self.told(second) == before)
            #expect(try Self.notified(second) == notes)
            #expect(notes.count > 8)
            #expect(before[0].contains(#""held":true"#) && before[0].contains(#""settled":true"#))
            #expect(try second.operate("/clock").contains("2026-11-24"))
            // Before or after the hour at which bills are made.
            #expect(before[2].contains(/"nextBillAt":"2026-11-2[45]/))
            #expect(second.end() == 0)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `confirms nothing that a full disk did not take`() throws {
        try Self.inFolder { store in
            // Files may have 64 KiB: more is an error and no signal.
            let full = try EmulatorChild(
                ["--store", store, "--operator", "0"], shell: "trap '' XFSZ; ulimit -f 64")
            var taken: [String] = []
            for number in 1...100 {
                let seen = try full.tryCurl("/sale", Body.noted("SW-\(number)").text)
                guard seen.output.contains("201 Created") else {
                    #expect(seen.output.contains("500 Internal Server Error"), "\(seen)")
                    break
                }
                taken.append("SW-\(number)")
            }
            #expect((1..<100).contains(taken.count))
            let later = try full.tryCurl("/sale", Body.noted("SW-200").text)
            #expect(later.output.contains("500 Internal Server Error"))
            full.kill()
            let next = try EmulatorChild(["--store", store, "--operator", "0"])
            let kept = try #require(JSONValue(next.operate("/transactions")).elements)
            #expect(kept.compactMap { $0["reference"]?.string } == taken)
            #expect(next.end() == 0)
        }
    }
}
