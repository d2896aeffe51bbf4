package import Emulator

/// One life of a lane in which something goes wrong.
///
/// Its name says all of it, so that it can be lived again: `found/inquiry.answer.flip.77` is the
/// scene `found` with a bit flipped at byte 77 of the answer to its inquiry, and
/// `void/lateCommit.once+reportError` the scene `void` with one switch of the emulator for one
/// request and another for ever.
public struct FaultCase: Sendable {
    /// What goes wrong.
    package enum Cause: Equatable, Sendable {
        /// Something at a byte.
        case wire(WireFault)
        /// Switches of the emulator.
        case switches([FaultRule])
    }

    /// What the lane is taken through.
    public let scene: Scene
    package let cause: Cause

    /// A scene and what goes wrong in it.
    package init(_ scene: Scene, _ cause: Cause) { (self.scene, self.cause) = (scene, cause) }

    /// The case of a name; `nil` for what is none.
    public init?(name: String) {
        let parts = name.split(separator: "/")
        guard parts.count == 2, let scene = Scene(rawValue: String(parts[0])) else { return nil }
        self.scene = scene
        if let fault = WireFault(name: parts[1]) {
            cause = .wire(fault)
        } else {
            let rules = parts[1].split(separator: "+").map { FaultRule(caseName: $0) }
            guard !rules.isEmpty, !rules.contains(nil) else { return nil }
            cause = .switches(rules.compactMap(\.self))
        }
    }

    /// The name.
    public var name: String {
        switch cause {
        case .wire(let fault): "\(scene)/\(fault.name)"
        case .switches(let rules):
            "\(scene)/\(rules.map(\.caseName).joined(separator: "+"))"
        }
    }

    /// What it is counted with.
    public var kind: String {
        switch cause {
        case .wire(let fault): return "\(fault.side) \(fault.kind)"
        case .switches(let rules):
            let isForEver = rules.contains { $0.times == nil }
            return (rules.count > 1 ? "switches" : "switch") + (isForEver ? ", for ever" : ", once")
        }
    }

    /// What may become of it.
    public var grade: Grade {
        switch cause {
        case .wire(let fault): fault.isHonest ? .fair : .broken
        case .switches(let rules): SwitchSurvey.grade(rules)
        }
    }

    /// What a case asks of the lane, the hardest to bear last.
    public enum Grade: String, CaseIterable, Comparable, Sendable {
        /// All that the protocol assumes holds, or what does not is mended.
        case fair = "all is true, and answered in the end"
        /// Something is never answered, never taken back or never in the report.
        case mute = "something is never answered, taken back or shown"
        /// What the gateway itself says is not so, in a valid form, or a copy ends otherwise.
        case broken = "A8 or A9 of the protocol's assumptions is broken"

        /// Orders by what it asks.
        public static func < (one: Grade, other: Grade) -> Bool {
            let all = Grade.allCases
            return (all.firstIndex(of: one) ?? 0) < (all.firstIndex(of: other) ?? 0)
        }

        /// What may become of such a case.
        public var rule: String {
            switch self {
            case .fair: "every word right"
            case .mute: "every word right; a doubt that stays is told, with an alarm"
            case .broken: "as above, or a word as wrong as the gateway's, with an alarm"
            }
        }

        /// True when the verdict is within the rule.
        package func bears(_ verdict: Verdict) -> Bool {
            switch verdict {
            case .right: true
            case .doubt: self >= .mute
            case .alarmed: self >= .broken
            case .violation: false
            }
        }
    }
}

extension WireFault {
    fileprivate var name: String { "\(exchange).\(side).\(kind).\(place)" }

    fileprivate init?(name: Substring) {
        let words = name.split(separator: ".").map(String.init)
        guard words.count == 4, let exchange = Exchange(rawValue: words[0]),
            let side = Side(rawValue: words[1]), let kind = Kind(rawValue: words[2]),
            let place = Int(words[3])
        else { return nil }
        self.init(exchange, side, kind, at: place)
    }
}

extension FaultRule {
    fileprivate var caseName: String { times == nil ? name.rawValue : "\(name.rawValue).once" }

    fileprivate init?(caseName: Substring) {
        let words = caseName.split(separator: ".").map(String.init)
        guard let first = words.first, let name = FaultName(rawValue: first),
            words.count == 1 || words.dropFirst() == ["once"]
        else { return nil }
        self.init(name) { if words.count == 2 { $0.times = 1 } }
    }
}
