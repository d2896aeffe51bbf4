internal import FuzzSupport
internal import GatewayLink
internal import PayHub
internal import Values

/// The input as a gateway's answers to one payment: a byte that chooses the operation and how the
/// answers are cut, the POST's answer, 0xFE, the GET's answer. Each is read whole and in pieces,
/// which must agree; then they are judged as the till judges them, and every kind of body is read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let choice = data[0]
    var end = 1
    while end < count, data[end] != 0xFE { end += 1 }
    let post = read(data + 1, end - 1, choice, at: 0)
    if let post { exchange.check(post, at: 0) }
    let rest = max(0, count - end - 1)
    guard rest > 0 else {
        if let post { exchange.judge(post, nil, choice) }
        return 0
    }
    let get = read(data + end + 1, rest, choice, at: 1)
    if let get {
        exchange.check(get, at: 1)
        exchange.readEveryBody(get)
    }
    if let post { exchange.judge(post, get, choice) }
    return 0
}

nonisolated(unsafe) private let exchange = Exchange()

/// Reads an answer at once and in pieces; the one that came at once stays in its buffer.
private func read(
    _ data: UnsafePointer<UInt8>, _ count: Int, _ choice: UInt8, at index: Int
) -> AnswerForm? {
    let ends = choice & 1 == 0
    let pieces = exchange.read(data, count, ends, sizes: Sizes(choice: choice), at: index)
    let whole = exchange.read(data, count, ends, sizes: Sizes(whole: count), at: index)
    switch (whole, pieces) {
    case (.form(let one), .form(let other)):
        guard one.status == other.status, one.location == other.location, one.body == other.body,
            one.isJSON == other.isJSON
        else { Oracle.fail("an answer in pieces reads differently") }
        return one
    case (.more, .more): return nil
    case (.fault(let one), .fault(let other)) where one == other: return nil
    default: Oracle.fail("an answer in pieces ends differently")
    }
}
