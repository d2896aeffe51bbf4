internal import Foundation
internal import PayHub
internal import Secrets

/// The merchant of a transaction.
internal struct MerchantLine: Encodable {
    let organization: Int
    let terminal: Int

    init(_ resource: MerchantResource) {
        organization = resource.organizationID
        terminal = resource.terminalID
    }
}

/// A customer.
internal struct CustomerLine: TableLine {
    let number: Int?
    let firstName: String?
    let lastName: String?
    let company: String?
    let jobTitle: String?
    let email: String?
    let web: String?
    let phone: String?
    let phoneExtension: String?
    let phoneType: String?
    let metaData: PlainJSON?

    init(_ resource: CustomerResource) {
        number = resource.content.number
        firstName = resource.firstName
        lastName = resource.lastName
        company = resource.companyName
        jobTitle = resource.jobTitle
        email = resource.emailAddress ?? resource.customerReference?.email
        web = resource.webAddress
        phone = resource.phoneNumber
        phoneExtension = resource.phoneExtension
        phoneType = resource.phoneType
        metaData = resource.envelope.metaData.flatMap(PlainJSON.init)
    }

    /// First and last name.
    var name: String? {
        [firstName, lastName].compactMap(\.self).joined(separator: " ").nonEmpty
    }

    static let columns: [TextTable.Column] = [
        .right("number"), .init(name: "name"), .init(name: "company"), .init(name: "mail"),
        .init(name: "phone"),
    ]

    var cells: [String?] { [number.map(String.init), name, company, email, phone] }
}

/// A bill.
internal struct BillLine: Encodable {
    let base: String?
    let shipping: String?
    let tax: String?
    let total: String?
    let currency: String?
    let note: String?
    let invoiceNumber: String?
    let purchaseOrderNumber: String?
    let metaData: PlainJSON?

    init(_ resource: BillResource) {
        base = resource.base?.amount.dollars
        shipping = resource.shipping?.amount.dollars
        tax = resource.tax?.amount.dollars
        total =
            (resource.content.totalCents.flatMap { Cents($0) } ?? resource.total?.amount)?.dollars
        currency = resource.base.map { $0.currency ?? "USD" }
        note = resource.note?.shown
        invoiceNumber = resource.invoiceNumber
        purchaseOrderNumber = resource.purchaseOrderNumber
        metaData = resource.envelope.metaData.flatMap(PlainJSON.init)
    }
}

/// A card, without what must not be shown.
internal struct CardLine: Encodable {
    let lastFour: String?
    let type: String?
    let hasToken: Bool
    let address: [String]?
    let zip: String?
    let metaData: PlainJSON?

    init(_ resource: CardResource) {
        lastFour = resource.cardObscured?.lastFour?.text
        type = resource.cardType?.nonEmpty
        hasToken = [resource.content.token, resource.content.id].contains { ($0?.count ?? 0) > 0 }
        let lines = [
            resource.billingAddress1, resource.billingAddress2, resource.billingCity,
            resource.billingState,
        ].compactMap { $0?.nonEmpty }
        address = lines.isEmpty ? nil : lines
        zip = resource.billingZIP?.nonEmpty
        metaData = resource.envelope.metaData.flatMap(PlainJSON.init)
    }
}

/// What a program keeps with a resource, as it is.
internal struct PlainJSON: Encodable {
    let tree: JSONTree

    /// `nil` for null.
    init?(_ tree: JSONTree) {
        guard tree != .null else { return nil }
        self.tree = tree
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch tree {
        case .null: try value.encodeNil()
        case .boolean(let truth): try value.encode(truth)
        case .number(let number):
            // A number that Foundation cannot hold goes out as its text.
            if let decimal = Decimal(string: number.text, locale: nil) {
                try value.encode(decimal)
            } else {
                try value.encode(number.text)
            }
        case .text(let text): try value.encode(text)
        case .array(let elements): try value.encode(elements.map(PlainJSON.init))
        case .object(let members): try value.encode(members.mapValues(PlainJSON.init))
        }
    }
}
