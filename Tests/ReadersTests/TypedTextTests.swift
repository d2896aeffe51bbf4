import Quiet
import Readers
import Seeded
import Testing
import Values

@Suite struct TypedTextTests {
    /// The characters that a layout gives for the keys of a US text. Written down once more, key
    /// by key, so that it is no copy of what it tests.
    static let layouts: [(KeyboardLayout, [Character: String])] = [
        (.german, ["^": "&", ";": "ö", "=": "´", "?": "_", "/": "-"]),
        (.turkish, ["^": "&", ";": "ş", "=": "-", "?": ":", "/": ".", ".": "ç"]),
        (
            .french,
            [
                "%": "5", "^": "6", ";": "m", "?": "§", "/": "!", ".": ":", "0": "à", "1": "&",
                "2": "é", "3": "\"", "4": "'", "5": "(", "6": "-", "7": "è", "8": "_", "9": "ç",
            ]
        ),
        (
            .belgian,
            [
                "%": "5", "^": "6", ";": "m", "=": "-", "?": "+", "/": "=", "0": "à", "1": "&",
                "2": "é", "3": "\"", "4": "'", "5": "(", "6": "§", "7": "è", "8": "!", "9": "ç",
            ]
        ),
        (.spanish, ["^": "&", ";": "ñ", "=": "¡", "?": "_", "/": "-"]),
        (.latinAmerican, ["^": "&", ";": "ñ", "=": "¿", "?": "_", "/": "-"]),
        (.italian, ["^": "&", ";": "ò", "=": "ì", "?": "_", "/": "-"]),
        (.portuguese, ["^": "&", ";": "ç", "=": "«", "?": "_", "/": "-"]),
        (.brazilian, ["^": "¨", ";": "ç", "?": ":", "/": ";"]),
        (.danish, ["^": "&", ";": "æ", "=": "´", "?": "_", "/": "-"]),
        (.norwegian, ["^": "&", ";": "ø", "=": "\\", "?": "_", "/": "-"]),
        (.russian, ["^": ":", ";": "ж", "?": ",", "/": ".", "B": "И"]),
        (.dvorak, ["=": "]", ";": "s", "?": "Z", "/": "z", "B": "X", "S": "O", "E": ">"]),
    ]

    static let track1 = "%B4111111111111111^PUBLISHED/TEST^30121010000000001?"
    static let track2 = ";4111111111111111=30121010000000001?"

    static func typed(_ text: String, _ map: [Character: String]) -> String {
        text.map { map[$0] ?? String($0) }.joined()
    }

    static func layout(of text: String) -> KeyboardLayout? {
        TypedText.layout(of: Array(text.utf8).span)
    }

    @Test(arguments: layouts)
    func `a swipe through another layout is named and not read`(
        _ layout: KeyboardLayout, _ map: [Character: String]
    ) throws {
        let both = Self.typed(Self.track1 + Self.track2, map)
        #expect(Self.layout(of: both) != nil)
        for text in [Self.typed(Self.track2, map), both] {
            #expect(try Decoded(Array(text.utf8), .keyboard).content == .bad(.garbledByLayout))
        }
        // Some layouts agree on track 1; track 2 tells nearly all of them.
        let found = Self.layout(of: Self.typed(Self.track2, map))
        #expect(found == layout)
    }

    /// Row `turkish-layout-1`, with a published number in the place of the masked digits.
    @Test(arguments: [
        "%B4111111111111111&BONBONI.JOHNNYçMR           &30121010000  199      :",
        """
        %B5217XXXXXXXXX&BONBONI.JOHNNYçMR           &XXXXXXXXXXXXXXXXXXXX  199      :\
        şXXXXXXXXXXXXXXXX-XXXXXXXXXXXXXXXX19901:
        """,
        "ş4111111111111111-30121010000000001:",
    ])
    func `a Turkish keyboard's swipe is named`(_ text: CardText) throws {
        #expect(Self.layout(of: text.clear) != nil)
        #expect(try Decoded(Array(text.clear.utf8), .keyboard).content == .bad(.garbledByLayout))
    }

    @Test func `a SecureKey message through the British layout is named`() throws {
        let message = SecureKeyMessageTests.message().replacing("\"", with: "@")
        #expect(Self.layout(of: message) == .unitedKingdom)
        #expect(try Decoded(Array(message.utf8), .keyboard).content == .bad(.garbledByLayout))
    }

    @Test(arguments: [
        "\(track1)", "\(track2)", "\(track1)\(track2)", "%E?;E?", "", "%", "ş", "şşşşş",
        "hello & goodbye",
        "ö4111=", "m''''''", ";4111111111111111=", "%B4111111111111111^", "5B4111111111111111",
        "ş4111111111111111", "s41111111111]3012",
    ])
    func `the US layout's text and what is no swipe are not named`(_ text: CardText) {
        #expect(Self.layout(of: text.clear) == nil)
    }

    @Test func `bytes that are no UTF-8 are not named and do not trap`() {
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            #expect(TypedText.layout(of: text.span) == nil)
        }
    }
}
