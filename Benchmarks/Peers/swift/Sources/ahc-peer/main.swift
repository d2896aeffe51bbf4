// async-http-client with Codable on both sides, as its documentation shows it. It cannot open a
// connection without a request, so a small GET opens it before the idle time.
import AsyncHTTPClient
import Contract
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

struct Sale: Codable {
    struct Merchant: Codable { var organization_id = 10_002, terminal_id = 2 }
    struct Money: Codable { var amount = Decimal(1275) / 100, currency = "USD" }
    struct Bill: Codable {
        var base_amount = Money()
        var note = "SW001000007000000126"
        var invoice_number = "SW001000007000000126"
    }
    struct Card: Codable {
        var track1_data: String
        var track2_data: String
        var card_expiry_date: String
    }
    var merchant = Merchant()
    var bill = Bill()
    var record_format = "CREDIT_CARD"
    var card_data: Card
}

struct Resource: Codable {
    struct Response: Codable { var saleId, responseCode, approvalCode: String }
    var saleResponse: Response
}

struct Peer {
    let plan: Plan
    let card: Sale.Card
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()

    init(_ plan: Plan) throws {
        self.plan = plan
        card = try JSONDecoder().decode(Sale.self, from: plan.body).card_data
    }

    func client() -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(plan.certificate)
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        return HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func request(_ path: String, _ method: String = "GET") -> HTTPClientRequest {
        var request = HTTPClientRequest(url: path)
        request.method = .RAW(value: method)
        request.headers.add(name: "Authorization", value: "Bearer \(Plan.token)")
        request.headers.add(name: "Accept", value: "application/json")
        return request
    }

    func post(_ client: HTTPClient) async throws -> String {
        var request = request(plan.base + "/sale", "POST")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try encoder.encode(Sale(card_data: card))))
        let response = try await client.execute(request, timeout: .seconds(30))
        _ = try await response.body.collect(upTo: 16_384)
        guard response.status == .created, let url = response.headers.first(name: "Location")
        else { throw WrongAnswer() }
        return url
    }

    func get(_ url: String, _ client: HTTPClient) async throws {
        let response = try await client.execute(request(url), timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 16_384)
        let resource = try decoder.decode(Resource.self, from: Data(body.readableBytesView))
        guard resource.saleResponse.responseCode == "00" else { throw WrongAnswer() }
    }

    func run() async throws -> [UInt64] {
        var times: [UInt64] = []
        var client = client()
        for _ in 0..<(plan.warmUp + plan.count) {
            if plan.isOpenedAhead {
                let ready = try await client.execute(request(plan.base), timeout: .seconds(30))
                _ = try await ready.body.collect(upTo: 16_384)
                try await Task.sleep(for: .milliseconds(plan.idleMilliseconds))
            }
            let start = now()
            let url = try await post(client)
            if plan.isOpenedAhead { try await get(url, client) }
            times.append(now() - start)
            if plan.isOpenedAhead {
                try await client.shutdown()
                client = self.client()
            }
        }
        try await client.shutdown()
        return times
    }
}

let plan = try Plan()
for time in try await Peer(plan).run().dropFirst(plan.warmUp) { print(time) }
