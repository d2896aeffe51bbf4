internal import Advice
internal import Journal
internal import Values

/// What is printed of a payment: one list of lines, of which text, JSON and a printer's bytes are
/// made. Pure.
///
/// It holds what a receipt of a card sale has to hold: shop, date, amount, brand and last four
/// digits, how the card was read, approval code, reference, and a line to sign on.
internal struct Receipt: Equatable, Sendable {
    /// A line.
    enum Line: Equatable, Sendable {
        /// In the middle.
        case centred(String)
        /// Large and in the middle: the amount, the outcome.
        case large(String)
        /// A name on the left, a value on the right.
        case pair(String, String)
        /// A line across.
        case rule
        case blank
    }

    /// How it is to be.
    struct Form: Equatable, Sendable {
        /// Characters of a line.
        var width = 42
        var language = Language.english
        /// Marked as a copy.
        var isCopy = false

        /// The widths that printers have, and some more.
        static let widths = 24...80
    }

    let lines: [Line]
    let form: Form

    /// The receipt of a payment.
    /// - Parameters:
    ///   - attempt: the payment.
    ///   - parent: the payment that it captures, voids or refunds: its card is that one's.
    ///   - shop: its name and lines.
    ///   - date: when, as the shop's clock says.
    ///   - form: how it is to be.
    init(
        of attempt: Attempt, parent: Attempt? = nil, shop: (name: String, lines: [String]),
        date: String, form: Form
    ) {
        let words = ReceiptWords(form.language)
        self.form = form
        var lines: [Line] = []
        if !shop.name.isEmpty { lines.append(.large(shop.name)) }
        lines += shop.lines.map { .centred($0) }
        if form.isCopy { lines += [.blank, .large(words.copy)] }
        lines += [.rule, .pair(words.operation(attempt.operation), date)]
        lines += Self.card(parent ?? attempt, words)
        lines += [.rule]
        if let amount = attempt.amount {
            lines.append(.pair(words.amount, "\(amount.currency) \(amount)"))
        }
        lines += [.large(words.outcome(attempt)), .blank]
        lines += Self.codes(attempt, words)
        if let parent { lines.append(.pair(words.parent, parent.reference.text)) }
        if Self.isSigned(attempt) {
            lines += [
                .blank, .blank, .blank, .rule, .centred(words.signature), .blank,
                .centred(words.agreement),
            ]
        }
        self.lines = lines
    }

    private static func card(_ attempt: Attempt, _ words: ReceiptWords) -> [Line] {
        let facts = attempt.facts
        var lines: [Line] = []
        if facts.maskedPAN != .hidden {
            let name = facts.brand?.rawValue ?? words.card
            lines.append(.pair(name, "**** \(facts.maskedPAN.lastFour ?? "****")"))
        }
        if let entry = facts.entry { lines.append(.pair(words.entry, words.entry(entry))) }
        return lines
    }

    private static func codes(_ attempt: Attempt, _ words: ReceiptWords) -> [Line] {
        let facts = attempt.facts
        let pairs: [(String, String?)] = [
            (words.approval, facts.approvalCode), (words.response, facts.responseCode?.text),
            (words.transaction, facts.transactionID), (words.ticket, attempt.ticket.text),
            (words.reference, attempt.reference.text),
        ]
        return pairs.compactMap { name, value in value.map { .pair(name, $0) } }
    }

    private static func isSigned(_ attempt: Attempt) -> Bool {
        attempt.operation.takesCard && attempt.operation != .verify && attempt.state == .approved
    }

    // MARK: Text

    /// The receipt as lines of text.
    var text: String { lines.flatMap { laid($0) }.map { $0 + "\n" }.joined() }

    /// A line at the form's width; what is too long goes on in the next.
    func laid(_ line: Line) -> [String] {
        switch line {
        case .blank: return [""]
        case .rule: return [String(repeating: "-", count: form.width)]
        case .centred(let text), .large(let text):
            return pieces(text).map { piece in
                String(repeating: " ", count: (form.width - piece.count) / 2) + piece
            }
        case .pair(let name, let value):
            let gap = form.width - name.count - value.count
            guard gap > 0 else { return pieces(name) + pieces(value).map(right) }
            return [name + String(repeating: " ", count: gap) + value]
        }
    }

    private func right(_ text: String) -> String {
        String(repeating: " ", count: form.width - text.count) + text
    }

    private func pieces(_ text: String) -> [String] {
        var rest = Substring(text)
        var pieces: [String] = []
        while rest.count > form.width {
            let head = rest.prefix(form.width)
            let end = head.lastIndex(of: " ") ?? head.endIndex
            pieces.append(String(rest[..<end]))
            rest = rest[end...].drop { $0 == " " }
        }
        return pieces + [String(rest)]
    }

    /// The receipt as it is told to programs.
    var json: JSON {
        let told = lines.map { line -> JSON in
            switch line {
            case .centred(let text): ["kind": "centred", "text": .string(text)]
            case .large(let text): ["kind": "large", "text": .string(text)]
            case .pair(let name, let value):
                ["kind": "pair", "name": .string(name), "value": .string(value)]
            case .rule: ["kind": "rule"]
            case .blank: ["kind": "blank"]
            }
        }
        return [
            "copy": .boolean(form.isCopy), "width": .integer(form.width), "lines": .array(told),
        ]
    }
}

/// The words of a receipt.
internal struct ReceiptWords {
    private let language: Language

    init(_ language: Language) { self.language = language }

    private func word(_ english: String, _ spanish: String) -> String {
        language == .english ? english : spanish
    }

    var copy: String { word("COPY", "COPIA") }
    var amount: String { word("Amount", "Importe") }
    var card: String { word("Card", "Tarjeta") }
    var entry: String { word("Entry", "Lectura") }
    var approval: String { word("Approval code", "Código de aprobación") }
    var response: String { word("Response", "Respuesta") }
    var transaction: String { word("Transaction", "Transacción") }
    var ticket: String { word("Ticket", "Recibo") }
    var reference: String { word("Reference", "Referencia") }
    var parent: String { word("Of payment", "Del pago") }
    var signature: String { word("Signature", "Firma") }
    var agreement: String {
        word(
            "I agree to pay the above amount as my card's agreement says.",
            "Acepto pagar este importe según el contrato de mi tarjeta.")
    }

    func operation(_ operation: JournalOperation) -> String {
        switch operation {
        case .sale: word("SALE", "VENTA")
        case .authOnly: word("AUTHORIZATION", "AUTORIZACIÓN")
        case .verify: word("CARD CHECK", "VERIFICACIÓN")
        case .capture: word("CAPTURE", "CAPTURA")
        case .void: word("VOID", "ANULACIÓN")
        case .refund: word("REFUND", "DEVOLUCIÓN")
        }
    }

    func entry(_ entry: String) -> String {
        switch entry {
        case "plain", "encrypted": word("Swiped", "Banda")
        case "keyed": word("Keyed", "Tecleada")
        default: word("On file", "Guardada")
        }
    }

    func outcome(_ attempt: Attempt) -> String {
        PaymentWords(attempt: attempt, live: LaneView.Live()).word.text(in: language)
    }
}
