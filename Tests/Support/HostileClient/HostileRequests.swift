internal import Foundation
public import Testing

/// A request that must be refused, as bytes.
public struct HostileRequest: Sendable, CustomTestStringConvertible {
    /// What is wrong with it.
    public let name: String
    /// The statuses that refuse it; 0 stands for a connection that is closed without an answer.
    public let refusals: Set<Int>
    /// The whole of it, with words in place of credentials.
    public let bytes: [UInt8]
    /// True when a till on the unix socket may ask so: the kernel says who it is, and there are no
    /// names and tokens.
    public private(set) var isForPortOnly = false

    /// What is wrong with it.
    public var testDescription: String { name }

    /// Everything that is hostile, made for a door of this name. `SESSION`, `TOKEN`, `SALE` and
    /// `SUPERVISOR` stand for a page's session, the tills' token, an approved sale and the
    /// supervisor's token, all of them good.
    public static func all(host: String) -> [HostileRequest] {
        let maker = HostileMaker(host: host)
        return maker.names + maker.credentials + maker.bodies + maker.sizes + maker.paths
            + maker.documents + maker.limits
    }

    /// The same request, for a door with names and tokens.
    func atPort() -> HostileRequest {
        var request = self
        request.isForPortOnly = true
        return request
    }

    /// The request with good credentials where it names them.
    public func filled(_ words: HostileWords) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
            .replacingOccurrences(of: "SESSION", with: words.session)
            .replacingOccurrences(
                of: "Supervisor: SUPERVISOR", with: "Supervisor: \(words.supervisor)"
            )
            .replacingOccurrences(of: "SALE", with: words.sale)
            .replacingOccurrences(of: "TOKEN", with: words.token)
        return Array(text.utf8)
    }
}

/// What stands in a request in place of its words.
public struct HostileWords: Sendable {
    let session: String
    let supervisor: String
    let sale: String
    let token: String

    /// A page's session, the supervisor's token, an approved sale and the tills' token.
    public init(session: String, supervisor: String, sale: String, token: String) {
        (self.session, self.supervisor) = (session, supervisor)
        (self.sale, self.token) = (sale, token)
    }
}

/// Makes hostile requests.
public struct HostileMaker {
    let host: String

    /// Requests for a door of this name.
    public init(host: String) { self.host = host }

    /// A payment that would be taken.
    public static let sale = #"{"operation":"sale","amount":{"cents":1275,"currency":"USD"}}"#
    private static let till = ["Authorization": "Bearer TOKEN", "Idempotency-Key": "k1"]

    func raw(_ name: String, _ refusals: Set<Int>, _ text: String) -> HostileRequest {
        HostileRequest(name: name, refusals: refusals, bytes: Array(text.utf8))
    }

    /// A payment's request with other fields; a field that is empty is left out.
    public func post(
        _ name: String, _ refusals: Set<Int>, _ changes: [String: String] = [:],
        body: String = sale, to line: String = "POST /v1/payments"
    ) -> HostileRequest {
        var fields = [
            "Host": host, "Connection": "close", "Content-Type": "application/json",
            "Content-Length": String(body.utf8.count),
        ]
        fields.merge(Self.till) { _, new in new }
        fields.merge(changes) { _, new in new }
        // A plus puts a second field of the name beside the first.
        let head = fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            .map { "\($0.key.drop { $0 == "+" }): \($0.value)\r\n" }.joined()
        return raw(name, refusals, "\(line) HTTP/1.1\r\n\(head)\r\n\(body)")
    }

    /// The fields of a paired page, changed.
    private static func page(_ changes: [String: String]) -> [String: String] {
        let fields = [
            "Authorization": "", "Cookie": "swipeline_session=SESSION", "Swipeline-Page": "1",
        ]
        return fields.merging(changes) { _, new in new }
    }

    // MARK: Rebinding and strange origins

    var names: [HostileRequest] {
        let port = host.split(separator: ":").last.map(String.init) ?? ""
        let strangeHosts = [
            "evil.example", "evil.example:\(port)", "127.0.0.1", "localhost.evil.example:\(port)",
            "127.0.0.1.nip.io:\(port)", "0.0.0.0:\(port)", "127.0.0.1:1", "[::]:\(port)",
            "127.0.0.1:\(port)@evil.example", "localhost:\(port).evil.example",
        ]
        let strangeOrigins = [
            "http://evil.example", "null", "https://\(host)", "http://localhost",
            "http://\(host).evil.example", "http://evil.example:\(port)", "file://",
        ]
        return strangeHosts.map { post("host \($0)", [400, 421], ["Host": $0]).atPort() }
            + strangeOrigins.map { post("origin \($0)", [403], Self.page(["Origin": $0])) }
            + [
                post("no host", [400, 421], ["Host": ""]),
                post("two hosts", [400, 421], ["+Host": "evil.example"]),
                raw("HTTP/1.0 without a host", [400, 421], "POST /v1/payments HTTP/1.0\r\n\r\n"),
                raw(
                    "another host in the target", [400, 421],
                    "GET http://evil.example/v1/lane HTTP/1.1\r\nHost: \(host)\r\n"
                        + "Authorization: Bearer TOKEN\r\nConnection: close\r\n\r\n"),
                post("a request across sites", [403], ["Sec-Fetch-Site": "cross-site"]).atPort(),
                post("a request from a sister's site", [403], ["Sec-Fetch-Site": "same-site"])
                    .atPort(),
                post(
                    "the question before a request across origins", [403],
                    ["Origin": "http://evil.example", "Access-Control-Request-Method": "POST"],
                    body: "", to: "OPTIONS /v1/payments"),
            ]
    }

    // MARK: Tokens and cookies

    var credentials: [HostileRequest] {
        let strange = [
            "", "Bearer", "Bearer ", "Bearer TOKENx", "Bearer xTOKEN", "Basic VE9LRU46",
            "Bearer null", "TOKEN", "Bearer SESSION",
        ]
        let unknown = strange.map {
            post("authorization '\($0)'", [401], ["Authorization": $0])
        }
        let known = [
            post("two authorizations", [401], ["+Authorization": "Bearer TOKEN"]),
            post(
                "the token in the query", [401], ["Authorization": ""],
                to: "POST /v1/payments?token=TOKEN"),
            post(
                "a cookie without the page's header", [403], Self.page(["Swipeline-Page": ""])),
            post(
                "another word in the page's header", [403], Self.page(["Swipeline-Page": "0"])),
            post("a made-up cookie", [401], Self.page(["Cookie": "swipeline_session=aa"])),
            post(
                "two sessions", [401],
                Self.page(["Cookie": "swipeline_session=SESSION; swipeline_session=aa"])),
            post(
                "the token as a cookie", [401], Self.page(["Cookie": "swipeline_session=TOKEN"])),
            post("a pairing code over TCP", [404], body: "{}", to: "POST /v1/pairing"),
            post("a pairing with a guess", [403], body: #"{"code":"000000"}"#, to: "POST /session"),
        ]
        return (unknown + known).map { $0.atPort() } + [
            post(
                "a void without the supervisor", [403], body: "{}",
                to: "POST /v1/payments/SALE/void"),
            post(
                "a void with a made-up supervisor", [403], ["Supervisor": "aa"], body: "{}",
                to: "POST /v1/payments/SALE/void"),
            post(
                "a refund without the supervisor", [403], body: "{}",
                to: "POST /v1/payments/SALE/refund"),
            post(
                "a change of limits without the supervisor", [403],
                body: #"{"refunds":{"perDayCents":99}}"#, to: "PATCH /v1/configuration"),
        ]
    }

    // MARK: Forms that a strange page can send

    var bodies: [HostileRequest] {
        let types = [
            "", "text/plain", "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16", "application/jsonx", "text/json",
        ]
        return types.map { post("the type '\($0)'", [415], Self.page(["Content-Type": $0])) }
            + [
                post("two types", [415], ["+Content-Type": "text/plain"]),
                post("an encoded body", [415], ["Content-Encoding": "gzip"]),
            ]
    }

    // MARK: Too much, too slow

    var sizes: [HostileRequest] {
        let long = String(repeating: "a", count: 20_000)
        let many = Dictionary(uniqueKeysWithValues: (0..<200).map { ("X-\($0)", "1") })
        let chunk = "4000\r\n\(String(repeating: " ", count: 16_384))\r\n"
        return [
            post("a field of 20,000 bytes", [0, 400, 431], ["X-Long": long]),
            post("200 fields", [0, 400, 431], many),
            post("a path of 20,000 bytes", [0, 400, 414], to: "POST /v1/\(long)"),
            post("a query of 2,000 bytes", [400], to: "POST /v1/payments?a=\(long.prefix(2000))"),
            post("a body of 16,385 bytes", [413], body: String(repeating: " ", count: 16_385)),
            post("a length of ten gigabytes", [413], ["Content-Length": "10000000000"], body: ""),
            post(
                "chunks without an end", [0, 400, 413],
                ["Content-Length": "", "Transfer-Encoding": "chunked"],
                body: String(repeating: chunk, count: 3) + "0\r\n\r\n"),
            post("length and chunks", [0, 400], ["Transfer-Encoding": "chunked"]),
            post("two lengths", [0, 400], ["+Content-Length": "1"]),
            post("a length below zero", [0, 400], ["Content-Length": "-1"]),
            raw("a head that never ends", [0, 400], "GET /v1/lane HTTP/1.1\r\nHost: \(host)\r\n"),
            post("a body that never comes", [0, 400], ["Content-Length": "100"], body: "{"),
            raw("no HTTP at all", [0, 400], "\u{16}\u{3}\u{1}\u{2}\u{0}hello\r\n\r\n"),
        ]
    }

    // MARK: Paths and methods

    var paths: [HostileRequest] {
        let strange = [
            "/../../etc/passwd", "/page/../openapi.json", "/page/%2e%2e/openapi.json",
            "/page//index.html", "/page/js/..%2f..%2fopenapi.json", "/v1/payments%00",
            "/v1/./lane", "//v1/lane", "/v1/lane;a=b", "/v1\\lane", "/page/.../x", "/v1/lane/",
            "/page/index.html%00.js",
        ]
        let methods = ["PUT", "DELETE", "TRACE", "BREW", "get"]
        return strange.map {
            post("the path \($0)", [400, 404], body: "", to: "GET \($0)")
        } + methods.map { post("the method \($0)", [400, 405, 0], to: "\($0) /v1/payments") } + [
            raw(
                "a zero byte in the path", [0, 400],
                "GET /v1/\u{0}lane HTTP/1.1\r\nHost: \(host)\r\n\r\n"),
            raw(
                "a line's end in a field", [0, 400],
                "GET /v1/lane HTTP/1.1\r\nHost: \(host)\r\nX: a\rb\r\n\r\n"),
        ]
    }

    // MARK: Documents

    var documents: [HostileRequest] {
        let amount = #""amount":{"cents":1,"currency":"USD"}"#
        let texts = [
            "5,000 levels": String(repeating: "[", count: 5000),
            "5,000 levels of objects": String(repeating: #"{"a":"#, count: 2500),
            "a name twice": #"{"operation":"sale","operation":"sale",\#(amount)}"#,
            "an amount twice": #"{"operation":"sale",\#(amount),\#(amount)}"#,
            "a fraction of a cent": #"{"operation":"sale","amount":{"cents":12.75}}"#,
            "cents with a point": #"{"operation":"sale","amount":{"cents":1275.0}}"#,
            "cents with an exponent": #"{"operation":"sale","amount":{"cents":1e3}}"#,
            "cents as text": #"{"operation":"sale","amount":{"cents":"1275"}}"#,
            "an amount as a number": #"{"operation":"sale","amount":12.75}"#,
            "an amount below zero": #"{"operation":"sale","amount":{"cents":-1}}"#,
            "no amount": #"{"operation":"sale"}"#,
            "an amount of nothing": #"{"operation":"sale","amount":{"cents":0}}"#,
            "more than there is": #"{"operation":"sale","amount":{"cents":1000000000}}"#,
            "a number of 400 digits":
                #"{"operation":"sale","amount":{"cents":\#(String(repeating: "9", count: 400))}}"#,
            "another currency": #"{"operation":"sale","amount":{"cents":1,"currency":"EUR"}}"#,
            "a member that is not known": #"{"operation":"sale",\#(amount),"tip":1}"#,
            "a card's number": #"{"operation":"sale",\#(amount),"pan":"4111111111111111"}"#,
            "a strange member of the amount":
                #"{"operation":"sale","amount":{"cents":1,"dollars":1}}"#,
            "a list": "[]", "a text": #""sale""#, "half of it": #"{"operation":"#,
            "more behind it": Self.sale + "{}", "a mark before it": "\u{FEFF}" + Self.sale,
            "half a character": #"{"operation":"sale",\#(amount),"ticket":"\ud800"}"#,
            "a card's number as ticket":
                #"{"operation":"sale",\#(amount),"ticket":"4111111111111111"}"#,
            "a line's end in the ticket": #"{"operation":"sale",\#(amount),"ticket":"a\nb"}"#,
            "a void without a payment": #"{"operation":"void",\#(amount)}"#,
            "a verify with an amount": #"{"operation":"verify",\#(amount)}"#,
            "a word for a flag": #"{"operation":"sale",\#(amount),"allowDuplicate":"no"}"#,
            "a comment": "/* */" + Self.sale, "not a number": #"{"operation":NaN}"#,
        ]
        let keys = [
            "", "4111111111111111", String(repeating: "k", count: 65), "two words", "ключ",
        ]
        return texts.sorted { $0.key < $1.key }.map { post($0.key, [400], body: $0.value) }
            + keys.map { post("the key '\($0)'", [400], ["Idempotency-Key": $0]) }
            + [post("two keys", [400], ["+Idempotency-Key": "k2"])]
    }

    // MARK: Over the shop's limits

    var limits: [HostileRequest] {
        let supervisor = ["Supervisor": "SUPERVISOR"]
        return [
            post(
                "a refund over the limit", [422], supervisor,
                body: #"{"amount":{"cents":50001,"currency":"USD"}}"#,
                to: "POST /v1/payments/SALE/refund"),
            post(
                "a refund without a payment", [403], supervisor,
                body: #"{"operation":"refund","amount":{"cents":1,"currency":"USD"}}"#),
            post(
                "a door opened by the API", [400], supervisor, body: #"{"tcp":true}"#,
                to: "PATCH /v1/configuration"),
            post(
                "a limit below zero", [400], supervisor,
                body: #"{"refunds":{"perDayCents":-1}}"#, to: "PATCH /v1/configuration"),
            post(
                "a void of a payment that is none", [404], supervisor, body: "{}",
                to: "POST /v1/payments/SW000000000000000000/void"),
            post(
                "a void of a made-up name", [404], supervisor, body: "{}",
                to: "POST /v1/payments/everything/void"),
        ]
    }
}
