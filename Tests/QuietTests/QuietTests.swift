import Quiet
import Testing

/// What a test's output has of its arguments.
@Suite struct QuietTests {
    @Test(arguments: [
        ("4111111111111111", #""************1111""#), ("41111111111", #""***********""#),
        ("41111111111111111111", #""********************""#), ("4111 1111", #""**** ****""#),
        (
            "%B4111111111111111^DOE/JANE^2912101000?;4111111111111111=2912101?\r",
            #""%B************1111^***/****^**********?;****************=*******?\r""#
        ),
        (";4111=29121010000000123?", #"";****=*****************?""#),
        ("999", #""***""#), ("\u{664}\u{661}", #""**""#), ("no token", #""no token""#),
    ])
    func `of card text the shape is shown`(text: CardText, shape: String) {
        #expect(text.description == shape)
        #expect(String(describing: (1, [text])) == "(1, [\(shape)])")
        #expect(String(describingForTest: text) == shape)
        #expect(String(describingForTest: Optional(text)) == shape)
    }

    @Test func `of bytes their number is shown`() {
        let bytes = CardBytes(Array("4111111111111111".utf8))
        #expect(String(describingForTest: bytes) == "16 bytes")
        #expect(String(describing: ("row", bytes)) == #"("row", 16 bytes)"#)
    }
}
