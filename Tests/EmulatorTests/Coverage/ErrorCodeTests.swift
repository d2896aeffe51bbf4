import Advice
import Coverage
import Emulator
import PayHub
import Testing
import Values

@Suite struct ErrorCodeTests {
    @Test(.covers("PH-R-029", "PH-R-030", "PH-I-064"), arguments: CodeRequest.all)
    func `a request is refused with its code alone`(request: CodeRequest) throws {
        let gateway = try TestGateway(request.settings)
        let response = try request.send(gateway)
        #expect(response.codes == [request.code])
        let errors = try #require(response.json["errors"]?.elements)
        let code = try #require(ErrorCode(request.code))
        #expect(errors.first?["reason"]?.string == ErrorCodeTable.name(of: code))
    }

    @Test(.covers("PH-I-065"), arguments: CoverageRow.rows("PH-X"))
    func `an error code has its name, meaning and advice`(row: CoverageRow) throws {
        let code = try #require(ErrorCode(row.word))
        let entry = try #require(ErrorCodeTable.row(for: code))
        #expect(row.name == "\(entry.code) \(entry.name)")
        #expect((10...90).contains(entry.meaning.count))
        let guidance = Guidance(for: code)
        let rejected = Guidance(for: .rejected(Rejection(status: 400, codes: [code])))
        #expect(guidance == rejected)
        for language in Language.allCases {
            #expect(guidance.text(in: language).hasSuffix("."))
        }
        #expect((guidance.advice == .waitDoNotSwipe) == code.contradictsRefusal)
    }

    @Test func `every code has a request or the reason why it has none`() {
        let requested = Set(CodeRequest.all.map(\.code))
        let without = Register.project.codesWithoutRequest
        #expect(requested.count == CodeRequest.all.count)
        #expect(requested.isDisjoint(with: without.keys))
        #expect(requested.union(without.keys) == Set(ErrorCodeTable.rows.map(\.code)))
        #expect(without.count <= 40)
    }

    @Test func `the emulator answers with no code that has no request`() {
        let requested = Set(CodeRequest.all.map(\.code))
        #expect(GatewayFault.allCases.filter { !requested.contains($0.rawValue) } == [])
    }

    @Test func `the meanings differ`() {
        // The two layers of the gateway have some meanings in common.
        #expect(Set(ErrorCodeTable.rows.map(\.meaning)).count > 125)
    }

    @Test(.covers("PH-I-067"), arguments: CoverageRow.rows("PH-C"))
    func `a response code has its meaning and advice, and decides`(row: CoverageRow) throws {
        // The starred row is the one of 06 with the issuer's own text.
        let code = try #require(ResponseCode(row.word.replacing("*", with: "")))
        let entry = try #require(ResponseCodeTable.rows.first { $0.code == row.word })
        #expect(row.name == "\(entry.code) \(entry.text)")
        #expect(entry.isApproval == code.isApproval)
        let advice = Guidance(for: code).advice
        for language in Language.allCases { #expect(advice.text(in: language).hasSuffix(".")) }
        let gateway = try TestGateway { $0.declineStyle = .created201 }
        gateway.core.faults.add([FaultRule(.declineWithCode) { $0.text = code.text }])
        let sale = try gateway.resource(of: gateway.sale(try #require(Body.swiped)))
        #expect(sale.at("saleResponse.responseCode") == .string(code.text))
    }
}
