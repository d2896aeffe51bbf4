import Coverage
import PayHub
import Testing
import Values

/// Lists, in the forms that a gateway may give them.
@Suite struct ListTests {
    private func read(
        _ body: String, _ kind: ResourceKind = .sale, _ page: ListPage = ListPage(size: 2)
    ) -> ResourceList? {
        var reader = BodyReader()
        return reader.list(Array(body.utf8).span, of: kind, asked: page)
    }

    static let one =
        #"{"saleResponse":{"saleId":"1","responseCode":"00"},"bill":{"note":"SW"}}"#
    static let two = #"{"_links":{"self":{"href":"https://x/api/v2/sale/2"}},"id":"9"}"#

    @Test(
        .covers("PH-I-048", "PH-U-022"),
        arguments: [
            "[\(one),\(two)]", #"{"_embedded":{"sales":[\#(one),\#(two)]}}"#,
            #"{"_embedded":{"anything":[\#(one),\#(two)]},"page":{"totalElements":9}}"#,
            #"{"content":[\#(one),\#(two)]}"#,
        ])
    func `every form gives ids, notes and codes`(body: String) throws {
        let list = try #require(read(body))
        #expect(list.items.map(\.id.text) == ["1", "2"])
        #expect(list.items.first?.bill?.note == "SW")
        #expect(list.items.first?.responseCode == ResponseCode("00"))
        #expect(list.items.last?.bill == nil)
        // A page as full as was asked may have another behind it.
        #expect(list.nextPage == 1)
    }

    @Test(
        .covers("PH-R-017", "PH-R-031"),
        arguments: [
            (#""page":{"number":0,"totalPages":2}"#, 1),
            (#""page":{"number":"1","totalPages":"2"}"#, nil),
            (#""links":[{"rel":"self"},{"rel":"next","href":"x"}]"#, 1),
            (#""links":[{"rel":"self","href":"x"}]"#, nil),
            (#""_links":{"next":{"href":"x"}}"#, 1), (#""_links":{"self":{"href":"x"}}"#, nil),
            (#""last":true"#, nil), (#""last":false"#, 1), (#""x":1"#, nil),
        ] as [(String, Int?)])
    func `a page says whether another follows`(members: String, next: Int?) throws {
        let list = try #require(read(#"{"_embedded":{"sales":[\#(Self.one)]},\#(members)}"#))
        #expect(list.nextPage == next)
    }

    @Test(arguments: ["[]", #"{"page":{"number":0,"totalPages":0}}"#, #"{"content":[]}"#])
    func `an empty page is empty, and the last`(body: String) throws {
        let list = try #require(read(body))
        #expect(list.items.isEmpty)
        #expect(list.nextPage == nil)
    }

    @Test(arguments: [
        "", "{}", "null", #"{"_links":{}}"#, #"{"_embedded":{}}"#, #"{"_embedded":[]}"#,
        #"{"_embedded":{"a":[],"b":[]}}"#, #"{"content":{}}"#, "[1]", "[{}]",
        #"[{"id":"1"},{"id":"a b"}]"#, #"[{"id":"1"},{"id":null}]"#, "[[]]",
    ])
    func `what is no list, or has an element without an id, is not read`(body: String) {
        #expect(read(body) == nil)
    }

    @Test func `a capture is listed by its own id`() throws {
        let body = #"[{"id":"777","lastCaptureResponse":{"transactionId":"114"}}]"#
        #expect(read(body, .capture)?.items.map(\.id.text) == ["777"])
        let without = #"[{"lastCaptureResponse":{"transactionId":"114"}}]"#
        #expect(read(without, .capture) == nil)
    }

    @Test func `a full page of whole resources is read`() throws {
        let members = (0..<80).map { #""member\#($0)":"value""# }.joined(separator: ",")
        let items = (1...100).map { #"{"id":\#($0),\#(members)}"# }.joined(separator: ",")
        let list = read(#"{"_embedded":{"sales":[\#(items)]}}"#, .sale, ListPage(size: 100))
        #expect(list?.items.count == 100)
    }

    @Test func `an object with more members than the limit is refused in a list too`() {
        let members = (0..<Limits.jsonMembersMaximum).map { #""member\#($0)":1"# }
        #expect(read(#"[{"id":1,\#(members.joined(separator: ","))}]"#) == nil)
    }
}
