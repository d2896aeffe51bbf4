/// A rule of the gateway's document that a request of ours breaks. It is found before anything is
/// sent.
public struct RuleBreach: Error, Equatable, Sendable {
    /// The member that breaks it, spelled as in the document, with the objects that it is in:
    /// `customer.email_address`.
    public let member: String
    /// The rule.
    public let rule: RequestRule

    /// A breach.
    public init(_ member: String, _ rule: RequestRule) {
        self.member = member
        self.rule = rule
    }
}

/// A rule as a sentence without its subject, such as "must have 5 digits": fixed text, so that no
/// value can get into a message.
public struct RequestRule: Equatable, Hashable, Sendable {
    /// The sentence; it is the remedy too.
    public let text: String

    /// A rule.
    public init(_ text: StaticString) { self.text = "\(text)" }
}

extension RuleBreach: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String { "\(member) \(rule.text); nothing was sent" }
}

/// The body of a request that carries no card data.
public protocol GatewayRequest: Encodable, Sendable {
    /// Checks every rule of the document that can be checked without the gateway.
    /// - Throws: ``RuleBreach``, the first one.
    func check() throws(RuleBreach)
}

extension GatewayRequest {
    /// No rule beyond what the types say.
    public func check() throws(RuleBreach) {}
}
