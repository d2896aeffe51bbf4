import Foundation
import PayHub
import Testing
import Values

/// What the gateway's resources say.
@Suite struct ResourceTests {
    private func read(
        _ body: String, _ operation: PaymentOperation = .sale, id: String = "478"
    ) throws -> PaymentResource? {
        var reader = BodyReader()
        return reader.resource(
            Array(body.utf8).span, of: operation, id: try #require(TransactionID(id)))
    }

    @Test func `a sale's code and approval are read`() throws {
        let resource = try #require(
            try read(
                #"{"saleResponse":{"saleId":"478","approvalCode":"VTLMC1","responseCode":"00"}}"#))
        #expect(resource.responseCode.text == "00")
        #expect(resource.approvalCode == "VTLMC1")
    }

    @Test func `a blank approval code is none`() throws {
        let body = #"{"saleResponse":{"saleId":"478","approvalCode":"      ","responseCode":"05"}}"#
        #expect(try read(body)?.approvalCode == nil)
        #expect(try read(body)?.responseCode.isApproval == false)
    }

    @Test(arguments: [
        "", "{}", "[]", "<html>", #"{"saleResponse":null}"#, #"{"saleResponse":{}}"#,
        #"{"saleResponse":{"responseCode":null}}"#, #"{"saleResponse":{"responseCode":""}}"#,
        #"{"saleResponse":{"responseCode":"0 0"}}"#,
        #"{"saleResponse":{"saleId":"479","responseCode":"00"}}"#,
        #"{"authOnlyResponse":{"transactionId":"478","responseCode":"00"}}"#,
        #"{"saleResponse":{"saleId":"478","responseCode":"05","responseCode":"00"}}"#,
    ])
    func `what is no such resource, or another's, is not believed`(body: String) throws {
        #expect(try read(body) == nil)
    }

    @Test func `an authorisation has its own members`() throws {
        let body = #"{"authOnlyResponse":{"transactionId":"182349","responseCode":"00"}}"#
        #expect(try read(body, .authOnly, id: "182349")?.responseCode.isApproval == true)
    }

    @Test func `the note of a bill is read for the reference`() {
        var reader = BodyReader()
        #expect(reader.billNote(Array(#"{"note":"SW0010"}"#.utf8).span) == "SW0010")
        #expect(reader.billNote(Array(#"{"note":null}"#.utf8).span) == nil)
    }

    /// The printed samples of the gateway's document, where they are at hand.
    @Test func `the document's own samples are read`() throws {
        let folder = ProcessInfo.processInfo.environment["SWIPELINE_REFERENCE"]
        var ran = 0
        if let folder {
            for (name, operation, id) in [
                ("sale.get-by-id.response", PaymentOperation.sale, "478"),
                ("authonly.get-by-id.response", .authOnly, "182349"),
            ] {
                let body = try String(
                    contentsOfFile: "\(folder)/gateway/examples/\(name).json", encoding: .utf8)
                let resource = try #require(try read(body, operation, id: id))
                #expect(resource.responseCode.text == "00")
                #expect(resource.approvalCode == "VTLMC1")
                ran += 1
            }
            #expect(ran == 2)
        }
        print("external resource samples: \(ran) ran")
    }
}

@Suite struct GatewayEndpointTests {
    @Test func `host, port and path are read`() throws {
        let endpoint = try GatewayEndpoint(url: "https://api.payhub.com/api/v2/")
        #expect(endpoint.host == "api.payhub.com")
        #expect(endpoint.port == 443)
        #expect(endpoint.path == "/api/v2")
        #expect(endpoint.authority == "api.payhub.com")
        #expect(!endpoint.isLoopback)
        let local = try GatewayEndpoint(url: "https://[::1]:8443")
        #expect(local.host == "::1")
        #expect(local.authority == "[::1]:8443")
        #expect(local.path == "/api/v2")
        #expect(local.isLoopback)
    }

    @Test(arguments: [
        ("http://localhost", EndpointError.notHTTPS), ("localhost", .notHTTPS),
        ("https://", .badHost), ("https://a b/", .badHost), ("https://user@host/", .badHost),
        ("https://host:0", .badPort), ("https://host:65536", .badPort),
        ("https://host:x", .badPort), ("https://host/a?b", .badPath),
        ("https://host/\r\nX: y", .badPath),
    ])
    func `what is no gateway is refused by name`(url: String, error: EndpointError) {
        #expect(throws: error) { try GatewayEndpoint(url: url) }
    }

    @Test(arguments: ["127.0.0.1.evil.example", "localhost.evil.example", "127.1", "0.0.0.0"])
    func `only this machine is loopback`(host: String) throws {
        #expect(try !GatewayEndpoint(url: "https://\(host)").isLoopback)
    }
}
