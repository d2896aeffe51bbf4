import Coverage
import Emulator
import Foundation
import OwnThreads
import Testing

/// The executable posts notifications, over plain HTTP and over TLS, to a server that is not ours.
@Suite(.blocks, .timeLimit(.minutes(2))) struct WebhookDeliveryTests {
    private static let sale = Body.swiped?.text

    private static func configure(_ child: EmulatorChild, _ url: String) throws {
        let answer = try child.tryCurl(
            "/adminSettings/webhookConfiguration",
            #"{"endPoint":"\#(url)","webhookActive":true}"#, ["-X", "PATCH"])
        #expect(answer.output.hasPrefix("HTTP/1.1 201 Created"), "\(answer.output)")
    }

    /// The log of deliveries, once it shows what is waited for.
    private static func log(_ child: EmulatorChild, until state: String) throws -> JSONValue {
        while true {
            let log = try JSONValue(try child.operate("/webhooks"))
            guard case .array(let rows) = log, let first = rows.first else { continue }
            if first["state"] == .string(state) { return first }
        }
    }

    @Test(.covers("PH-H-007", "PH-U-013", "PH-U-014", "PH-I-081"))
    func `posts a notification, and again when it was refused`() async throws {
        let child = try EmulatorChild(["--operator", "0", "--plain-webhooks"])
        let receiver = WebhookReceiver()
        try await receiver.serve(answering: [503, 200]) { url in
            try Self.configure(child, url)
            _ = try child.curl("/sale", Self.sale)
            let first = try #require(await receiver.next())
            #expect(first.line == "POST /hook?shop=1")
            #expect(first.contentType == "application/json")
            let message = try JSONValue(parsing: first.body)
            #expect(message["endpoint"] == .string(url))
            #expect(message.at("event.type.transaction.transactionId") == .string("1001"))
            let waiting = try Self.log(child, until: "waiting")
            #expect(waiting.text.contains(#""status":503"#))
            try child.operate("/clock", #"{"advanceMilliseconds":10000}"#)
            #expect(await receiver.next()?.body == first.body)
            let taken = try Self.log(child, until: "taken")
            let attempts = try #require(taken["attempts"]?.elements)
            #expect(attempts.map { $0["status"] } == [.number("503"), .number("200")])
        }
        #expect(child.end() == 0)
    }

    @Test func `posts what it had not delivered when it was ended`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "webhook-tests-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let options = [
            "--operator", "0", "--plain-webhooks", "--store", folder.path + "/ledger",
        ]
        let receiver = WebhookReceiver()
        try await receiver.serve(answering: [500, 204]) { url in
            let child = try EmulatorChild(options)
            try Self.configure(child, url)
            _ = try child.curl("/sale", Self.sale)
            let first = try #require(await receiver.next())
            _ = try Self.log(child, until: "waiting")
            child.kill()
            let next = try EmulatorChild(options)
            try next.operate("/clock", #"{"advanceMilliseconds":10000}"#)
            #expect(await receiver.next()?.body == first.body)
            _ = try Self.log(next, until: "taken")
            #expect(next.end() == 0)
        }
    }

    @Test(.covers("PH-U-012"))
    func `posts over TLS to whom it is told to trust, and to nobody else`() throws {
        let receiver = try EmulatorChild(["--operator", "0"])
        // A gateway with this fault takes whatever comes.
        try receiver.operate("/faults", #"{"name":"errorBeforeCommit","status":204}"#)
        let child = try EmulatorChild([
            "--operator", "0", "--webhook-ca", receiver.directory + "/ca.pem",
        ])
        try Self.configure(child, receiver.gateway + "/sale")
        _ = try child.curl("/sale", Self.sale)
        #expect(try Self.log(child, until: "taken").text.contains(#""status":204"#))
        #expect(try receiver.operate("/posts").contains(#""path":"/api/v2/sale""#))

        let wary = try EmulatorChild(["--operator", "0"])
        try Self.configure(wary, receiver.gateway + "/sale")
        _ = try wary.curl("/sale", Self.sale)
        while try wary.operate("/webhooks").contains(#""attempts":[]"#) {}
        let refused = try Self.log(wary, until: "waiting")
        #expect(refused.text.contains("the certificate or TLS was refused"))
        for one in [receiver, child, wary] { #expect(one.end() == 0) }
    }

    @Test func `does not start with authorities that it cannot read`() throws {
        let process = Process()
        process.executableURL = EmulatorChild.program
        process.arguments = ["--port", "0", "--webhook-ca", "/dev/null"]
        process.standardInput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        let text = String(
            decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(process.terminationStatus != 0)
        #expect(text.contains("--webhook-ca"))
    }
}

/// The listener for clients that cannot do TLS.
@Suite(.blocks) struct PlainListenerTests {
    @Test(.covers("PH-I-100")) func `sells without TLS, and names its own address`() throws {
        let child = try EmulatorChild(["--plain-port", "0"])
        let plain = try #require(child.plainGateway)
        #expect(plain.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/api\/v2/) != nil)
        let made = try child.tryCurl("/sale", try #require(Body.swiped?.text), at: plain)
        #expect(made.output.hasPrefix("HTTP/1.1 201 Created\r\n"))
        #expect(made.output.contains("\r\nLocation: \(plain)/sale/1001\r\n"))
        let read = try child.tryCurl("/sale/1001", at: plain)
        #expect(read.output.contains(#""self":{"href":"\#(plain)/sale/1001"}"#))
        #expect(try child.curl("/sale/1001").contains("\(child.gateway)/sale/1001"))
        #expect(child.end() == 0)
    }

    @Test func `meets the same faults`() throws {
        let child = try EmulatorChild(["--plain-port", "0", "--operator", "0"])
        try child.operate("/faults", #"{"name":"dropAfterCommit","times":1}"#)
        let body = try #require(Body.swiped?.text)
        let dropped = try child.tryCurl("/sale", body, at: child.plainGateway)
        #expect(dropped.status == 52)
        #expect(try child.curl("/sale/1001").hasPrefix("HTTP/1.1 200 OK"))
        #expect(child.end() == 0)
    }

    @Test func `is not there unless it is asked for`() throws {
        let child = try EmulatorChild()
        #expect(child.plainGateway == nil)
        #expect(child.end() == 0)
    }
}
