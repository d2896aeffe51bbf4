import Emulator
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,2.50,-3e2,true,false,null,"x\"\\\n"],"b":{}}"#, "[]", #""é😀""#, "0", "-0.5",
    ])
    func `writes what it has read`(text: String) throws {
        #expect(try JSONValue(text).text.replacing("\\u000a", with: "\\n") == text)
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a":}"#, #"{"a" 1}"#, "01", "1.", ".5", "+1", "nul", "{} {}", #""\x""#,
        #""\ud800""#, "\"\u{1}\"", String(repeating: "[", count: 40),
    ])
    func `refuses what is no JSON`(text: String) {
        #expect(throws: JSONFault.self) { try JSONValue(text) }
    }

    @Test func `keeps the text of a number`() throws {
        #expect(try JSONValue(#"{"amount":1.10}"#)["amount"] == .number("1.10"))
    }

    @Test func `lets the last of two members win`() throws {
        #expect(try JSONValue(#"{"a":1,"a":2}"#)["a"] == .number("2"))
    }

    @Test func `reads escaped characters beyond the first plane`() throws {
        #expect(try JSONValue(#""\ud83d\ude00""#).string == "😀")
    }
}
