/// Answers that must be read, and what they say.
enum GoodAnswers {
    typealias Good = AnswerReaderTests.Good

    static let all: [Good] = [
        Good(
            name: "created",
            text: "HTTP/1.1 201 Created\r\nLocation: /sale/7\r\n"
                + "Content-Length: 0\r\n\r\n", status: 201, location: "/sale/7"),
        Good(
            name: "names in any case, blanks around values",
            text: "HTTP/1.1 201 \r\nLOCATION:\t /sale/7 \t\r\ncontent-length:0\r\n\r\n",
            status: 201, location: "/sale/7"),
        Good(
            name: "no phrase", text: "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", status: 200,
            body: "x"),
        Good(
            name: "version in lower case",
            text: "http/1.1 200 ok\r\nContent-Length: 1\r\n\r\nx", status: 200, body: "x"),
        Good(
            name: "JSON",
            text: "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=x\r\n"
                + "Content-Length: 2\r\n\r\n{}", status: 200, body: "{}", isJSON: true),
        Good(
            name: "JSON with links",
            text: "HTTP/1.1 200 OK\r\nContent-Type: "
                + "Application/HAL+JSON\r\nContent-Length: 2\r\n\r\n{}", status: 200, body: "{}",
            isJSON: true),
        Good(
            name: "HTML",
            text: "HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\n"
                + "Content-Length: 6\r\n\r\n<html>", status: 502, body: "<html>"),
        Good(
            name: "almost JSON",
            text: "HTTP/1.1 200 OK\r\nContent-Type: application/jsonp\r\n"
                + "Content-Length: 2\r\n\r\n{}", status: 200, body: "{}"),
        Good(
            name: "equal lengths",
            text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                + "Content-Length: 02\r\n\r\nok", status: 200, body: "ok"),
        Good(
            name: "chunks",
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                + "4\r\nWiki\r\n00000005;a=\"b\"\r\npedia\r\nB\r\n in chunks.\r\n0\r\n\r\n",
            status: 200, body: "Wikipedia in chunks."),
        Good(
            name: "chunks with trailers",
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"
                + "\r\n\r\na\r\n0123456789\r\n0;last\r\nContent-Length: 9\r\nX: y\r\n\r\n",
            status: 200, body: "0123456789"),
        Good(
            name: "no chunk but the last",
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", status: 200),
        Good(
            name: "CR LF within a chunk",
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"
                + "\r\n\r\n5\r\n\r\n0\r\n\r\n0\r\n\r\n", status: 200, body: "\r\n0\r\n"),
        Good(
            name: "interim answers",
            text: "HTTP/1.1 100 Continue\r\n\r\n"
                + "HTTP/1.1 103 Early\r\nLocation: /wrong\r\n\r\n"
                + "HTTP/1.1 102 Wait\r\nContent-Length: 0\r\n\r\nHTTP/1.1 100\r\n\r\n"
                + "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", status: 201),
        Good(
            name: "no content", text: "HTTP/1.1 204 No Content\r\n\r\n", status: 204),
        Good(
            name: "no content with a length of zero",
            text: "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", status: 204),
        Good(
            name: "no content that announces some",
            text: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", status: 204,
            keepsAlive: false),
        Good(
            name: "not modified", text: "HTTP/1.1 304 Not Modified\r\n\r\n", status: 304),
        Good(
            name: "redirect",
            text: "HTTP/1.1 307 Elsewhere\r\nLocation: https://x.example/\r\n"
                + "Content-Length: 0\r\n\r\n", status: 307, location: "https://x.example/"),
        Good(
            name: "empty location",
            text: "HTTP/1.1 201 Created\r\nLocation: \r\nContent-Length: 0\r\n\r\n", status: 201),
        Good(
            name: "says close",
            text: "HTTP/1.1 200 OK\r\nConnection: x, Close\r\n"
                + "Content-Length: 2\r\n\r\nok", status: 200, body: "ok", keepsAlive: false),
        Good(
            name: "says nearly close",
            text: "HTTP/1.1 200 OK\r\nConnection: closed, keep-alive"
                + "\r\nContent-Length: 2\r\n\r\nok", status: 200, body: "ok"),
        Good(
            name: "HTTP/1.0",
            text: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"
                + "Content-Length: 2\r\n\r\nok", status: 200, body: "ok", keepsAlive: false),
        Good(
            name: "to the end", text: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it",
            status: 200, body: "all of it", keepsAlive: false, ends: true),
        Good(
            name: "HTTP/1.0 to the end", text: "HTTP/1.0 200 OK\r\n\r\n", status: 200,
            keepsAlive: false, ends: true),
        Good(
            name: "bytes behind the end",
            text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1", status: 200,
            body: "ok", keepsAlive: false),
        Good(
            name: "64 fields",
            text: "HTTP/1.1 200 OK\r\n"
                + (0..<63).map { "X-\($0): \($0)\r\n" }.joined()
                + "Content-Length: 2\r\n\r\nok", status: 200, body: "ok"),
        Good(
            name: "other characters in a value",
            text: "HTTP/1.1 200 OK\r\nX!#$%&'*+-.^_`|~: \u{E9}\t\"\\\r\nX:\r\n"
                + "Content-Length: 2\r\n\r\nok", status: 200, body: "ok"),
    ]
}
