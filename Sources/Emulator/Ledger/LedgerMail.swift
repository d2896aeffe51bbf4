internal import PayHub

/// A mail that the gateway would send. It is written down with what it tells of and never leaves
/// this machine.
///
/// Source: PayHub API, "Email configuration" and "Risk and fraud settings"; whom a mail goes to and
/// what it says is our reading.
package struct LedgerMail: Equatable, Sendable, Codable {
    /// Its number, from 1.
    package let number: Int
    /// The merchant's number.
    package let organization: Int
    /// When it would leave.
    package let at: Timestamp
    /// The setting that asks for it, by the gateway's name; `riskFraud` of a risk rule.
    package let kind: String
    /// A customer's address; `nil` for the merchant, whose address the gateway alone knows.
    package let to: String?
    /// An address that gets a copy.
    package let copy: String?
    /// What it tells of, in a line.
    package let title: String
    /// `pdf` or `xls` of a report that is attached.
    package let form: String?

    /// The mail as the operator reads it.
    package var json: JSONValue {
        .members([
            "number": .integer(number), "organization": .integer(organization),
            "at": .string(at.withOffset), "kind": .string(kind),
            "to": .string(to ?? "merchant"), "copy": .optional(copy),
            "title": .string(title), "form": .optional(form),
        ])
    }
}

/// What a mail tells of.
internal struct MailMatter {
    let organization: Int
    let at: Timestamp
    let title: String
}

extension Administration {
    /// True when a mail is switched on.
    internal func wants(_ mail: EmailConfiguration.Mail) -> Bool {
        email[mail.rawValue] == .boolean(true)
    }

    /// The form of a report that is mailed.
    internal func form(of report: EmailConfiguration.Mail) -> String {
        let name = report == .recurringReport ? "pdfOrCsvForRB" : "pdfOrCsvForBatch"
        return email[name] == .string("1") ? "xls" : "pdf"
    }

    /// Who gets copies of what risk rules tell.
    internal var copyAddress: String? {
        isOn(.copies) ? risk.value(at: ["email", "email_address"])?.string : nil
    }
}

extension LedgerBook {
    /// Writes down the mails about a transaction. A customer with a mail address gets a receipt of
    /// what is approved; the merchant hears of sales of recurring bills, and of risk rules.
    internal mutating func mail(_ entry: LedgerEntry) {
        let settings = administration(of: entry.organization)
        let matter = MailMatter(
            organization: entry.organization, at: entry.createdAt, title: entry.mailTitle)
        if entry.recurringBillID != nil {
            let mail: EmailConfiguration.Mail =
                entry.answer.isApproval ? .recurringSucceeded : .recurringFailed
            if settings.wants(mail) { write(matter, mail.rawValue) }
        } else if entry.answer.isApproval, entry.kind != .verify, settings.wants(.receipts),
            let address = entry.customer?.email
        {
            write(matter, EmailConfiguration.Mail.receipts.rawValue, to: address)
        }
        if let risk = entry.risk {
            let matter = MailMatter(
                organization: matter.organization, at: matter.at,
                title: "\(matter.title), \(risk.rule)")
            write(matter, "riskFraud", copy: settings.copyAddress)
        }
    }

    /// Writes down the mails about a settled batch: that it is settled, the report on it, and the
    /// report on the sales of recurring bills in it.
    internal mutating func mail(_ batch: LedgerBatch, _ settled: [LedgerEntry]) {
        guard let moment = batch.settledAt else { return }
        let settings = administration(of: batch.organization)
        let matter = MailMatter(
            organization: batch.organization, at: moment,
            title: "batch \(batch.number) of terminal \(batch.terminal), \(settled.count) settled")
        if settings.wants(.batchSettled) {
            write(matter, EmailConfiguration.Mail.batchSettled.rawValue)
        }
        if settings.wants(.batchReport) {
            write(
                matter, EmailConfiguration.Mail.batchReport.rawValue,
                form: settings.form(of: .batchReport))
        }
        if settings.wants(.recurringReport),
            settled.contains(where: { $0.recurringBillID != nil })
        {
            write(
                matter, EmailConfiguration.Mail.recurringReport.rawValue,
                form: settings.form(of: .recurringReport))
        }
    }

    private mutating func write(
        _ matter: MailMatter, _ kind: String, to address: String? = nil, copy: String? = nil,
        form: String? = nil
    ) {
        apply(
            .mail(
                LedgerMail(
                    number: mails.count + 1, organization: matter.organization, at: matter.at,
                    kind: kind, to: address, copy: copy, title: matter.title, form: form)))
    }
}

extension LedgerEntry {
    /// "Sale 1001, 12.75 USD, XXXXXXXXXXXX8888, 00".
    fileprivate var mailTitle: String {
        let number = card?.identity.maskedPAN.obscured.map { ", \($0)" } ?? ""
        return "\(kind.reportName) \(id), \(AmountText.dollars(bill.totalCents)) USD\(number), "
            + answer.responseCode
    }
}
