import Testing
import Values

/// What may be shown of a card number.
@Suite struct MaskedPANTextTests {
    private static func masked(_ length: Int, _ tail: String) -> MaskedPAN {
        let bytes = Array(tail.utf8)
        return MaskedPAN(length: length, lastFour: (bytes[0], bytes[1], bytes[2], bytes[3]))
    }

    @Test(arguments: [
        (12, "1111", "********1111"), (16, "0005", "************0005"),
        (19, "0000", "***************0000"),
    ])
    func `shows as many asterisks as digits are hidden`(length: Int, tail: String, text: String) {
        let pan = Self.masked(length, tail)
        #expect(pan.description == text)
        #expect(pan.description.utf8.count == length)
        #expect(pan.lastFour == tail)
        #expect(pan.length == length)
    }

    @Test(arguments: [
        (11, "1111"), (20, "1111"), (0, "1111"), (-1, "1111"), (16, "111A"), (16, "/111"),
        (16, ":111"), (16, "***1"),
    ])
    func `hides what is no card number`(length: Int, tail: String) {
        let pan = Self.masked(length, tail)
        #expect(pan == .hidden)
        #expect(pan.description == "****")
        #expect(pan.lastFour == nil)
    }
}
