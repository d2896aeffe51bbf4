internal import Readers
internal import Secrets
internal import Tracks
internal import Values

/// What may be shown of a swipe that nobody sells with.
internal struct SwipeLine: Encodable {
    let swipe: Int
    let brand: String
    let model: String
    let mode: String
    /// `plain`, `encrypted` or `badRead`.
    let entry: String
    var maskedPAN: String?
    var cardBrand: String?
    var tracks: [Int]?
    var reason: String?

    init(_ swipe: borrowing Swipe, number: Int) {
        self.swipe = number
        brand = swipe.reader.brand
        model = swipe.reader.model
        mode = swipe.reader.mode.rawValue
        switch swipe.content {
        case .plain(let card):
            entry = "plain"
            let shown = swipe.bytes.withBytes { bytes in
                card.pan.map { pan in
                    let digits = bytes.extracting(pan.range)
                    return (MaskedPAN(masking: digits), CardBrand(pan: digits))
                }
            }
            maskedPAN = shown?.0.description
            cardBrand = shown?.1?.rawValue
            tracks = [
                card.track1.layout == nil ? nil : 1, card.track2.layout == nil ? nil : 2,
                card.track3.layout == nil ? nil : 3,
            ].compactMap { $0 }
        case .encrypted(let block):
            entry = "encrypted"
            maskedPAN = block.maskedPAN.description
            cardBrand = block.brand?.rawValue
        case .bad(let bad):
            entry = "badRead"
            reason = OutcomeWords(.badRead(bad)).reason
        }
    }

    /// The line for people.
    var text: String {
        let reader = "\(swipe): \(brand) \(model) \(mode), \(entry)"
        if let reason { return "\(reader): \(reason); swipe again" }
        let numbers = tracks.map { $0.map(String.init).joined(separator: " and ") }
        let which = numbers.map { ", tracks \($0)" } ?? ""
        return "\(reader)\(which), \(cardBrand ?? "card") \(maskedPAN ?? "")"
    }
}
