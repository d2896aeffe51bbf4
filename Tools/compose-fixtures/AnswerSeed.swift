/// A gateway's answers to begin fuzzing with: the answer to a POST, a separator, and the answer to
/// the GET of its resource, in every way in which HTTP/1.1 lets a body end.
///
/// Source: RFC 9112, sections 6 and 7; PayHub API, "Sale", "AuthOnly", "RestErrorStructure".
internal struct AnswerSeed {
    /// Begins the GET's answer. No head and no UTF-8 text has this byte.
    static let separator: UInt8 = 0xFE

    let name: String
    let bytes: [UInt8]

    /// Every POST with one GET, and every GET behind one POST.
    static func all() -> [AnswerSeed] {
        let created = posts[0]
        let approved = gets[0]
        let pairs = posts.map { ($0, approved) } + gets.dropFirst().map { (created, $0) }
        return pairs.enumerated().flatMap { index, pair in
            framings.enumerated().map { way, framing in
                // The first byte chooses operation and cuts; the fuzz target says how.
                let head: [UInt8] = [UInt8(truncatingIfNeeded: 2 * index + way)]
                let post = Array(frame(pair.0, by: framing).utf8)
                let get = Array(frame(pair.1, by: framing).utf8)
                return AnswerSeed(
                    name: "answer-\(String(1000 + index).dropFirst())-\(framing)",
                    bytes: head + post + [separator] + get)
            }
        }
    }

    /// How an answer says where it ends.
    private enum Framing: String, CaseIterable {
        case length, chunked, trailers, close, old, interim
    }

    private static let framings = Framing.allCases

    /// Status line, fields and body of an answer.
    private typealias Answer = (status: String, fields: String, body: String)

    private static func frame(_ answer: Answer, by framing: Framing) -> String {
        let (status, fields, body) = answer
        let length = "Content-Length: \(body.utf8.count)\r\n"
        let version = framing == .old ? "HTTP/1.0 " : "HTTP/1.1 "
        let head = version + status + "\r\n" + fields
        switch framing {
        case .length, .old: return head + length + "\r\n" + body
        case .close: return head + "Connection: close\r\n\r\n" + body
        case .interim:
            return "HTTP/1.1 100 Continue\r\n\r\n" + head + length + "\r\n" + body
        case .chunked:
            return head + "Transfer-Encoding: chunked\r\n\r\n" + chunks(body, "") + "0\r\n\r\n"
        case .trailers:
            return head + "Transfer-Encoding: chunked\r\n\r\n" + chunks(body, ";a=\"b\"")
                + "00;last\r\nX-Sum: 1\r\n\r\n"
        }
    }

    /// The body in two chunks, none when it is empty.
    private static func chunks(_ body: String, _ suffix: String) -> String {
        let half = body.utf8.count / 2
        let parts = [body.utf8.prefix(half), body.utf8.dropFirst(half)]
        return parts.filter { !$0.isEmpty }.map { part in
            String(part.count, radix: 16) + suffix + "\r\n" + String(decoding: part, as: UTF8.self)
                + "\r\n"
        }.joined()
    }

    private static let json = "Content-Type: application/json;charset=UTF-8\r\n"
    private static let own = "Location: https://localhost:8443/api/v2/sale/478\r\n"

    private static let posts: [Answer] = [
        ("201 Created", own, ""),
        ("201 Created", "Location: /api/v2/authonly/478\r\n", ""),
        ("201 Created", "Location: https://gateway.example/api/v2/sale/478\r\n", ""),
        ("201 Created", "", ""),
        ("400 Bad Request", json, #"{"errors":[{"status":"BAD_REQUEST","code":"05"}]}"#),
        ("400 Bad Request", json, #"{"errors":[{"code":"4021","location":"bill"},{"code":5}]}"#),
        ("400 Bad Request", json, #"{"errors":[{"code":"00"}]}"#),
        ("400 Bad Request", json, #"{"code":"9999","reason":"x","severity":"ERROR"}"#),
        ("401 Unauthorized", json, #"{"error":"invalid_token"}"#),
        ("403 Forbidden", "", ""),
        ("302 Found", "Location: https://localhost:8443/api/v2/sale/478\r\n", ""),
        ("503 Service Unavailable", "Content-Type: text/html\r\n", "<html></html>"),
    ]

    private static let gets: [Answer] = [
        (
            "200 OK", json,
            #"{"saleResponse":{"saleId":"478","approvalCode":"VTLMC1","responseCode":"00"},"#
                + #""settlementStatus":"Not settled","_links":{"self":{"href":"#
                + #""https://localhost:8443/api/v2/sale/478"}}}"#
        ),
        ("200 OK", json, #"{"saleResponse":{"saleId":478,"responseCode":"05"}}"#),
        ("200 OK", json, #"{"authOnlyResponse":{"transactionId":"478","responseCode":"11"}}"#),
        ("200 OK", json, #"{"saleResponse":{"saleId":"479","responseCode":"00"}}"#),
        ("200 OK", json, #"{"saleResponse":{"responseCode":"05","responseCode":"00"}}"#),
        ("200 OK", json, #"{"base_amount":{"amount":12.75},"note":"SW\u0030","po_number":null}"#),
        ("200 OK", json, "{\"a\":[[[[1.5e3,true,null,\"\\ud83d\\ude00\"]]]]}"),
        ("404 Not Found", json, #"{"errors":[{"code":"9998"}]}"#),
        ("204 No Content", "", ""),
    ]
}
