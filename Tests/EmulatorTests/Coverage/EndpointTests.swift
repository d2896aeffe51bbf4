import Coverage
import Emulator
import Testing

/// Every endpoint answers, and what it answers has every member that the document shows.
@Suite struct EndpointTests {
    @Test(.covers("PH-I-104"), arguments: CoverageRow.rows("PH-E"))
    func `the emulator answers at each endpoint`(row: CoverageRow) throws {
        let shop = try FullShop()
        let words = row.name.split(separator: " ")
        let response = shop.gateway.send(
            row.word, shop.target(words[1]), try shop.body(for: row.name)?.bytes ?? [])
        #expect((200...204).contains(response.status.rawValue), "\(response.codes)")
        if row.word == "GET" { #expect(try response.json != .object([])) }
        if row.word == "POST", row.section == "requests", response.status == .created {
            let made = try shop.gateway.resource(of: response)
            #expect(made["errors"] == nil)
        }
    }

    @Test(arguments: CoverageRow.rows("PH-S"))
    func `the emulator's answer has each member`(row: CoverageRow) throws {
        let shop = try FullShop()
        let words = row.section.split(separator: " ")
        let response = shop.gateway.send(
            String(words[0]), shop.target(words[1]), try shop.body(for: row.section)?.bytes ?? [])
        let body = try response.json
        #expect(body.reach(row.word) != nil, "\(row.section): \(row.word)")
    }
}

extension JSONValue {
    /// The value at a path in which `[]` is the first element of a list.
    func reach(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self as JSONValue?) { value, name in
            let plain = String(name).replacing("[]", with: "")
            let member = plain.isEmpty ? value : value?[plain]
            return name.hasSuffix("[]") ? member?.elements?.first : member
        }
    }
}
