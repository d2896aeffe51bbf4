internal import Foundation
internal import FuzzSupport
internal import GatewayLink
internal import PayHub
internal import Values

/// Two answers in memory that is taken once, and what the till makes of them.
final class Exchange {
    enum Reading {
        case form(AnswerForm)
        case fault(HTTPFault)
        case more
    }

    private static let room = Limits.answerBytesMaximum
    private let buffers = [
        UnsafeMutablePointer<UInt8>.allocate(capacity: room),
        UnsafeMutablePointer<UInt8>.allocate(capacity: room),
    ]
    private var counts = [0, 0]
    private var reader = BodyReader()
    private let endpoint: GatewayEndpoint
    private var approvals = 0

    init() {
        do { endpoint = try GatewayEndpoint(url: "https://localhost:8443") } catch {
            Oracle.fail("the gateway's name is none")
        }
    }

    /// Reads an answer into buffer `index`, cut as `sizes` says.
    func read(
        _ data: UnsafePointer<UInt8>, _ count: Int, _ ends: Bool, sizes: consuming Sizes,
        at index: Int
    ) -> Reading {
        var reader = AnswerReader(room: Self.room)
        let buffer = buffers[index]
        var position = 0
        while position < min(count, Self.room) {
            let next = sizes.next(of: min(count, Self.room) - position)
            for offset in position..<position + next { buffer[offset] = data[offset] }
            position += next
            counts[index] = position
            var span = MutableSpan(_unsafeStart: buffer, count: position)
            do throws(HTTPFault) {
                if let form = try reader.advance(&span) { return .form(form) }
            } catch { return .fault(error) }
        }
        if ends, let form = reader.end() { return .form(form) }
        return .more
    }

    /// What holds of every answer that is read.
    func check(_ form: AnswerForm, at index: Int) {
        Oracle.inside(form.body, counts[index])
        Oracle.inside(form.location, counts[index])
        guard (200...599).contains(form.status) else { Oracle.fail("a status that is none") }
        guard let location = form.location else { return }
        for offset in location.range where buffers[index][offset] < 0x20 {
            if buffers[index][offset] != 0x09 { Oracle.fail("a control in Location") }
        }
    }

    /// Reads a body as everything that the gateway answers with.
    func readEveryBody(_ form: AnswerForm) {
        let body = bytes(form.body, at: 1).span
        _ = reader.bill(body)
        _ = reader.merchant(body)
        _ = try? RecordDecoder.decode(GatewayTransaction<Verification>.self, from: body)
        _ = try? RecordDecoder.page(of: GatewayTransaction<Sale>.self, from: body)
        _ = try? JSONTree(parsing: body)
        readAsInquiry(body)
        for code in reader.errorCodes(body) where code.text.utf8.count > 8 {
            Oracle.fail("an error code of nine characters")
        }
    }

    /// Reports, lists and follow-ups; of a report no row yields more of a card than four digits.
    private func readAsInquiry(_ body: Span<UInt8>) {
        do {
            for row in try reader.report(body) where (row.lastFour?.text.utf8.count ?? 4) != 4 {
                Oracle.fail("a row shows more of a card than four digits")
            }
        } catch {}
        for kind in ResourceKind.allCases {
            _ = reader.list(body, of: kind, asked: ListPage())
            if let id = TransactionID("7") { _ = reader.followUp(body, of: kind, id: id) }
        }
    }

    /// Judges a payment as HotPath does, and checks whatever is told as final.
    func judge(_ post: AnswerForm, _ get: AnswerForm?, _ choice: UInt8) {
        let operation: PaymentOperation = choice & 8 == 0 ? .sale : .authOnly
        let location = post.location.map {
            Location(bytes($0, at: 0).span, ResourceKind(operation), at: endpoint)
        }
        let judged = reader.judge(
            status: post.status, location: location, body: bytes(post.body, at: 0).span)
        switch judged {
        case .ended(let outcome): check(outcome, of: post)
        case .accepted(let id), .acceptedElsewhere(let id):
            guard post.status == 201 else { Oracle.fail("accepted without a 201") }
            guard let get, get.status == 200 else { return }
            guard
                let resource = reader.resource(
                    bytes(get.body, at: 1).span, of: operation, id: id),
                resource.responseCode.isApproval
            else { return }
            checkApproval(Data(buffer: bytes(get.body, at: 1)), of: operation, id, resource)
        }
    }

    /// The POST's answer alone approves nothing, and says no only with a status that refuses.
    private func check(_ outcome: Outcome, of post: AnswerForm) {
        switch outcome {
        case .inDoubt(let doubt):
            if doubt.transactionID != nil { Oracle.fail("a doubt with an id of nowhere") }
        case .declined:
            if post.status != 400 { Oracle.fail("declined without a 400") }
        case .rejected:
            if ![400, 401, 403].contains(post.status) { Oracle.fail("rejected without a refusal") }
        default: Oracle.fail("an outcome that no answer has")
        }
    }

    /// Another reader of JSON must see the approval too, under the id that was asked for.
    private func checkApproval(
        _ body: Data, of operation: PaymentOperation, _ id: TransactionID,
        _ resource: PaymentResource
    ) {
        approvals += 1
        // Foundation's reader takes most of the time: one approval in 16 is shown to it.
        guard approvals % 16 == 1 else { return }
        let isSale = operation == .sale
        guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
            let response = object[isSale ? "saleResponse" : "authOnlyResponse"] as? [String: Any],
            let code = response["responseCode"] as? String,
            ["00", "08", "11", "85"].contains(code), code == resource.responseCode.text
        else { Oracle.fail("approved, and another reader does not see it") }
        let name = response[isSale ? "saleId" : "transactionId"]
        if let text = name as? String, text != id.text { Oracle.fail("another's approval") }
    }

    private func bytes(_ range: ByteRange, at index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: buffers[index] + range.start, count: range.count)
    }
}
