internal import FuzzSupport
internal import GatewayLink
internal import PayHub
internal import Values

/// The input as the gateway's answer: read whole and in two pieces, which must agree, and then
/// judged and read as every kind of body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let split = Int(data[0])
    let input = Array(UnsafeBufferPointer(start: data + 1, count: count - 1))
    let (whole, body) = read(input, inPiecesOf: input.count)
    let (pieces, _) = read(input, inPiecesOf: max(1, split))
    if whole?.status != pieces?.status || whole?.body != pieces?.body
        || whole?.location != pieces?.location
    {
        Oracle.fail("an answer in pieces reads differently")
    }
    guard let whole else { return 0 }
    Oracle.inside(whole.body, body.count)
    Oracle.inside(whole.location, body.count)
    var reader = BodyReader()
    let text = body.span.extracting(whole.body.range)
    _ = reader.judge(status: whole.status, location: nil, body: text)
    _ = reader.transaction(text, of: .sale)
    _ = reader.bill(text)
    _ = reader.customer(text)
    _ = reader.errors(text)
    readAsInquiry(text, &reader)
    return 0
}

/// Reports, lists and follow-ups; of a report no row yields more of a card than four digits.
private func readAsInquiry(_ text: Span<UInt8>, _ reader: inout BodyReader) {
    do {
        for row in try reader.report(text) where (row.lastFour?.text.utf8.count ?? 4) != 4 {
            Oracle.fail("a row shows more of a card than four digits")
        }
    } catch {}
    for kind in ResourceKind.allCases {
        _ = reader.list(text, of: kind, asked: ListPage())
        if let id = TransactionID("7") { _ = reader.followUp(text, of: kind, id: id) }
    }
}

private func read(_ input: [UInt8], inPiecesOf size: Int) -> (AnswerForm?, [UInt8]) {
    var reader = AnswerReader(room: Limits.answerBytesMaximum)
    var buffer: [UInt8] = []
    var position = 0
    while position < input.count {
        let next = min(size, input.count - position)
        buffer.append(contentsOf: input[position..<position + next])
        position += next
        if buffer.count > Limits.answerBytesMaximum { return (nil, buffer) }
        do {
            var span = buffer.mutableSpan
            if let form = try reader.advance(&span) { return (form, buffer) }
        } catch { return (nil, buffer) }
    }
    return (reader.end(), buffer)
}
