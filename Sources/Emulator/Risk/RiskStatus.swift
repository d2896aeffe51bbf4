/// What a risk rule did to a transaction.
package struct RiskStatus: Equatable, Sendable, Codable {
    /// The rule, by the gateway's name.
    package let rule: String
    /// 2: processed and held; 3: denied.
    package let option: Int
    /// When it was let go, `nil` while it is held.
    package var releasedAt: Timestamp?

    /// True while it is held.
    package var isHeld: Bool { option == 2 && releasedAt == nil }

    /// The option as a resource says it.
    internal var code: String { String(option) }

    /// True when it was denied.
    package var isDenied: Bool { option == 3 }

    /// What a resource says of it: the document names the members and explains neither.
    internal var text: String {
        isDenied
            ? "Denied by \(rule)"
            : isHeld ? "Held by \(rule)" : "Released, was held by \(rule)"
    }
}
