import Coverage
import Emulator
import Testing

@Suite struct ListTests {
    private static func gateway(sales: Int) throws -> TestGateway {
        let gateway = try TestGateway()
        for number in 0..<sales { _ = try gateway.make("sale", Body.noted("S\(number)")) }
        return gateway
    }

    private static func ids(_ list: JSONValue, _ name: String = "sales") -> [String] {
        (list.at("_embedded.\(name)")?.elements ?? []).compactMap {
            $0.at("saleResponse.saleId")?.string
        }
    }

    @Test(.covers("PH-R-015", "PH-R-016", "PH-I-004", "PH-I-048"))
    func `gives twenty at a time, with links`() throws {
        let gateway = try Self.gateway(sales: 41)
        let first = try gateway.get("sale/")
        #expect(Self.ids(first).count == 20)
        #expect(Self.ids(first).first == "1001")
        #expect(first.at("page.totalElements") == .number("41"))
        #expect(first.at("page.totalPages") == .number("3"))
        #expect(first["_links"]?.members?.map(\.name) == ["self", "next"])
        let last = try gateway.get("sale?page=2")
        #expect(Self.ids(last) == ["1041"])
        #expect(last["_links"]?.members?.map(\.name) == ["self", "prev"])
    }

    @Test(
        .covers("PH-R-017", "PH-U-004"),
        arguments: [
            ("size=2", ["1001", "1002"]), ("size=2&page=1", ["1003"]),
            ("sort=id,desc", ["1003", "1002", "1001"]), ("sort=id%2Cdesc&size=1", ["1003"]),
            ("size=0&page=-1", ["1001", "1002", "1003"]), ("page=9223372036854775807", []),
        ])
    func `reads page, size and sort`(query: String, ids: [String]) throws {
        #expect(Self.ids(try Self.gateway(sales: 3).get("sale/?\(query)")) == ids)
    }

    @Test(arguments: ["sale", "authonly", "verify", "capture", "void", "refund"])
    func `has no embedded rows when there are none`(kind: String) throws {
        let list = try TestGateway().get(kind)
        #expect(list.members?.map(\.name) == ["_links", "page"])
    }

    @Test(
        .covers("PH-U-022"),
        arguments: [
            ("authonly", "authonlys"), ("verify", "verifications"), ("refund", "refunds"),
        ])
    func `names the rows as the vendor's clients read them`(kind: String, name: String) throws {
        let gateway = try TestGateway()
        _ = try gateway.make(kind, Body.noted("A"))
        #expect(try gateway.get(kind)["_embedded"]?.members?.map(\.name) == [name])
    }
}
