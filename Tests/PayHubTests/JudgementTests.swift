import Coverage
import Foundation
import PayHub
import Testing
import Values

/// From an answer to what it means. Source: PayHub API, 4.1 to 4.7.
@Suite struct JudgementTests {
    static let id = TransactionID("478")

    private func judge(
        _ status: Int, _ body: String = "", location: Location? = nil
    ) -> Judgement {
        var reader = BodyReader()
        return reader.judge(status: status, location: location, body: Array(body.utf8).span)
    }

    @Test(.covers("PH-R-009", "PH-I-028", "PH-U-001"))
    func `a 201 with a location of our own is read next, and is no approval`() throws {
        let id = try #require(Self.id)
        #expect(judge(201, location: .own(id)) == .accepted(id))
        #expect(judge(201, location: .foreign(id)) == .acceptedElsewhere(id))
        #expect(judge(201) == .ended(.inDoubt(Doubt(.locationMissing))))
        #expect(judge(201, location: .foreign(nil)) == .ended(.inDoubt(Doubt(.locationForeign))))
    }

    @Test(.covers("PH-I-028", "PH-I-108"), arguments: ["05", "51", "10", "54", "82", "06"])
    func `a 400 whose code is a response code is a decline`(code: String) throws {
        let body = #"{"errors":[{"status":"BAD_REQUEST","code":"\#(code)","reason":"x"}]}"#
        let expected = Decline(responseCode: try #require(ResponseCode(code)))
        #expect(judge(400, body) == .ended(.declined(expected)))
    }

    @Test(arguments: ["4021", "4525", "9997", "4517"])
    func `a 400 whose code is a listed error code is a rejection`(code: String) throws {
        let codes = [try #require(ErrorCode(code))]
        for body in [
            #"{"errors":[{"code":"\#(code)"}]}"#, #"{"errors":[{"code":\#(code)}]}"#,
            #"{"code":"\#(code)"}"#,
        ] {
            #expect(judge(400, body) == .ended(.rejected(Rejection(status: 400, codes: codes))))
        }
    }

    @Test(
        .covers("PH-I-063"),
        arguments: [
            #"{"errors":[{"code":"00"}]}"#, #"{"errors":[{"code":"08"}]}"#,
        ])
    func `a 400 with an approving code is in doubt`(body: String) {
        #expect(judge(400, body) == .ended(.inDoubt(Doubt(.contradictoryCode))))
    }

    @Test(
        .covers("PH-R-014", "PH-I-061", "PH-U-024"),
        arguments: [
            "", "<html>", "{}", "[]", #"{"errors":[]}"#, #"{"errors":[{}]}"#, #"{"errors":"4021"}"#,
            #"{"errors":[{"code":"7777"}]}"#, #"{"errors":[{"code":"4021"}],"errors":[]}"#,
            #"{"cause":null,"message":"x"}"#,
        ])
    func `a 400 without a code that we know is in doubt`(body: String) {
        #expect(judge(400, body) == .ended(.inDoubt(Doubt(.errorWithoutCode))))
    }

    @Test(.covers("PH-I-063")) func `02 with a location in the body is an error, else a decline`()
        throws
    {
        let body = #"{"errors":[{"code":"02"}]}"#
        let code = try #require(ResponseCode("02"))
        #expect(judge(400, body) == .ended(.declined(Decline(responseCode: code))))
        let codes = [try #require(ErrorCode("02"))]
        let error = #"{"errors":[{"code":"02","location":"card_number"}]}"#
        #expect(judge(400, error) == .ended(.rejected(Rejection(status: 400, codes: codes))))
    }

    @Test(arguments: ["9999", "4059", "4046", "4060", "4076", "4077"])
    func `an error that may come after the issuer was asked is in doubt`(code: String) {
        let body = #"{"errors":[{"code":"\#(code)"}]}"#
        #expect(judge(400, body) == .ended(.inDoubt(Doubt(.contradictoryCode))))
    }

    @Test(arguments: ["4018,00", "51,00", "51,08", "4018,9999"])
    func `one contradictory code among others is enough for doubt`(codes: String) {
        let errors = codes.split(separator: ",").map { #"{"code":"\#($0)"}"# }
        let body = #"{"errors":[\#(errors.joined(separator: ","))]}"#
        #expect(judge(400, body) == .ended(.inDoubt(Doubt(.contradictoryCode))))
    }

    @Test(
        .covers("PH-R-028", "PH-R-029", "PH-I-061", "PH-I-096", "PH-U-023"), arguments: [401, 403])
    func `a refused token is a rejection, whatever the body`(status: Int) {
        for body in ["", "<html>", #"{"error":"invalid_token"}"#] {
            #expect(
                judge(status, body) == .ended(.rejected(Rejection(status: status, codes: []))))
        }
    }

    @Test(
        .covers("PH-R-030", "PH-I-062"),
        arguments: [200, 202, 204, 301, 302, 307, 404, 409, 429, 500, 502, 503])
    func `every other status is in doubt`(status: Int) {
        #expect(judge(status) == .ended(.inDoubt(Doubt(.unexpectedStatus))))
    }
}

/// `Location`: only the last segment, only letters and digits, only our own gateway.
@Suite struct LocationTests {
    static let own = [
        "https://localhost:8443/api/v2/sale/478", "/api/v2/sale/478",
        "HTTPS://LOCALHOST:8443/api/v2/sale/478", "https://localhost:8443/API/v2/SALE/478",
    ]
    static let foreign = [
        "https://payhub.example/api/v2/sale/478", "http://localhost:8443/api/v2/sale/478",
        "https://localhost/api/v2/sale/478", "https://localhost:8443/payhubws/api/sale/478",
        "https://localhost:8443@evil.example/api/v2/sale/478", "//evil.example/api/v2/sale/478",
        "https://localhost:8443/api/v2/refund/478", "https://localhost:8443/api/v2/sale/x/478",
    ]
    static let useless = [
        "", "478", "/", "https://localhost:8443/api/v2/sale/", "/api/v2/sale/47 8",
        "/api/v2/sale/../478?x", "/api/v2/sale/478?x=1", "/api/v2/sale/%34",
        "/api/v2/sale/" + String(repeating: "1", count: 33),
        "/api/v2/sale/" + String(repeating: "x", count: 600),
    ]

    private func read(_ text: String) throws -> Location {
        Location(
            Array(text.utf8).span, .sale, at: try GatewayEndpoint(url: "https://localhost:8443"))
    }

    @Test(.covers("PH-R-010", "PH-I-030"), arguments: own) func `our own form gives the id`(
        text: String
    ) throws {
        let id = try #require(TransactionID("478"))
        #expect(try read(text) == .own(id))
    }

    @Test(.covers("PH-I-003", "PH-I-031"), arguments: foreign) func `another host or path is told`(
        text: String
    ) throws {
        let id = try #require(TransactionID("478"))
        #expect(try read(text) == .foreign(id))
    }

    @Test(arguments: useless) func `what has no id gives none`(text: String) throws {
        #expect(try read(text) == .foreign(nil))
    }

    @Test(.covers("PH-I-002")) func `an authorisation may be spelled authOnly or authonly`() throws
    {
        let endpoint = try GatewayEndpoint(url: "https://localhost:8443")
        let id = try #require(TransactionID("9"))
        for path in ["/api/v2/authOnly/9", "/api/v2/authonly/9"] {
            #expect(Location(Array(path.utf8).span, .authOnly, at: endpoint) == .own(id))
        }
    }
}
