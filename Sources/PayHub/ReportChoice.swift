internal import Secrets
internal import Values

/// Which values of a filter's field are wanted: some, or all but some. Where the gateway knows both
/// at once, its document gives two readings, and neither says more than one of these alone.
///
/// Source: PayHub API, "Transaction report", `;` and `!`.
public struct ReportChoice<Value: Equatable & Sendable>: Equatable, Sendable {
    /// The values.
    public let values: [Value]
    /// True when they are the ones that are not wanted.
    public let isExclusion: Bool

    private init(_ values: [Value], isExclusion: Bool) {
        self.values = values
        self.isExclusion = isExclusion
    }

    /// This value.
    public static func only(_ value: Value) -> Self { Self([value], isExclusion: false) }
    /// Any of these values.
    public static func any(of values: [Value]) -> Self { Self(values, isExclusion: false) }
    /// Every value but these.
    public static func none(of values: [Value]) -> Self { Self(values, isExclusion: true) }
}

/// What lies between bounds.
///
/// Source: PayHub API, "Transaction report": between two, greater than one, less than one. Whether
/// bounds belong to it is not said: ask wider, and compare what comes.
public struct ReportRange<Value: Comparable & Sendable>: Equatable, Sendable {
    /// From this on.
    public let lower: Value?
    /// Up to this.
    public let upper: Value?

    /// Between two values.
    public init(_ range: ClosedRange<Value>) {
        lower = range.lowerBound
        upper = range.upperBound
    }

    private init(lower: Value?, upper: Value?) {
        self.lower = lower
        self.upper = upper
    }

    /// More than a value, or later.
    public static func above(_ value: Value) -> Self { Self(lower: value, upper: nil) }
    /// Less than a value, or earlier.
    public static func below(_ value: Value) -> Self { Self(lower: nil, upper: value) }
}

/// Transactions by the recurring bill that made them.
///
/// Source: PayHub API, "Transaction report", recurringBillId and its special forms.
public enum ReportedBills: Equatable, Sendable {
    /// Those of any recurring bill (`!`).
    case ofAnyBill
    /// Those of none (an empty text).
    case ofNoBill
    /// Those of some, or of all but some.
    case bills(ReportChoice<TransactionID>)
}

/// A value that a filter is written with.
internal protocol FilterValue {
    /// As the gateway's filters write it.
    var filterText: String { get }
}

extension String: FilterValue { internal var filterText: String { self } }
extension Int: FilterValue { internal var filterText: String { String(self) } }
extension Cents: FilterValue { internal var filterText: String { dollars } }
extension TransactionID: FilterValue { internal var filterText: String { text } }
extension ResponseCode: FilterValue { internal var filterText: String { text } }
extension LastFour: FilterValue { internal var filterText: String { text } }
extension ReportedType: FilterValue { internal var filterText: String { text } }
extension GatewayTime: FilterValue { internal var filterText: String { text } }

/// The members of a report's request, put together one by one.
internal struct FilterMembers {
    private(set) var list: [(name: String, value: EncodedNode)] = []

    mutating func add(_ name: String, plain text: String) {
        list.append((name, EncodedNode(.text(text))))
    }

    mutating func add(
        _ name: String, _ choice: ReportChoice<some FilterValue>?
    ) throws(RequestFault) {
        guard let choice else { return }
        guard !choice.values.isEmpty else { throw .filterEmpty }
        for value in choice.values { try Self.check(value.filterText.utf8Span.span, name) }
        let mark = choice.isExclusion ? "!" : ""
        add(name, plain: choice.values.map { mark + $0.filterText }.joined(separator: ";"))
    }

    /// Secrets go from where they are kept straight into the request.
    mutating func add(
        _ name: String, secrets choice: ReportChoice<KeptSecret>?
    ) throws(RequestFault) {
        guard let choice else { return }
        guard !choice.values.isEmpty else { throw .filterEmpty }
        for value in choice.values {
            // A token that is none could end the text that it is written into.
            let isToken = value.withBytes { bytes in CardInHand.isToken(bytes) }
            guard isToken else { throw .breach(RuleBreach(name, .token)) }
        }
        let writing: EncodedNode.Writing = { output throws(RequestFault) in
            try JSONWriter.raw("\"", &output)
            for (index, value) in choice.values.enumerated() {
                if index > 0 { try JSONWriter.raw(";", &output) }
                if choice.isExclusion { try JSONWriter.raw("!", &output) }
                try value.withBytes { bytes throws(RequestFault) in
                    try JSONWriter.plain(bytes, &output)
                }
            }
            try JSONWriter.raw("\"", &output)
        }
        list.append((name, EncodedNode(.ready(writing))))
    }

    /// Bounds are values of ours that have no operator in them.
    mutating func add(
        _ names: (lower: String, upper: String), _ range: ReportRange<some FilterValue>?
    ) {
        if let lower = range?.lower { add(names.lower, plain: lower.filterText) }
        if let upper = range?.upper { add(names.upper, plain: upper.filterText) }
    }

    /// Nothing escapes the gateway's operators, so no value may have them.
    private static func check(_ value: Span<UInt8>, _ name: String) throws(RequestFault) {
        guard !value.isEmpty else { throw .filterEmpty }
        guard value.count <= Limits.billTextBytesMaximum else {
            throw .breach(RuleBreach(name, .textLength))
        }
        for index in value.indices {
            switch value[index] {
            case UInt8(ascii: ";"), UInt8(ascii: "!"), 0..<0x20, 0x7F: throw .filterOperator
            default: continue
            }
        }
    }
}
