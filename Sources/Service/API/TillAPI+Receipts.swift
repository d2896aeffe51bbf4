internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import NIOCore
internal import Settings

/// Receipts of payments that are at their end.
extension TillAPI {
    func addReceipts(to router: Router<APIContext>) {
        router.get("/v1/payments/{reference}/receipt") { request, context in
            try receipt(request, context)
        }
    }

    private func receipt(_ request: Request, _ context: APIContext) throws -> Response {
        let query = Query(request)
        try query.allow(["format", "copy", "width", "language"])
        let attempt = try attempt(context.parameters.get("reference"))
        guard attempt.state.isEnd else {
            throw Problem(
                .conflict, .notPossible, "the payment is not at its end",
                remedy: "wait for its end")
        }
        var form = Receipt.Form()
        form.language = context.language
        form.width = try query.integer("width", Receipt.Form.widths) ?? form.width
        switch try query.text("copy") ?? "false" {
        case "true": form.isCopy = true
        case "false": break
        default: throw Query.wrong("copy", "must be true or false")
        }
        let shop = desk.settings.shop
        let receipt = Receipt(
            of: attempt, parent: try parent(of: attempt), shop: (shop.name, shop.lines),
            date: Self.date(attempt.stateAt), form: form)
        return try answer(receipt, as: query.text("format") ?? "text")
    }

    private func parent(of attempt: Attempt) throws -> Attempt? {
        guard let number = attempt.parent else { return nil }
        do throws(JournalFault) { return try journal.attempt(number) } catch {
            throw Problem(error)
        }
    }

    private func answer(_ receipt: Receipt, as format: String) throws -> Response {
        let (type, bytes): (String, ByteBuffer)
        switch format {
        case "text": (type, bytes) = ("text/plain; charset=utf-8", ByteBuffer(string: receipt.text))
        case "escpos":
            (type, bytes) = ("application/octet-stream", ByteBuffer(bytes: receipt.printed))
        case "json": return Response(receipt.json)
        default: throw Query.wrong("format", "must be text, escpos or json")
        }
        return Response(
            status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: bytes))
    }

    /// A time as the shop's clock shows it.
    private static func date(_ time: WallTime) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return format.string(from: Date(timeIntervalSince1970: Double(time.milliseconds) / 1000))
    }
}
