import PayHub
import Testing
import Values

/// Resources that say "approved" in a way that no gateway's resource does, from small tables.
/// None may be read as an approval.
@Suite struct HostileResourceTests {
    private func approves(_ body: String, id: String = "478") throws -> Bool {
        var reader = BodyReader()
        let resource = reader.resource(
            Array(body.utf8).span, of: .sale, id: try #require(TransactionID(id)))
        return resource?.responseCode.isApproval ?? false
    }

    private static func resource(code: String = "\"00\"", id: String = "\"478\"") -> String {
        #"{"saleResponse":{"saleId":\#(id),"approvalCode":"V1","responseCode":\#(code)},"#
            + #""_links":{"self":{"href":"https://localhost/api/v2/sale/478"}}}"#
    }

    /// Everything that is nearly an approving code.
    static let codes: [String] = {
        let words = [
            "", "0", "000", "0000", " 00", "00 ", "0 0", "O0", "0O", "OO", "oo", "0o", "+0", "-0",
            "0.0", "00.", "00,", "00;", "'00'", "(00)", "8", "8 ", "08 ", " 08", "008", "0x8",
            "1e1",
            "11.0", "111", "1 1", "85%", "855", "085", "approved", "APPROVED", "true", "OK", "10",
            "01", "02", "05", "N7", "٠٠", "００", "𝟎𝟎", "00\u{301}", "\u{200B}00", "00\u{200B}",
            "\\u0030\\u0030", "0\\u0030", "\\u003000", "00\\u0000", "\\t00", "00\\n", "\\ufeff00",
        ].map { "\"\($0)\"" }
        let others = [
            "0", "-0", "0.0", "0e0", "0E+0", "8", "8.0", "11", "11.0", "1.1e1", "85", "8.5e1",
            "1e400",
            "-1e400", "null", "true", "false", "[]", "[\"00\"]", "{}", "{\"code\":\"00\"}",
            "[[\"00\"]]", "00", "08", "'00'", "\"00", "00\"", "NaN", "0x0", "\"00\",\"x\"",
        ]
        return words + others
    }()

    @Test(arguments: codes)
    func `a code that is nearly approving approves nothing`(code: String) throws {
        #expect(try !approves(Self.resource(code: code)))
    }

    /// Everything that is nearly the id that was asked for.
    static let ids: [String] = [
        "\"479\"", "\"0478\"", "\"478 \"", "\" 478\"", "\"478\\u0000\"", "\"47\\u0038\"", "\"\"",
        "\"48\"", "\"4780\"", "\"４７８\"", "\"478.0\"", "478.0", "4.78e2", "47.8e1", "4780e-1",
        "-478",
        "0.478e3", "479", "1e400", "-0", "true", "false", "[]", "[478]", "[\"478\"]", "{}",
        "{\"id\":478}", "4_78", "0478", "\"\(String(repeating: "4", count: 100))\"",
    ]

    @Test(arguments: ids)
    func `a resource of nearly the id that was asked for approves nothing`(id: String) throws {
        #expect(try !approves(Self.resource(id: id)))
    }

    /// Two of a name in one object, in every object and in either order, are never chosen from.
    static let twice: [String] = {
        let approved = #"{"saleId":"478","responseCode":"00"}"#
        let declined = #"{"saleId":"478","responseCode":"05"}"#
        let pairs = [(approved, declined), (declined, approved), (approved, approved)]
        let members = [
            (#""responseCode":"00""#, #""responseCode":"05""#),
            (#""saleId":"478""#, #""saleId":"9""#),
            (#""a":1"#, #""a":1"#),
        ]
        return pairs.map { #"{"saleResponse":\#($0),"saleResponse":\#($1)}"# }
            + pairs.map { #"{"saleResponse":\#($0),"x":[{"a":1,"a":2}],"y":\#($1)}"# }
            + members.flatMap { one, other in
                [(one, other), (other, one), (one, one)].map {
                    #"{"saleResponse":{"responseCode":"00",\#($0),\#($1)}}"#
                }
            }
            + [
                #"{"saleResponse":\#(approved),"sale\u0052esponse":\#(declined)}"#,
                #"{"saleResponse":{"responseCode":"00","response\u0043ode":"05"}}"#,
                #"{"saleResponse":\#(approved),"_links":{},"_links":{}}"#,
                #"{"saleResponse":\#(approved),"_links":{"self":{"href":"a","href":"b"}}}"#,
            ]
    }()

    @Test(arguments: twice)
    func `a name that stands twice approves nothing`(body: String) throws {
        #expect(try !approves(body))
    }

    /// What is no JSON, or more than one value, around an approval.
    static let wrapped: [String] = {
        let good = #"{"saleResponse":{"saleId":"478","responseCode":"00"}}"#
        return [
            "[\(good)]", "\(good)\(good)", "\(good),", "\(good)]", "\(good)}", "\(good)x",
            "x\(good)",
            "\(good)\0", "\0\(good)", "\u{FEFF}\(good)", ")]}',\n\(good)", "/**/\(good)",
            "\(good)//", "callback(\(good))", "\"\(good)\"", "{\(good)}", "{\"a\":\(good)}",
            "{\"saleResponse\":[\(good)]}", "<script>\(good)", "\(good)\n<!-- -->", "\u{1E}\(good)",
            good.replacing("\"", with: "'"), good.replacing("}}", with: ",}}"),
            good.replacing(":", with: "="), good.replacing("saleResponse", with: "SaleResponse"),
            good.replacing("responseCode", with: "ResponseCode"),
            good.replacing("responseCode", with: "response_code"),
            good.replacing("saleResponse", with: "authOnlyResponse"),
            good.replacing("saleResponse", with: "refundResponse"),
            good.replacing("saleResponse", with: "saleResponse "),
        ]
    }()

    @Test(arguments: wrapped)
    func `an approval in what is no resource approves nothing`(body: String) throws {
        #expect(try !approves(body))
    }

    @Test(arguments: [33, 64, 1_000, 8_000])
    func `a bomb of depth approves nothing and is refused early`(depth: Int) throws {
        let good = #""saleResponse":{"saleId":"478","responseCode":"00"}"#
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = String(repeating: open, count: depth) + "1"
            let closed = deep + String(repeating: close, count: depth)
            for bomb in [closed, deep] {
                #expect(try !approves("{\"x\":\(bomb),\(good)}"))
                #expect(try !approves("{\(good),\"x\":\(bomb)}"))
            }
        }
    }

    @Test(arguments: [1_100, 5_000])
    func `a bomb of members approves nothing`(count: Int) throws {
        let good = #""saleResponse":{"saleId":"478","responseCode":"00"}"#
        let members = (0..<count).map { "\"\($0)\":0" }.joined(separator: ",")
        let elements = Array(repeating: "0", count: count).joined(separator: ",")
        #expect(try !approves("{\(members),\(good)}"))
        #expect(try !approves("{\(good),\(members)}"))
        #expect(try !approves("{\"x\":[\(elements)],\(good)}"))
    }

    @Test func `the resource itself approves, or nothing here would say anything`() throws {
        for code in ["00", "08", "11", "85"] {
            #expect(try approves(Self.resource(code: "\"\(code)\"")))
            #expect(try approves(Self.resource(code: "\"\(code)\"", id: "478")))
            #expect(try approves(Self.resource(code: "\"\(code)\"", id: "null")))
        }
        let whole = Self.resource()
        for count in 0..<whole.utf8.count {
            let cut = String(decoding: Array(whole.utf8)[..<count], as: UTF8.self)
            #expect(try !approves(cut), "cut at \(count)")
        }
        let rows = Self.codes.count + Self.ids.count + Self.twice.count + Self.wrapped.count
        #expect(rows >= 150)
    }

    @Test(arguments: [
        "1e400", "-1e400", "1e2", "1E2", "12.750", "12.755", "-12.75", "+12.75", "12,75", "$12.75",
        "12.75 ", " 12.75", "0x10", "NaN", "Infinity", "99999999999999999999",
        "9223372036854775808",
        "12.7.5", ".75", "12.", "", "١٢.٧٥", "1_000", "1 000", "12.75\\u0000", "10000000",
    ])
    func `an amount that is not dollars and cents is none`(text: String) {
        // As a bare word a blank is none of its own.
        for written in ["\"\(text)\""] + (text.contains(" ") ? [] : [text]) {
            var reader = BodyReader()
            let body = #"{"base_amount":{"amount":\#(written)},"note":"SW"}"#
            let bill = reader.bill(Array(body.utf8).span)
            let cents = bill?.baseCents
            #expect(cents == nil)
        }
    }
}
