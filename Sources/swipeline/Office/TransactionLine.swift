internal import PayHub
internal import Values

/// A kind of transaction that can be shown.
internal protocol ShownContent: TransactionContent {
    /// What became of it, where its kind has an issuer's answer.
    var shownAnswer: TransactionAnswer? { get }
    /// Where its batch stands.
    var shownSettlement: String? { get }
    /// The transaction that it follows, and its batch where the answer has none.
    var shownTarget: (id: TransactionID?, batch: String?) { get }
    /// Its own id, where the resource has one beside its links.
    var shownID: TransactionID? { get }
}

extension ShownContent {
    internal var shownSettlement: String? { nil }
    internal var shownTarget: (id: TransactionID?, batch: String?) { (nil, nil) }
}

extension Sale: ShownContent {
    internal var shownAnswer: TransactionAnswer? { answer }
    internal var shownSettlement: String? { settlementStatus }
    internal var shownID: TransactionID? { answer.saleID }
}

extension Verification: ShownContent {
    internal var shownAnswer: TransactionAnswer? { answer }
    internal var shownID: TransactionID? { id ?? answer.verifyID }
}

extension Authorization: ShownContent {
    internal var shownAnswer: TransactionAnswer? { answer }
    internal var shownSettlement: String? { settlementStatus }
    internal var shownID: TransactionID? { answer.transactionID }
}

extension Capture: ShownContent {
    internal var shownAnswer: TransactionAnswer? { nil }
    internal var shownTarget: (id: TransactionID?, batch: String?) {
        (answer.transactionID ?? transactionID, answer.batchID)
    }
    internal var shownID: TransactionID? { id }
}

extension VoidedTransaction: ShownContent {
    internal var shownAnswer: TransactionAnswer? { nil }
    internal var shownTarget: (id: TransactionID?, batch: String?) {
        (answer.saleTransactionID ?? transactionID, nil)
    }
    internal var shownID: TransactionID? { answer.voidTransactionID }
}

extension Refund: ShownContent {
    internal var shownAnswer: TransactionAnswer? { answer }
    internal var shownSettlement: String? { settlementStatus }
    internal var shownTarget: (id: TransactionID?, batch: String?) { (transactionID, nil) }
    internal var shownID: TransactionID? { nil }
}

/// A transaction for people and for programs.
internal struct TransactionLine: TableLine {
    let kind: String
    let id: String?
    let target: String?
    let dateTime: String?
    let responseCode: String?
    let approved: Bool?
    let responseText: String?
    let approvalCode: String?
    let addressResult: String?
    let cvvResult: String?
    let riskStatus: String?
    let settlementStatus: String?
    let batch: String?
    let lastFour: String?
    let cardType: String?
    let customerNumber: Int?
    let metaData: PlainJSON?
    var merchant: MerchantLine?
    var customer: CustomerLine?
    var bill: BillLine?
    var card: CardLine?

    init<Content: ShownContent>(_ transaction: GatewayTransaction<Content>) {
        let content = transaction.content
        let answer = content.shownAnswer
        kind = "\(Content.kind)"
        id = (transaction.envelope.id ?? content.shownID)?.text
        target = content.shownTarget.id?.text
        dateTime = answer?.dateTime ?? transaction.envelope.createdAt
        responseCode = answer?.responseCode.text
        approved = answer?.responseCode.isApproval
        responseText = answer?.responseText?.shown
        approvalCode = answer?.approvalCode?.shown
        addressResult = answer?.avsResultCode?.nonEmpty
        cvvResult = answer?.verificationResultCode?.nonEmpty
        riskStatus = answer?.riskStatusText?.shown
        settlementStatus = content.shownSettlement
        batch = answer?.batchID ?? content.shownTarget.batch
        lastFour = answer?.lastFour?.text
        cardType = (answer?.cardType ?? answer?.billingReferences?.cardType)?.nonEmpty
        customerNumber = answer?.customerReference?.customerID.flatMap { $0 == 0 ? nil : $0 }
        metaData = transaction.envelope.metaData.flatMap(PlainJSON.init)
    }

    static let columns: [TextTable.Column] = [
        .right("id"), .init(name: "kind"), .init(name: "date"), .init(name: "code"),
        .init(name: "settlement"), .right("batch"), .init(name: "card"), .right("customer"),
        .right("of"),
    ]

    var cells: [String?] {
        [
            id, kind, dateTime, responseCode, settlementStatus, batch,
            lastFour.map { "\(cardType.map { "\($0) " } ?? "")*\($0)" },
            customerNumber.map(String.init), target,
        ]
    }
}

extension ShownText {
    /// The text without blanks around it; `nil` when nothing is left.
    internal var shown: String? {
        let words = text.split(separator: " ")
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

extension String {
    internal var nonEmpty: String? { isEmpty ? nil : self }
}
