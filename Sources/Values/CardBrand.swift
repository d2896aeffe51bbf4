/// The card brands that the gateway's report names, and the one it does not know.
public enum CardBrand: String, Equatable, Sendable, CaseIterable {
    case visa = "Visa"
    case masterCard = "MasterCard"
    case americanExpress = "Amex"
    case discover = "Discover"
    case diners = "Diners"
    case jcb = "JCB"
    case unionPay = "UnionPay"
}
