import GatewayLink

/// Answers that must be refused, and why. A character is a byte.
enum HostileAnswers {
    static let all: [(String, HTTPFault)] =
        statusLines + fields + lengths + encodings + chunks + interims + sizes
        + HostileWords.all.map { ($0.text, $0.fault) }

    private static let ok = "HTTP/1.1 200 OK\r\n"
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    private static let statusLines: [(String, HTTPFault)] = [
        ("\r\n\r\n", .notHTTP),
        ("220 mail.example ESMTP\r\n", .notHTTP),
        ("<html>\r\n", .notHTTP),
        (" HTTP/1.1 200 OK\r\n", .notHTTP),
        ("HTTP 200 OK\r\n", .notHTTP),
        ("HTTP/\r\n", .notHTTP),
        ("\u{EF}\u{BB}\u{BF}HTTP/1.1 200 OK\r\n", .notHTTP),
        ("HTTP/2.0 200 OK\r\n", .versionUnsupported),
        ("HTTP/1.2 200 OK\r\n", .versionUnsupported),
        ("HTTP/0.9 200 OK\r\n", .versionUnsupported),
        ("HTTP/1,1 200 OK\r\n", .versionUnsupported),
        ("HTTP/1.x 200 OK\r\n", .versionUnsupported),
        ("HTTP/1.1\r\n", .statusMalformed),
        ("HTTP/1.1 \r\n", .statusMalformed),
        ("HTTP/1.1 20\r\n", .statusMalformed),
        ("HTTP/1.1  200 OK\r\n", .statusMalformed),
        ("HTTP/1.1\t200 OK\r\n", .statusMalformed),
        ("HTTP/1.10 200 OK\r\n", .statusMalformed),
        ("HTTP/1.1 2000 OK\r\n", .statusMalformed),
        ("HTTP/1.1 2x0 OK\r\n", .statusMalformed),
        ("HTTP/1.1 +20 OK\r\n", .statusMalformed),
        ("HTTP/1.1 200OK\r\n", .statusMalformed),
        ("HTTP/1.1 200\tOK\r\n", .statusMalformed),
        ("HTTP/1.1 099 Low\r\n", .statusOutOfRange),
        ("HTTP/1.1 000 None\r\n", .statusOutOfRange),
        ("HTTP/1.1 600 High\r\n", .statusOutOfRange),
        ("HTTP/1.1 999 High\r\n", .statusOutOfRange),
        ("HTTP/1.1 200 O\0K\r\n", .controlCharacter),
        ("HTTP/1.1 200 OK\n", .bareLineFeed),
        ("\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\r\r\n", .bareCarriageReturn),
        ("HTTP/1.1 200 OK\rX: y\r\n", .bareCarriageReturn),
    ]

    private static let fields: [(String, HTTPFault)] = [
        (ok + "X: a\0b\r\n", .controlCharacter),
        (ok + "X: a\u{1B}[2J\r\n", .controlCharacter),
        (ok + "X: a\u{7F}\r\n", .controlCharacter),
        (ok + "X: a\u{0B}b\r\n", .controlCharacter),
        (ok + "X\0: a\r\n", .controlCharacter),
        (ok + "X: a\nY: b\r\n", .bareLineFeed),
        (ok + "Content-Length: 2\n\r\n", .bareLineFeed),
        (ok + "X: a\r\n\n", .bareLineFeed),
        (ok + "X: a\rY: b\r\n", .bareCarriageReturn),
        (ok + "X: a\r\n\r\r\n", .bareCarriageReturn),
        (ok + "X: a\r\n b\r\n", .foldedField),
        (ok + "X: a\r\n\tb\r\n", .foldedField),
        (ok + " Content-Length: 2\r\n", .foldedField),
        (ok + "Content-Length : 2\r\n", .fieldNameMalformed),
        (ok + "Content-Length\t: 2\r\n", .fieldNameMalformed),
        (ok + ": 2\r\n", .fieldNameMalformed),
        (ok + "no colon\r\n", .fieldNameMalformed),
        (ok + "nocolon\r\n", .fieldNameMalformed),
        (ok + "X(y): 2\r\n", .fieldNameMalformed),
        (ok + "X\u{E9}: 2\r\n", .fieldNameMalformed),
        (ok + "\"X\": 2\r\n", .fieldNameMalformed),
        (ok + "Location: /a\r\nLocation: /b\r\n", .fieldRepeated),
        (ok + "Location: /a\r\nlocation: /a\r\n", .fieldRepeated),
        (ok + "Content-Type: text/html\r\nContent-Type: application/json\r\n", .fieldRepeated),
    ]

    private static let lengths: [(String, HTTPFault)] = [
        (ok + "Content-Length:\r\n", .lengthMalformed),
        (ok + "Content-Length: +2\r\n", .lengthMalformed),
        (ok + "Content-Length: -2\r\n", .lengthMalformed),
        (ok + "Content-Length: 2 2\r\n", .lengthMalformed),
        (ok + "Content-Length: 2, 2\r\n", .lengthMalformed),
        (ok + "Content-Length: 2,3\r\n", .lengthMalformed),
        (ok + "Content-Length: 0x2\r\n", .lengthMalformed),
        (ok + "Content-Length: 2.0\r\n", .lengthMalformed),
        (ok + "Content-Length: 1e1\r\n", .lengthMalformed),
        (ok + "Content-Length: 2;\r\n", .lengthMalformed),
        (ok + "Content-Length: \u{B2}\r\n", .lengthMalformed),
        (ok + "Content-Length: 0000000000000000002\r\n", .lengthMalformed),
        (ok + "Content-Length: 99999999999999999999999\r\n", .lengthMalformed),
        (ok + "Content-Length: 18446744073709551618\r\n", .lengthMalformed),
        (ok + "Content-Length: 2\r\nContent-Length: 3\r\n", .lengthsDiffer),
        (ok + "Content-Length: 2\r\nX: y\r\ncontent-length: 0\r\n", .lengthsDiffer),
        (ok + "\r\n", .lengthMissing),
        (ok + "Connection: keep-alive\r\n\r\n", .lengthMissing),
        (ok + "Connection: closed\r\n\r\n", .lengthMissing),
        ("HTTP/1.1 201 Created\r\nLocation: /sale/7\r\n\r\n", .lengthMissing),
    ]

    private static let encodings: [(String, HTTPFault)] = [
        (ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndEncoding),
        (ok + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n", .lengthAndEncoding),
        (ok + "Transfer-Encoding:\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: gzip\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: gzip, chunked\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: chunked, chunked\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: identity\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: xchunked\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: chunked;q=1\r\n", .encodingUnsupported),
        (ok + "Transfer-Encoding: \"chunked\"\r\n", .encodingUnsupported),
        (
            ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            .encodingUnsupported
        ),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .encodingTooOld),
    ]

    private static let chunks: [(String, HTTPFault)] = [
        (chunked + "\r\n", .chunkSizeMalformed),
        (chunked + " 2\r\n", .chunkSizeMalformed),
        (chunked + "2 \r\n", .chunkSizeMalformed),
        (chunked + "-2\r\n", .chunkSizeMalformed),
        (chunked + "+2\r\n", .chunkSizeMalformed),
        (chunked + "0x2\r\n", .chunkSizeMalformed),
        (chunked + "g\r\n", .chunkSizeMalformed),
        (chunked + ";a=b\r\n", .chunkSizeMalformed),
        (chunked + "000000002\r\n", .chunkSizeMalformed),
        (chunked + "FFFFFFFFFFFFFFFFF\r\n", .chunkSizeMalformed),
        (chunked + "2\nok\r\n", .bareLineFeed),
        (chunked + "2;a\0b\r\n", .controlCharacter),
        (chunked + "2;" + String(repeating: "a", count: 300) + "\r\n", .chunkLineTooLong),
        (chunked + "2\r\nokay\r\n", .chunkEndMissing),
        (chunked + "2\r\nok\n", .chunkEndMissing),
        (chunked + "2\r\nok\r\r", .chunkEndMissing),
        (chunked + "2\r\nok0\r\n\r\n", .chunkEndMissing),
        (chunked + "0\r\nX : y\r\n", .fieldNameMalformed),
        (chunked + "0\r\n folded\r\n", .foldedField),
        (chunked + "0\r\nX: \0\r\n", .controlCharacter),
        (chunked + "0\r\n\n", .bareLineFeed),
        (chunked + "0\r\n" + String(repeating: "X: y\r\n", count: 64), .tooManyFields),
        (chunked + "0\r\nX: " + String(repeating: "y", count: 8_192), .headTooLarge),
        (chunked + "FFFFFFFF\r\n", .tooLarge),
        (chunked + String(repeating: "1\r\nx\r\n", count: 3_000), .tooLarge),
    ]

    private static let interims: [(String, HTTPFault)] = [
        (String(repeating: "HTTP/1.1 100 Go\r\n\r\n", count: 5), .tooManyInterimAnswers),
        ("HTTP/1.1 100 Go\r\nContent-Length: 2\r\n\r\n", .interimBody),
        ("HTTP/1.1 103 Hint\r\nTransfer-Encoding: chunked\r\n\r\n", .interimBody),
        ("HTTP/1.1 101 Switch\r\nUpgrade: h2c\r\n\r\n", .upgradeUnasked),
    ]

    private static let sizes: [(String, HTTPFault)] = [
        (String(repeating: "x", count: 9_000), .headTooLarge),
        ("HTTP/1.1 200 " + String(repeating: "x", count: 9_000), .headTooLarge),
        (ok + "X: " + String(repeating: "x", count: 9_000) + "\r\n", .headTooLarge),
        (ok + String(repeating: "X:\r\n", count: 65), .tooManyFields),
        (
            ok + String(repeating: "X: \(String(repeating: "x", count: 400))\r\n", count: 30),
            .headTooLarge
        ),
        (ok + "Content-Length: 999999999999999999\r\n\r\n", .tooLarge),
        (ok + "Content-Length: 12288\r\n\r\n", .tooLarge),
        (ok + "Connection: close\r\n\r\n" + String(repeating: "x", count: 12_288), .tooLarge),
    ]
}
