internal import GatewayLink
internal import PayHub
internal import Values

/// The gateway's lists, page by page. An entry has no note: what the journal does not know is read
/// one by one, its bill first.
extension LaneCalls {
    private static let pageSize = 100
    private static let pagesMaximum = 20
    private static let readsMaximum = 50

    /// - Returns: `nil` when a list could not be read.
    mutating func list(_ question: ListQuestion) -> ListFinding? {
        var finding = ListFinding()
        var readsLeft = Self.readsMaximum
        for kind in ListQuestion.Kind.allCases where question.kinds.contains(kind) {
            guard list(kind, question, &finding, &readsLeft) else { return nil }
        }
        return finding
    }

    private mutating func list(
        _ kind: ListQuestion.Kind, _ question: ListQuestion, _ finding: inout ListFinding,
        _ readsLeft: inout Int
    ) -> Bool {
        for number in 0..<Self.pagesMaximum {
            let page = ListPage(number: number, size: Self.pageSize)
            let list: ResourceList
            do throws(InquiryFault) {
                list = try caller.list(ResourceKind(PaymentOperation(kind)), page)
            } catch { return false }
            let ids = list.items.map(\.id.text)
            finding.seen.formUnion(ids.filter(question.known.contains))
            for item in list.items where !question.known.contains(item.id.text) {
                guard readsLeft > 0 else {
                    finding.isWhole = false
                    return true
                }
                guard !Doubt.isLower(item.id.text, question.oldest) else { continue }
                readsLeft -= 1
                finding.others += unknown(item, kind, question)
            }
            // The order that was asked for may not be heeded.
            let isPast = ids.allSatisfy { Doubt.isLower($0, question.oldest) }
            if list.nextPage == nil || isPast { return true }
        }
        finding.isWhole = false
        return true
    }

    /// What nobody here knows of, if it bears a reference of ours. A refund has no bill to read.
    private mutating func unknown(
        _ item: ListedTransaction, _ kind: ListQuestion.Kind, _ question: ListQuestion
    ) -> [Sighting] {
        let operation = PaymentOperation(kind)
        let resource = ResourceKind(operation)
        do throws(InquiryFault) {
            var note = item.bill?.note
            if note == nil, resource.hasBill { note = try caller.bill(item.id, of: resource).note }
            guard let note, let reference = PaymentReference(note),
                reference.isOf(lane: lane, journal: journal)
            else { return [] }
            var rows = [Sighting(try caller.transaction(item.id, operation), item.id)]
            if let own = question.own[note].flatMap(TransactionID.init) {
                rows.append(Sighting(try caller.transaction(own, operation), own))
            }
            return rows
        } catch { return [] }
    }
}

extension PaymentOperation {
    fileprivate init(_ kind: ListQuestion.Kind) {
        switch kind {
        case .sale: self = .sale
        case .authOnly: self = .authOnly
        case .refund: self = .refund
        }
    }
}

extension Sighting {
    /// A transaction as its own resource and bill show it.
    init(_ found: FoundTransaction, _ id: TransactionID) {
        self.init(id.text)
        note = found.note
        cents = found.amountCents
        responseCode = found.resource.responseCode.text
        if found.resource.operation == .refund { kind = .refund }
        switch found.outcome {
        case .approved: isApproved = true
        case .declined: isApproved = false
        default: isApproved = nil
        }
    }
}
