internal import Values

/// Why a request cannot be written. Nothing was sent.
public enum RequestFault: Error, Equatable, Sendable {
    /// It does not fit its buffer.
    case tooLarge
    /// No card source at all.
    case noCard
    /// A value of a report's filter has `;` or `!`, which the gateway takes for operators, or a
    /// control character.
    case filterOperator
    /// A filter without any value, or with an empty one: it would ask for everything.
    case filterEmpty
    /// A page below 0, or a size that is not 1 to ``Limits/listSizeMaximum``.
    case badPage
    /// A rule of the document is broken.
    case breach(RuleBreach)
    /// A rule of schedules is broken.
    case schedule(ScheduleFault)
    /// A recurring bill cannot change so.
    case recurringStatus(RecurringStatusFault)
}

extension RequestFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .tooLarge: "the request is too large; shorten the note or the customer's data"
        case .noCard: "the swipe has no card data that the gateway takes"
        case .filterOperator:
            "a filter's value has ; or ! or a control character, which the gateway would not take "
                + "for text; leave it out"
        case .filterEmpty: "a filter needs at least one value, and no empty one"
        case .breach(let breach): breach.description
        case .schedule(let fault): fault.description
        case .recurringStatus(let fault): fault.description
        case .badPage: "a page counts from 0 and has 1 to \(Limits.listSizeMaximum) transactions"
        }
    }
}
