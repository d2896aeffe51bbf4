/// What a supervisor has changed while the service ran, laid over `swipeline.json`: what is `nil`
/// is as the file says.
public struct ServiceChange: Equatable, Sendable, Codable {
    /// The page's language.
    public var language: String?
    /// What stands on receipts.
    public var shop = Shop()
    /// What a supervisor may give back.
    public var refunds = Refunds()

    /// Nothing changed.
    public init() {}

    /// What of these settings may be changed.
    public init(_ settings: ServiceSettings) {
        language = settings.page.language
        (shop.name, shop.lines) = (settings.shop.name, settings.shop.lines)
        refunds.perRefundCents = settings.refunds.perRefundCents
        refunds.perDayCents = settings.refunds.perDayCents
    }

    /// What stands on receipts.
    public struct Shop: Equatable, Sendable, Codable {
        /// The shop's name.
        public var name: String?
        /// Lines below it.
        public var lines: [String]?

        /// Nothing changed.
        public init() {}
    }

    /// What a supervisor may give back.
    public struct Refunds: Equatable, Sendable, Codable {
        /// At most so much each, in cents.
        public var perRefundCents: Int?
        /// At most so much a day, in cents.
        public var perDayCents: Int?

        /// Nothing changed.
        public init() {}
    }
}

extension ServiceSettings {
    /// These settings with a change laid over them.
    public func changed(by change: ServiceChange) -> ServiceSettings {
        var settings = self
        settings.page.language = change.language ?? page.language
        settings.shop.name = change.shop.name ?? shop.name
        settings.shop.lines = change.shop.lines ?? shop.lines
        settings.refunds.perRefundCents = change.refunds.perRefundCents ?? refunds.perRefundCents
        settings.refunds.perDayCents = change.refunds.perDayCents ?? refunds.perDayCents
        return settings
    }
}
