/// A card number, a track, a security code or a token as a test's argument. What a test prints of
/// it is its shape: the output of a test has no card data, not even a published card's.
public struct CardText: Hashable, Sendable {
    /// The text itself.
    public let clear: String

    /// Keeps the text quiet.
    public init(_ clear: String) { self.clear = clear }
}

extension CardText: ExpressibleByStringInterpolation {
    /// A literal is kept quiet as it stands.
    public init(stringLiteral clear: String) { self.init(clear) }
}

extension CardText: CustomStringConvertible {
    /// The text with a star for each digit and for each character of a name. Of the first number
    /// of 12 to 19 digits the last four stay, as of a ``MaskedPAN``.
    public var description: String {
        // What stands behind a separator is no number.
        let number = clear.prefix { !"=^".contains($0) }.ranges(of: /[0-9]+/)
            .first { (12...19).contains(clear[$0].count) }
        let shown = number.map { clear.index($0.upperBound, offsetBy: -4)..<$0.upperBound }
        var isName = false
        var shape = ""
        for index in clear.indices {
            let character = clear[index]
            if character == "^" { isName.toggle() }
            let isHidden = character.isNumber || isName && character.isLetter
            shape.append(isHidden && shown?.contains(index) != true ? "*" : character)
        }
        // Quoted, so that an Enter does not end the line.
        return shape.debugDescription
    }
}

extension DefaultStringInterpolation {
    /// Text made of a shape would prove nothing, and nothing would say so.
    @available(*, deprecated, message: "say .clear for the text, .description for its shape")
    public mutating func appendInterpolation(_ text: CardText) {
        appendLiteral(text.description)
    }
}
