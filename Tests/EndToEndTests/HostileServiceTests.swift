import Foundation
import HostileClient
import OwnThreads
import Testing
import TillPrograms

/// The table of hostile requests against the daemon as a shop runs it; the gateway's ledger judges.
@Suite(.blocks, .timeLimit(.minutes(5))) struct HostileServiceTests {
    /// Which door they come to.
    enum Door: CaseIterable {
        case socket, port
    }

    @Test(arguments: Door.allCases)
    func `no hostile request moves money, and the next till is served`(door: Door) async throws {
        let emulator = try RunningEmulator("--operator", "0")
        defer { emulator.stop() }
        let folder = try Scratch()
        let settings: [String: Any] = ["tcp": true, "port": 0, "page": ["enabled": true]]
        let service = try RunningService(
            folder: folder.url.path,
            configuration: try emulator.configuration(["service": settings]))
        try service.setSupervisor()
        let sale = try service.paid(60_000, key: "sale")
        #expect(sale.state == "approved")
        let words = try await Self.words(service, sale.reference)
        let orders = try emulator.orders()
        #expect(orders == ["60000 /api/v2/sale"])

        let place = try Self.place(door, service)
        let requests = Self.requests(door, service)
        #expect(requests.count >= (door == .port ? 130 : 90))
        for (request, said) in await Self.send(requests, words, to: place) {
            let status = Answer(said)?.status ?? 0
            #expect(request.refusals.contains(status), "\(request.name): \(status)")
            let text = String(decoding: said, as: UTF8.self)
            #expect(!text.contains("4111111111111111"), "\(request.name)")
            #expect(!text.lowercased().contains("access-control-allow"), "\(request.name)")
        }

        #expect(try emulator.orders() == orders)
        #expect(try service.payments() == 1)
        let refused = try service.refusals()
        #expect(try service.paid(1275, key: "next").state == "approved")
        #expect(try emulator.orders() == orders + ["1275 /api/v2/sale"])
        #expect(service.end() == 0)
        let told = try service.audit().filter { $0.contains("refusedPeer") }
        // Of a flood the first twenty a minute are told, and then how many more there were.
        #expect(refused >= (door == .port ? 36 : 7))
        #expect(told.count >= min(refused, 20), "\(told)")
        let proof = try Programs.swipeline("journal", "verify", "--journal", service.journal)
        #expect(proof.complaint.contains("The journal is sound"))
    }

    private static func place(_ door: Door, _ service: RunningService) throws -> RawClient.Place {
        switch door {
        case .socket: .socket(service.socket)
        case .port: RawClient.Place("http://\(try #require(service.host))")
        }
    }

    private static func requests(_ door: Door, _ service: RunningService) -> [HostileRequest] {
        let all = HostileRequest.all(host: service.host ?? "")
        return door == .port ? all : all.filter { !$0.isForPortOnly }
    }

    /// Sends them all, a few at a time: some are never finished, and waited for.
    private static func send(
        _ requests: [HostileRequest], _ words: HostileWords, to place: RawClient.Place
    ) async -> [(HostileRequest, [UInt8])] {
        await withTaskGroup(of: (HostileRequest, [UInt8]).self) { group in
            var answers: [(HostileRequest, [UInt8])] = []
            for (number, request) in requests.enumerated() {
                if number >= 8, let answer = await group.next() { answers.append(answer) }
                group.addTask {
                    (request, await RawClient.exchange(request.filled(words), with: place))
                }
            }
            for await answer in group { answers.append(answer) }
            return answers
        }
    }

    /// Good credentials of all kinds.
    private static func words(
        _ service: RunningService, _ sale: String
    ) async throws -> HostileWords {
        let code = try #require(try service.ask("POST", "/v1/pairing")["code"] as? String)
        let host = try #require(service.host)
        let body = #"{"code":"\#(code)"}"#
        let head =
            "POST /session HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        let said = await RawClient.exchange(
            Array((head + body).utf8), with: RawClient.Place("http://\(host)"))
        let cookie = try #require(Answer(said)?.headers["set-cookie"])
        let session = try #require(cookie.firstMatch(of: /swipeline_session=([0-9a-f]+)/)?.1)
        return HostileWords(
            session: String(session), supervisor: try service.supervisor()["Supervisor"] ?? "",
            sale: sale, token: try service.token())
    }
}

extension RunningService {
    /// How many payments it knows of today.
    fileprivate func payments() throws -> Int {
        try #require(ask("GET", "/v1/payments")["payments"] as? [Any]).count
    }

    /// The tills' token on 127.0.0.1.
    fileprivate func token() throws -> String {
        try String(contentsOfFile: "\(journal)/api-token", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// How many peers it has refused.
    fileprivate func refusals() throws -> Int {
        let page = try Programs.run(
            "/usr/bin/curl", ["-sS", "--unix-socket", socket, "http://localhost/metrics"])
        let line = page.output.split(separator: "\n").first {
            $0.hasPrefix("swipeline_refused_peers ")
        }
        return try #require(Int(line?.split(separator: " ").last ?? ""), "\(page.output)")
    }
}
