import Foundation
import HostileClient
import OwnThreads
import Testing
import TillPrograms

/// The gateway's own notifications at the daemon's receiver. The lane's pauses are an hour long, so
/// whatever comes to light in a test came to light by a hint.
@Suite(.blocks, .timeLimit(.minutes(3))) struct WebhookHintTests {
    private static let path = "/webhook/4b1f0c2d9e8a7f60"

    /// A daemon that listens for webhooks, at a gateway that may send them.
    private static func rig(
        _ body: (RunningEmulator, RunningService) async throws -> Void
    ) async throws {
        let emulator = try RunningEmulator("--operator", "0", "--plain-webhooks")
        defer { emulator.stop() }
        let folder = try Scratch()
        let hour = 3_600_000
        let configuration = try emulator.configuration([
            "service": ["webhook": ["enabled": true, "port": 0, "path": path]],
            "waits": [
                "lateCommit": hour, "betweenReads": hour, "pause": hour, "pauseMaximum": hour,
                "sweep": hour, "alarm": hour,
            ],
        ])
        let service = try RunningService(folder: folder.url.path, configuration: configuration)
        try await body(emulator, service)
    }

    /// Has the gateway send its messages to a URL. `swipeline settings set webhook` takes https
    /// alone, as the real gateway does; this one was told to go without the proxy.
    private static func subscribe(_ url: String, at emulator: RunningEmulator) throws {
        let gateway = try #require(emulator.settings()["gateway"] as? String)
        let token = try String(contentsOfFile: "\(emulator.directory)/token", encoding: .utf8)
        let answer = try Programs.run(
            "/usr/bin/curl",
            [
                "-sS", "--fail", "-X", "PATCH", "--cacert", "\(emulator.directory)/ca.pem", "-H",
                "Authorization: Bearer \(token.filter { !$0.isNewline })", "--json",
                #"{"endPoint":"\#(url)","webhookActive":true}"#,
                "\(gateway)/adminSettings/webhookConfiguration",
            ])
        #expect(answer.status == 0, "\(answer.complaint)")
    }

    /// A sale that the gateway has made and whose answer is lost.
    private static func doubt(
        _ emulator: RunningEmulator, _ service: RunningService
    ) throws -> String {
        let made = try service.pay(1275, key: "doubt")
        let reference = try #require(made["reference"] as? String)
        try emulator.operate(
            "POST", "faults", #"[{"name":"dropAfterCommit","path":"/api/v2/sale","times":1}]"#)
        _ = try service.swipe()
        return reference
    }

    /// Posts a message to the receiver.
    /// - Returns: the status.
    private static func post(_ message: String, to service: RunningService) async throws -> Int {
        let url = try #require(service.places.first { $0.hasSuffix(path) })
        let host = url.dropFirst("http://".count).dropLast(path.count)
        let head =
            "POST \(path) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\nContent-Length: \(message.utf8.count)\r\n\r\n"
        let said = await RawClient.exchange(
            Array((head + message).utf8), with: RawClient.Place("http://\(host)"))
        return Answer(said)?.status ?? 0
    }

    /// A message as the gateway writes it.
    private static func message(_ transaction: String, code: String) -> String {
        #"{"endpoint":"https://shop.example/h","eventType":"transaction","event":{"type":"#
            + #"{"transaction":{"transactionType":"Sale","recurringBillId":"","responseText":"#
            + #""DECLINED","source":"3rd Party API","cardObscured":"411111******1111","orgId":"#
            + #""20001","transactionId":"\#(transaction)","responseCode":"\#(code)"}}}}"#
    }

    /// The sale had no answer: what settled it is the lane's question. Ends the service.
    private static func expectSettledByQuestion(_ service: RunningService) throws {
        #expect(service.end() == 0)
        let told = try service.audit().filter { $0.contains("\tapproved\t") }
        #expect(told.count == 1, "\(told)")
        #expect(told.first?.contains("\tinquiry\t") == true, "\(told)")
    }

    /// How often the report was asked for.
    private static func reports(_ emulator: RunningEmulator) throws -> Int {
        let posts = try #require(emulator.operate("GET", "posts") as? [[String: Any]])
        return posts.count { ($0["path"] as? String)?.contains("/report/") == true }
    }

    @Test func `the gateway's own message brings a payment in doubt to its end`() async throws {
        try await Self.rig { emulator, service in
            let url = try #require(service.places.first { $0.hasSuffix(Self.path) })
            try Self.subscribe(url, at: emulator)
            let reference = try Self.doubt(emulator, service)
            let states = try service.follow(reference)
            #expect(states.last == "approved")
            var log: [[String: Any]] = []
            while log.first?["state"] as? String != "taken" {
                try Task.checkCancellation()
                log = try emulator.operate("GET", "webhooks") as? [[String: Any]] ?? []
            }
            #expect(log.count == 1)
            #expect(try emulator.orders() == ["1275 /api/v2/sale"])
            try Self.expectSettledByQuestion(service)
        }
    }

    @Test func `a forged message makes nothing true, and the gateway's word is what counts`()
        async throws
    {
        try await Self.rig { emulator, service in
            let reference = try Self.doubt(emulator, service)
            // It says that the sale was declined, which is not so.
            #expect(try await Self.post(Self.message("1001", code: "05"), to: service) == 200)
            #expect(try service.follow(reference).last == "approved")
            let told = try service.ask("GET", "/v1/payments/\(reference)")
            #expect(told["responseCode"] as? String == "00")
            try Self.expectSettledByQuestion(service)
        }
    }

    @Test func `a foreign message changes nothing, and a copy is not even looked into`()
        async throws
    {
        try await Self.rig { emulator, service in
            let sale = try service.paid(1275, key: "sale")
            let before = try service.ask("GET", "/v1/payments/\(sale.reference)")
            var count = try Self.reports(emulator)
            let foreign = Self.message("999999", code: "00")
            #expect(try await Self.post(foreign, to: service) == 200)
            while try Self.reports(emulator) == count { try Task.checkCancellation() }
            // The lane comes to what was posted before it comes to a till's question.
            let looked = try service.pay(100, key: "a")
            _ = try service.ask("POST", "/v1/payments/\(looked["reference"] ?? "")/cancel", "{}")
            count = try Self.reports(emulator)
            for _ in 0..<3 { #expect(try await Self.post(foreign, to: service) == 200) }
            let after = try service.pay(100, key: "b")
            _ = try service.ask("POST", "/v1/payments/\(after["reference"] ?? "")/cancel", "{}")
            let now = try service.ask("GET", "/v1/payments/\(sale.reference)")
            #expect(NSDictionary(dictionary: now) == NSDictionary(dictionary: before))
            #expect(service.end() == 0)
            #expect(try Self.reports(emulator) == count)
            #expect(try emulator.orders() == ["1275 /api/v2/sale"])
        }
    }
}
