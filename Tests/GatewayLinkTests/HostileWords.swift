import GatewayLink

/// Hostile answers by the hundred, from small tables: each row is put wherever it could stand.
enum HostileWords {
    typealias Hostile = (text: String, fault: HTTPFault)

    static let all =
        controls + lineEnds + names + lengthPairs + lengths + encodings + versions + statuses
        + chunkSizes + chunkEnds + interims + crowds

    private static let ok = "HTTP/1.1 200 OK\r\n"
    private static let end = "Content-Length: 0\r\n\r\n"
    private static let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"

    /// Every control character but tab, CR and LF, in every line of a head.
    private static let controls: [Hostile] =
        (Array(0..<0x20) + [0x7F]).filter { ![9, 10, 13].contains($0) }.flatMap {
            (code: UInt8) -> [Hostile] in
            let control = String(Unicode.Scalar(code))
            return [
                ("HTTP/1.1 200 O\(control)K\r\n" + end, .controlCharacter),
                (ok + "X: a\(control)b\r\n" + end, .controlCharacter),
                (ok + "Location: /api/v2/sale/7\(control)\r\n" + end, .controlCharacter),
                (chunked + "1;\(control)\r\nx\r\n0\r\n\r\n", .controlCharacter),
            ]
        }

    /// CR or LF alone in the place of both, at the end of every line of an answer.
    private static let lineEnds: [Hostile] = {
        let lines = [
            "HTTP/1.1 201 Created", "Location: /api/v2/sale/7", "X: y",
            "Transfer-Encoding: chunked",
            "", "1", "x", "0", "T: u", "",
        ]
        return lines.indices.flatMap { index -> [Hostile] in
            let isData = index == 6
            return [
                ("\n", isData ? HTTPFault.chunkEndMissing : .bareLineFeed),
                ("\r", isData ? .chunkEndMissing : .bareCarriageReturn),
                ("\n\r", isData ? .chunkEndMissing : .bareLineFeed),
                ("\r\r\n", isData ? .chunkEndMissing : .bareCarriageReturn),
            ].map { wrong, fault in
                let text = lines.enumerated().map { line in
                    line.element + (line.offset == index ? wrong : "\r\n")
                }
                // Something must come behind the last line, or CR alone would only be unfinished.
                return (text.joined() + "x", fault)
            }
        }
    }()

    /// Every character that no field's name has, before, in and behind the name of a length.
    private static let names: [Hostile] = "\"(),/;<=>?@[\\]{} \t\u{80}\u{FF}".flatMap {
        (wrong: Character) -> [Hostile] in
        let isBlank = wrong == " " || wrong == "\t"
        return [
            (
                ok + "\(wrong)Content-Length: 0\r\n\r\n",
                isBlank ? .foldedField : .fieldNameMalformed
            ),
            (ok + "Content\(wrong)Length: 0\r\n\r\n", .fieldNameMalformed),
            (ok + "Content-Length\(wrong): 0\r\n\r\n", .fieldNameMalformed),
        ]
    }

    /// Two lengths that differ, in either order, with or without something between them.
    private static let lengthPairs: [Hostile] = [("0", "1"), ("2", "3"), ("2", "20"), ("7", "70")]
        .flatMap { one, other in
            [(one, other), (other, one)].flatMap { first, second in
                ["", "X: y\r\n", "Connection: close\r\n"].map { between in
                    (
                        ok + "Content-Length: \(first)\r\n\(between)content-length: \(second)\r\n",
                        HTTPFault.lengthsDiffer
                    )
                }
            }
        }

    /// What is no length, alone and behind a sound one.
    private static let lengths: [Hostile] = [
        "", " ", "+1", "-1", "1 1", "1,1", "1, 1", "1;1", "0x1", "1.", ".1", "1e0", "1E0", "one",
        "\"1\"", "1\u{A0}", "\u{B9}", "9999999999999999999", "18446744073709551616",
        "00000000000000000001", "1\t1", "1_0", "-0", "1x", "x1", "NaN", "%31", "#1", "(1)",
    ].flatMap { word -> [Hostile] in
        [
            (ok + "Content-Length: \(word)\r\n\r\nx", .lengthMalformed),
            (ok + "Content-Length: 1\r\nContent-Length: \(word)\r\n\r\nx", .lengthMalformed),
        ]
    }

    /// What is not `chunked` alone and once, with a length and without.
    private static let encodings: [Hostile] =
        [
            "", "gzip", "deflate", "identity", "compress", "chunked, gzip", "gzip, chunked",
            "chunked,", ",chunked", "chunked chunked", "chunked;a=b", "\"chunked\"", "xchunked",
            "chunkedx", "chunk", "chunke\u{E4}", "chunked\u{A0}", "Chunked, Chunked",
            "x, chunked, y",
        ].flatMap { word -> [Hostile] in
            [
                (ok + "Transfer-Encoding: \(word)\r\n\r\n0\r\n\r\n", .encodingUnsupported),
                (
                    ok + "Content-Length: 5\r\nTransfer-Encoding: \(word)\r\n\r\n0\r\n\r\n",
                    .encodingUnsupported
                ),
            ]
        }
        + ["chunked", "CHUNKED", " chunked", "chunked\t"].flatMap { word -> [Hostile] in
            let field = "Transfer-Encoding: \(word)\r\n"
            return [
                (ok + field + "Content-Length: 5\r\n\r\n0\r\n\r\n", .lengthAndEncoding),
                (ok + "Content-Length: 5\r\n" + field + "\r\n0\r\n\r\n", .lengthAndEncoding),
                (ok + field + "Content-Length: 0\r\n\r\n0\r\n\r\n", .lengthAndEncoding),
                (ok + field + field + "\r\n0\r\n\r\n", .encodingUnsupported),
                ("HTTP/1.0 200 OK\r\n" + field + "\r\n0\r\n\r\n", .encodingTooOld),
                ("HTTP/1.0 201 Created\r\nConnection: close\r\n" + field + "\r\n", .encodingTooOld),
            ]
        }
}

extension HostileWords {
    private static let versions: [Hostile] =
        [
            "0.9", "0.0", "1.2", "1.9", "2.0", "2 20", "3.0", "9.9", "1:1", "1-1", "x.1", "1.x",
            " 1.",
        ]
        .map { ("HTTP/\($0) 200 OK\r\n" + end, .versionUnsupported) }
        + [
            "", "HTP/1.1 200 OK", "ICY 200 OK", "HTTPS/1.1 200 OK", "HTTP 1.1 200 OK",
            "HTTP-1.1 200 OK", "GET / HTTP/1.1", "PRI * HTTP/2.0", "200 OK", "{\"responseCode\":1}",
            "\u{16}", "SSH-2.0-x", "* OK IMAP", "+OK POP3", "<!DOCTYPE html>",
        ].map { ($0 + "\r\n" + end, $0 == "\u{16}" ? .controlCharacter : .notHTTP) }

    private static let statuses: [Hostile] =
        [
            "", " ", " 2", " 20", " 2O1 Created", " 2 01", " 20 1", "  201", "\t201", " +20",
            " -20",
            " 0x1", " 2.1", " 201Created", " 201\tCreated", " 2010 Created", "201 Created",
            " \u{B2}\u{B0}\u{B1}", " \"201\"", " 201;", " 201,", " [201]",
        ].map { ("HTTP/1.1\($0)\r\n" + end, .statusMalformed) }
        + ["000", "001", "010", "099", "600", "601", "700", "800", "900", "999"].flatMap {
            [
                ("HTTP/1.1 \($0)\r\n" + end, HTTPFault.statusOutOfRange),
                ("HTTP/1.0 \($0) Created\r\n" + end, .statusOutOfRange),
            ]
        }

    /// What is no size, as the first, a later and the last chunk's.
    private static let chunkSizes: [Hostile] = [
        "", " 1", "1 ", "\t1", "-1", "+1", "0x1", "x", "g", ";", " ;a", "1,1", "1.0", "\"1\"",
        "000000001", "100000000", "FFFFFFFFFFFFFFFF", "10000000000000000", "1 1", "1=1", "\u{B9}",
        "1\u{A0}", "one", "#1", "%31",
    ].flatMap { word -> [Hostile] in
        [
            (chunked + "\(word)\r\nx\r\n0\r\n\r\n", .chunkSizeMalformed),
            (chunked + "1\r\nx\r\n\(word)\r\nx\r\n0\r\n\r\n", .chunkSizeMalformed),
            (chunked + "1;a=\"b\"\r\nx\r\n\(word)\r\n\r\n", .chunkSizeMalformed),
        ]
    }

    /// A chunk that is shorter or longer than its size, by each of some bytes.
    private static let chunkEnds: [Hostile] = (1...16).flatMap { count -> [Hostile] in
        let data = String(repeating: "x", count: count)
        let size = String(count, radix: 16)
        return [
            (chunked + "\(size)\r\n\(data)x\r\n0\r\n\r\n", .chunkEndMissing),
            (chunked + "\(size)\r\n\(data)0\r\n\r\n", .chunkEndMissing),
        ]
    }

    private static let interims: [Hostile] =
        [100, 102, 103, 104, 150, 199].flatMap { status -> [Hostile] in
            let line = "HTTP/1.1 \(status) Wait\r\n"
            return [
                (
                    String(repeating: line + "\r\n", count: 5) + ok + end,
                    .tooManyInterimAnswers
                ),
                (String(repeating: line + "\r\n", count: 200), .tooManyInterimAnswers),
                (line + "Content-Length: 1\r\n\r\nx" + ok + end, .interimBody),
                (line + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + ok + end, .interimBody),
                (line + "\r\n\r\n" + ok + end, .notHTTP),
            ]
        } + [
            ("HTTP/1.1 101 Switching Protocols\r\n\r\n" + ok + end, .upgradeUnasked),
            ("HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 101 Switch\r\n\r\n", .upgradeUnasked),
        ]

    /// Too much of each: of fields, of a line, of a head, of a body.
    private static let crowds: [Hostile] =
        [65, 66, 100, 1_000].flatMap { count -> [Hostile] in
            [
                (ok + String(repeating: "X: y\r\n", count: count) + end, .tooManyFields),
                (ok + String(repeating: "Set-Cookie: a=b\r\n", count: count), .tooManyFields),
                (
                    chunked + "0\r\n" + String(repeating: "T: u\r\n", count: count) + "\r\n",
                    .tooManyFields
                ),
            ]
        }
        + [8_193, 9_000, 12_000].flatMap { count -> [Hostile] in
            let long = String(repeating: "a", count: count)
            return [
                ("HTTP/1.1 200 \(long)", .headTooLarge), (ok + "X: \(long)", .headTooLarge),
                (ok + long, .headTooLarge), (chunked + "1;\(long)", .chunkLineTooLong),
                (chunked + "0\r\nT: \(long)", .headTooLarge),
            ]
        }
        + [12_289, 16_385, 65_536, 1_000_000, 999_999_999_999].map {
            (ok + "Content-Length: \($0)\r\n\r\n", .tooLarge)
        }
        + ["3001", "FFFF", "7FFFFFFF", "80000000", "FFFFFFFF"].map {
            (chunked + "1\r\nx\r\n\($0)\r\n", .tooLarge)
        }
}
