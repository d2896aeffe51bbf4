import Coverage
import PayHub
import Testing
import Values

@Suite struct CodeTableTests {
    @Test func `lists the document's 51 response codes`() {
        #expect(ResponseCodeTable.rows.count == 51)
        #expect(Set(ResponseCodeTable.rows.map(\.code)).count == 51)
    }

    @Test func `agrees with the response code itself on what approves`() throws {
        let approving = ResponseCodeTable.rows.filter(\.isApproval).map(\.code)
        #expect(approving == ["00", "08", "11", "85"])
        for row in ResponseCodeTable.rows where row.code != "06*" {
            #expect(try #require(ResponseCode(row.code)).isApproval == row.isApproval)
        }
    }

    @Test func `finds a row by its code`() throws {
        let code = try #require(ResponseCode("05"))
        let row = try #require(ResponseCodeTable.row(for: code))
        #expect(row.text == "Decline")
        #expect(row.description == "Do not honor")
        #expect(!row.isApproval)
    }

    @Test(.covers("PH-I-068"), arguments: ["N7", "0930", "4004", "99"])
    func `has no row for a code that the document does not list`(text: String) throws {
        let code = try #require(ResponseCode(text))
        #expect(ResponseCodeTable.row(for: code) == nil)
    }

    @Test(.covers("PH-I-065")) func `lists the document's 136 error codes, spelled as printed`()
        throws
    {
        #expect(ErrorCodeTable.rows.count == 136)
        #expect(Set(ErrorCodeTable.rows.map(\.code)).count == 136)
        let code = try #require(ErrorCode("4046"))
        #expect(ErrorCodeTable.name(of: code) == "CARD_TOKEN_GENRATION_FAILED_CODE")
    }

    @Test(.covers("PH-I-064"))
    func `has no name for an error code that the document does not list`() throws {
        let code = try #require(ErrorCode("4079"))
        #expect(ErrorCodeTable.name(of: code) == nil)
    }
}
