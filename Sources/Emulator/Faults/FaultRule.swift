/// A fault that was asked for: what goes wrong, and with which requests.
package struct FaultRule: Equatable, Sendable {
    /// What goes wrong.
    package var name: FaultName
    /// Only requests of this kind: `sale`, `authonly`, `verify`, `capture`, `void`, `refund`,
    /// `report`, `recurring-bill`; `nil` for all.
    package var operation: String?
    /// Only requests of this method.
    package var method: String?
    /// Only requests whose path is this.
    package var path: String?
    /// Only requests that carry this reference, or are about a transaction that does.
    package var reference: String?
    /// Only requests of this amount in cents, or about a transaction of it.
    package var cents: Int?
    /// The first request that it meets, counted from 1 among those that fit.
    package var from = 1
    /// How many requests it meets; `nil` for all that follow.
    package var times: Int?
    /// A time; what it is for stands in the fault's summary.
    package var milliseconds: Int?
    /// A number of bytes, characters or answers.
    package var count: Int?
    /// An HTTP status.
    package var status: Int?
    /// A code, note or URL.
    package var text: String?

    /// A fault of every request.
    package init(_ name: FaultName) { self.name = name }

    /// A fault, changed.
    package init(_ name: FaultName, _ change: (inout FaultRule) -> Void) {
        self.init(name)
        change(&self)
    }

    /// True when it is for this request.
    internal func fits(_ subject: FaultSubject) -> Bool {
        name.stage.concerns(subject.place)
            && (operation == nil || operation?.lowercased() == subject.operation)
            && (method == nil || method == subject.method)
            && (path == nil || path == subject.path)
            && (reference == nil || reference == subject.reference)
            && (cents == nil || cents == subject.cents)
    }
}

/// What a fault is chosen by.
internal struct FaultSubject: Sendable {
    /// What a request is for.
    enum Place: Sendable {
        case connection
        case creation
        case resource
        case list
        case report
        /// No request: the day of a recurring bill.
        case schedule
        case nothing
    }

    var place: Place
    var operation: String?
    var method: String
    var path: String
    var reference: String?
    var cents: Int?
    /// The transaction that it follows.
    var target: String?
    /// The note of the bill that it carries itself.
    var note: String?
}

extension FaultStage {
    /// True when faults of this stage can meet requests of this place.
    internal func concerns(_ place: FaultSubject.Place) -> Bool {
        switch self {
        case .connection: place == .connection
        case .before, .wire: place != .connection && place != .schedule
        case .commit, .after, .location: place == .creation
        case .resource: place == .resource
        case .schedule: place == .schedule
        case .report: place == .report
        case .list: place == .list
        }
    }
}

/// The faults of one request.
internal struct ActiveFaults: Sendable {
    private let rules: [FaultRule]

    init(_ rules: [FaultRule] = []) { self.rules = rules }

    /// The fault of this name, if it is on.
    subscript(name: FaultName) -> FaultRule? { rules.first { $0.name == name } }

    /// True when the fault of this name is on.
    func has(_ name: FaultName) -> Bool { self[name] != nil }

    /// The first of these that is on.
    func first(of names: FaultName...) -> FaultRule? {
        rules.first { names.contains($0.name) }
    }
}
