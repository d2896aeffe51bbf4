import Coverage
import Emulator
import Testing
import Values

@Suite struct ResourceTests {
    @Test(.covers("PH-R-009", "PH-R-010", "PH-R-012", "PH-I-029", "PH-I-030", "PH-U-001"))
    func `answers a sale with 201, an absolute Location and no body`() throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try #require(Body.keyed))
        #expect(response.status.rawValue == 201)
        #expect(response.status.reason == "Created")
        #expect(response.headers.map(\.name) == ["Location"])
        #expect(response.header("Location") == "https://localhost:8443/api/v2/sale/1001")
        #expect(response.body.isEmpty)
    }

    @Test(
        .covers("PH-I-002"),
        arguments: ["/api/v2/authOnly", "/api/v2/authonly", "/api/v2/AUTHONLY/"])
    func `takes an authorization in any case and names it in lower case`(path: String) throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try #require(Body.keyed), to: path)
        #expect(response.header("Location") == "https://localhost:8443/api/v2/authonly/1001")
        let json = try gateway.resource(of: response)
        #expect(json.at("authOnlyResponse.transactionId") == .string("1001"))
        #expect(gateway.send("GET", "/api/v2/sale/1001").status == .notFound)
    }

    static let names: [(String, String, [String])] = [
        (
            "/api/v2/sale", "saleResponse",
            [
                "saleId", "approvalCode", "processedDateTime", "avsResultCode",
                "verificationResultCode", "batchId", "responseCode", "responseText", "cisNote",
                "riskStatusResponseText", "riskStatusRespondeCode", "saleDateTime",
                "tokenizedCard", "customerReference", "billingReferences",
            ]
        ),
        (
            "/api/v2/authOnly", "authOnlyResponse",
            [
                "transactionId", "approvalCode", "processedDateTime", "avsResultCode",
                "verificationResultCode", "batchId", "responseCode", "responseText", "cisNote",
                "riskStatusResponseText", "riskStatusRespondeCode", "dateTime",
                "customerReference", "billingReferences",
            ]
        ),
    ]

    @Test(.covers("PH-R-019", "PH-R-020", "PH-I-033", "PH-I-041"), arguments: names)
    func `names the members as the samples do`(
        path: String, own: String, members: [String]
    ) throws {
        let gateway = try TestGateway()
        let json = try gateway.resource(
            of: gateway.sale(try #require(Body.keyed), to: path))
        #expect(json[own]?.members?.map(\.name) == members)
        #expect(
            json.members?.map(\.name) == [
                "version", "createdAt", "lastModified", "createdBy", "lastModifiedBy",
                "metaData", "record_format", "settlementStatus", own, "_links",
            ])
        #expect(json["createdBy"] == .string("20001"))
        #expect(json["settlementStatus"] == .string("Not settled"))
        #expect(
            json["_links"]?.members?.map(\.name) == [
                "self", "merchant", "customer", "card_data", "bill",
            ])
    }

    @Test(.covers("PH-R-011", "PH-I-044")) func `reads each part by its link`() throws {
        let gateway = try TestGateway()
        let response = gateway.sale(try #require(Body.keyed))
        let merchant = try gateway.resource(of: response, "/merchant")
        #expect(merchant["id"] == .string("200011"))
        #expect(merchant["organization_id"] == .number("20001"))
        let customer = try gateway.resource(of: response, "/customer")
        #expect(customer["email_address"] == .string("holder@example.com"))
        #expect(customer.at("customerReference.customerId") == .number("1"))
        let bill = try gateway.resource(of: response, "/bill")
        #expect(bill.at("totalAmount.amount") == .number("12.75"))
        #expect(bill["note"] == .string("SW-1"))
        let card = try gateway.resource(of: response, "/card_data")
        #expect(card["card_number"] == .null && card["cvv_data"] == .null)
        #expect(card["id"] == card["tokenized_card"])
    }

    @Test(.covers("PH-R-021", "PH-I-043")) func `carries the gateway's day`() throws {
        let gateway = try TestGateway(day: CivilDate(year: 2015, month: 5, day: 19))
        let json = try gateway.resource(of: gateway.sale(try #require(Body.keyed)))
        let created = try #require(json["createdAt"]?.string)
        #expect(created.wholeMatch(of: /2015-05-19T\d\d:\d\d:\d\d\.\d{3}\+00:00/) != nil)
        let date = try #require(json.at("saleResponse.saleDateTime")?.string)
        #expect(date.wholeMatch(of: /2015-05-19 \d\d:\d\d:\d\d/) != nil)
    }

    @Test(.covers("PH-R-002", "PH-I-105")) func `gives nothing of another organization`() throws {
        let gateway = try TestGateway()
        #expect(gateway.sale(try #require(Body.keyed)).status == .created)
        let response = gateway.send(
            "GET", "/api/v2/sale/1001", token: TestGateway.otherToken)
        #expect(response.status == .notFound)
        #expect(response.codes == ["9998"])
    }

    @Test func `has no customer for a walk-in`() throws {
        let gateway = try TestGateway()
        #expect(gateway.sale(try #require(Body.swiped)).status == .created)
        #expect(gateway.send("GET", "/api/v2/sale/1001/customer").codes == ["9998"])
    }

    static let refusals: [(String, String, GatewayStatus, String)] = [
        ("GET", "/api/v2/sale/7", .notFound, "9998"),
        ("GET", "/api/v2/nothing", .notFound, "9995"),
        ("GET", "/", .notFound, "9995"), ("POST", "/v2/sale", .notFound, "9995"),
        ("GET", "/api/v2/sale/1/nothing", .notFound, "9995"),
        ("PUT", "/api/v2/sale", .methodNotAllowed, "9994"),
        ("DELETE", "/api/v2/sale/1", .methodNotAllowed, "9994"),
        ("POST", "/api/v2/sale/1", .methodNotAllowed, "9994"),
    ]

    @Test(.covers("PH-I-005", "PH-I-062"), arguments: refusals)
    func `refuses a path or method that it has not`(
        method: String, path: String, status: GatewayStatus, code: String
    ) throws {
        let response = try TestGateway().send(method, path, Array("{}".utf8))
        #expect(response.status == status)
        #expect(response.codes == [code])
        #expect((response.header("Allow") != nil) == (status == .methodNotAllowed))
    }

    static let bodies: [(String, String?, GatewayStatus, String)] = [
        ("{}", "text/json", .unsupportedMediaType, "9993"),
        ("{}", nil, .unsupportedMediaType, "9993"),
        ("", "application/json", .badRequest, "9990"),
        ("{", "application/json", .badRequest, "9997"),
        ("[]", "application/json", .badRequest, "9992"),
        (String(repeating: " ", count: 65_537), "application/json", .payloadTooLarge, "9990"),
    ]

    @Test(.covers("PH-R-008", "PH-I-062"), arguments: bodies)
    func `refuses a body that is no JSON object`(
        body: String, type: String?, status: GatewayStatus, code: String
    ) throws {
        let response = try TestGateway().send(
            "POST", "/api/v2/sale", Array(body.utf8), type: type)
        #expect(response.status == status)
        #expect(response.codes == [code])
    }

    @Test(.covers("PH-R-001", "PH-R-028", "PH-U-023"), arguments: [nil, "", "nobody", "dfd4f12a"])
    func `wants a token that it knows`(token: String?) throws {
        let response = try TestGateway().send("POST", "/api/v2/sale", token: token)
        #expect(response.status == .unauthorized)
        #expect(response.header("WWW-Authenticate") == "Bearer")
        #expect(try JSONValue(parsing: response.body)["error"] == .string("invalid_token"))
    }
}
