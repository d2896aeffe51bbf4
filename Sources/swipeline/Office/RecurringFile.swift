internal import Foundation
internal import PayHub

/// A recurring bill in a file: the document's own request, without its card.
internal struct RecurringFile: Decodable {
    private(set) var bill: BillContent?
    private(set) var customer: CustomerContent?
    private(set) var schedule: BillingSchedule?
    private(set) var metaData: JSONTree?
    private var hasCard = false

    private enum CodingKeys: String, CodingKey {
        case bill, customer, schedule, merchant, metaData
        case card = "card_data"
    }

    /// Nothing from a file.
    init() {}

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        metaData = try members.decodeIfPresent(JSONTree.self, forKey: .metaData)
        hasCard = members.contains(.card)
        bill = try members.decodeIfPresent(BillContent.self, forKey: .bill)
        customer = try members.decodeIfPresent(CustomerContent.self, forKey: .customer)
        schedule = try members.decodeIfPresent(BillingSchedule.self, forKey: .schedule)
    }

    /// Reads a file; nothing without one.
    /// - Throws: ``Failure`` with exit code 2, naming the member at fault.
    init(contentsOf path: String?) throws {
        guard let path else { return }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure("\(path) cannot be read: give a file of UTF-8 text", .usage)
        }
        do {
            let decoded = try RecordDecoder.decode(RecurringFile.self, from: text.utf8Span.span)
            guard !decoded.record.hasCard else {
                throw Failure("\(path): a card never stands in a file; take card_data out", .usage)
            }
            let unknown = decoded.unknownMembers.filter { !$0.hasPrefix("merchant") }
            guard unknown.isEmpty else {
                throw Failure(
                    "\(path): \(unknown.joined(separator: ", ")) cannot be given in a file",
                    .usage)
            }
            self = decoded.record
        } catch let fault as RecordFault { throw Failure("\(path): \(fault)", .usage) }
    }
}
