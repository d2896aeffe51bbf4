import GatewayLink
import OwnThreads
import PayHub
import Testing
import Values

@testable import HotPath

/// From the gateway's bytes to the word about the money, over real connections.
@Suite(.blocks) struct MoneyWordTests {
    private typealias Step = ScriptedServer.Step
    private static let post: [Step] = [.handshake, .readRequest]
    private static let paid = post + [.write(Till.created), .readRequest]

    @Test func `an answer cut at any byte, in any way, is in doubt`() throws {
        let text = Till.created
        let cuts = Array(1..<text.utf8.count)
        let scripts = cuts.map { Self.post + [.write(Self.prefix(text, $0))] + Self.end($0) }
        let server = try ScriptedServer(scripts)
        var till = try Till(server)
        for cut in cuts {
            try till.arm()
            let outcome = try till.swipe()
            #expect(outcome == .inDoubt(Doubt(.connectionClosed)), "cut at \(cut)")
        }
        #expect(try server.finished().requestsOfEach == cuts.map { _ in 1 })
    }

    @Test func `an approval cut at any byte, in any way, is in doubt and keeps its id`() throws {
        let text = Till.approved
        let cuts = Array(1..<text.utf8.count)
        let scripts = cuts.flatMap { cut in
            let rest = [Step.write(Self.prefix(text, cut))] + Self.end(cut)
            return [Self.paid + rest, Self.post + rest]
        }
        let server = try ScriptedServer(scripts)
        var till = try Till(server)
        for cut in cuts {
            try till.arm()
            let doubt = Outcome.inDoubt(Doubt(.resourceUnreadable, transactionID: "7"))
            let outcome = try till.swipe()
            #expect(outcome == doubt, "cut at \(cut)")
        }
        // The POST and its GET on one connection, the second GET on another.
        #expect(try server.finished().requestsOfEach == cuts.flatMap { _ in [2, 1] })
    }

    /// What a gateway sends, and what the till then says.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: @Sendable (Outcome) -> Bool
        let scripts: [[ScriptedServer.Step]]
    }

    @Test(arguments: sound + doubtful)
    func `the word is the right one`(row: Row) throws {
        let server = try ScriptedServer(row.scripts)
        var till = try Till(server)
        try till.arm()
        let outcome = try till.swipe()
        #expect(row.says(outcome), "\(outcome)")
        till.path.disarm()
        let seen = try server.finished()
        #expect(seen.connections == row.scripts.count)
        let posts = seen.requests.filter { $0.hasPrefix("POST ") }
        #expect(posts.count <= 1)
    }

    private static func prefix(_ text: String, _ count: Int) -> String {
        String(decoding: Array(text.utf8)[..<count], as: UTF8.self)
    }

    private static func end(_ cut: Int) -> [Step] {
        [[.finish, .waitForEnd], [.closeNotify, .finish, .waitForEnd], [.reset]][cut % 3]
    }

    private static func bytes(_ text: String) -> [Step] { text.map { .write(String($0)) } }
}

extension MoneyWordTests {
    private static let approved: @Sendable (Outcome) -> Bool = { Till.isApproved($0) }

    private static func doubt(
        _ reason: DoubtReason, _ id: String? = nil
    ) -> @Sendable (Outcome) -> Bool {
        { $0 == .inDoubt(Doubt(reason, transactionID: id)) }
    }

    private static let sound: [Row] = [
        Row(
            testDescription: "byte by byte", says: approved,
            scripts: [
                post + bytes(Till.created) + [.readRequest] + bytes(Till.approved) + [.waitForEnd]
            ]),
        Row(
            testDescription: "interim answers before both", says: approved,
            scripts: [
                post + [
                    .write("HTTP/1.1 100 Go\r\n\r\n" + Till.created), .readRequest,
                    .write("HTTP/1.1 103 Hint\r\nLink: x\r\n\r\n" + Till.approved), .waitForEnd,
                ]
            ]),
        Row(
            testDescription: "bytes behind the 201: its resource is read on another link",
            says: approved,
            scripts: [
                post + [.write(Till.created + "HTTP/1.1 500 No\r\n\r\n"), .waitForEnd],
                post + [.write(Till.approved), .waitForEnd],
            ]),
        Row(
            testDescription: "bytes behind the resource", says: approved,
            scripts: [paid + [.write(Till.approved + "x"), .waitForEnd]]),
        Row(
            testDescription: "201 of HTTP/1.0", says: approved,
            scripts: [
                post + [
                    .write("HTTP/1.0 201 Created\r\nLocation: /api/v2/sale/7\r\n\r\n"),
                    .closeNotify, .finish, .waitForEnd,
                ], post + [.write(Till.approved), .waitForEnd],
            ]),
        Row(
            testDescription: "a refusal before the request was read",
            says: { $0 == .rejected(Rejection(status: 401, codes: [])) },
            scripts: [
                [
                    .handshake, .takeRaw(40),
                    .write("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"), .waitForEnd,
                ]
            ]),
    ]

    private static let body = #"{"saleResponse":{"saleId":"7","responseCode":"00"}}"#

    private static let doubtful: [Row] =
        [200, 202, 203, 206, 302, 404, 500, 503].map { status in
            Row(
                testDescription: "\(status) with an approving body to the POST",
                says: doubt(.unexpectedStatus),
                scripts: [
                    post + [
                        .write(Till.resource(body).replacing(" 200 OK", with: " \(status) Odd")),
                        .waitForEnd,
                    ]
                ])
        }
        + [201, 202, 203, 206, 302, 304, 404, 500].map { status in
            Row(
                testDescription: "\(status) with an approving body to the GET",
                says: doubt(.resourceUnreadable, "7"),
                scripts: [
                    paid + [
                        .write(Till.resource(body).replacing(" 200 OK", with: " \(status) Odd")),
                        .waitForEnd,
                    ]
                ])
        }
        + [
            Row(
                testDescription: "201 with an approving body and no Location",
                says: doubt(.locationMissing),
                scripts: [
                    post + [
                        .write(Till.resource(body).replacing(" 200 OK", with: " 201 Created")),
                        .waitForEnd,
                    ]
                ]),
            Row(
                testDescription: "two locations", says: doubt(.badAnswer),
                scripts: [
                    post + [
                        .write(
                            Till.created.replacing("Content", with: "Location: /x/8\r\nContent")),
                        .waitForEnd,
                    ]
                ]),
            Row(
                testDescription: "a Location with CR in it", says: doubt(.badAnswer),
                scripts: [
                    post + [.write(Till.created.replacing("/7", with: "\r/7")), .waitForEnd]
                ]),
        ]
}
