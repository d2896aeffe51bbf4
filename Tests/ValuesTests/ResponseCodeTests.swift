import Testing
import Values

/// The gateway's codes: an open set of which four approve.
@Suite struct ResponseCodeTests {
    @Test(arguments: ["00", "08", "11", "85"]) func `approves`(text: String) throws {
        #expect(try #require(ResponseCode(text)).isApproval)
    }

    @Test func `of all codes of two digits no other approves`() {
        let approving = (0...99).map { $0 < 10 ? "0\($0)" : "\($0)" }
            .filter { ResponseCode($0)?.isApproval == true }
        #expect(approving == ["00", "08", "11", "85"])
    }

    @Test(arguments: ["0", "000", "0000", "A0", "4041", "N7", "0O", "abcd1234"])
    func `keeps an unknown code and does not take it for an approval`(text: String) throws {
        let code = try #require(ResponseCode(text))
        #expect(code.text == text)
        #expect(code.description == text)
        #expect(!code.isApproval)
    }

    @Test(arguments: ["", "123456789", "0 ", " 00", "00\n", "0;", "é", "٠٠"])
    func `is nothing that no code looks like`(text: String) {
        #expect(ResponseCode(text) == nil)
        #expect(ErrorCode(text) == nil)
    }

    @Test func `an error code keeps its text`() throws {
        let code = try #require(ErrorCode("4041"))
        #expect(code.text == "4041")
        #expect(code.description == "4041")
    }
}
