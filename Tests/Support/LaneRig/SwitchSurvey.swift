package import Emulator

/// Every switch of the emulator in every scene, alone and in pairs.
public struct SwitchSurvey: Sendable {
    /// Switches that may leave a doubt with an alarm when they never end, and what they keep from
    /// the lane. Whatever is not named here must end right.
    package static let breaking: [FaultName: String] = {
        let groups: [(String, [FaultName])] = [
            (
                "nothing is ever answered",
                [
                    .dropBeforeCommit, .resetBeforeCommit, .stallBeforeCommit,
                    .errorBeforeCommit, .htmlBeforeCommit, .redirectBeforeCommit,
                    .tooManyRequests, .cutAnswer, .resetInAnswer, .stallInAnswer,
                ]
            ),
            (
                "no void or refund is ever answered",
                [
                    .dropAfterCommit, .resetAfterCommit, .stallAfterCommit, .errorAfterCommit,
                    .htmlAfterCommit, .redirectAfterCommit, .lateCommit,
                ]
            ),
            ("what must be taken back is refused", [.unauthorized, .forbidden, .refuseWithCode]),
            ("notes do not come back (A5)", [.rowNoteCut, .rowNoteChanged, .rowNoteLost]),
            (
                "no report",
                [
                    .reportEmpty, .reportError, .reportGarbage, .reportHTML,
                    .reportHidesAuthorizations,
                ]
            ),
            ("another amount stops the lane", [.rowAmountTimes100, .resourceAmountTimes100]),
            ("the network makes copies", [.duplicateDelivery]),
        ]
        return groups.reduce(into: [:]) { table, group in
            for name in group.1 { table[name] = group.0 }
        }
    }()

    /// Whether doubt and alarms are right under a fault.
    private static func mayFail(_ rule: FaultRule) -> Bool {
        // One copy is enough for a charge beside the one that the till knows of.
        rule.name == .duplicateDelivery || rule.times == nil && breaking[rule.name] != nil
    }

    private let scenesOfEach: Int

    /// A survey of every scene, or of some that go round from switch to switch.
    public init(scenesOfEach: Int = Scene.allCases.count) { self.scenesOfEach = scenesOfEach }

    /// Runs every switch once and for ever in its scenes.
    /// - Throws: what the rig throws.
    public func run(
        _ runner: SceneRunner, into tally: inout Tally, progress: (String) -> Void
    ) throws {
        let scenes = Scene.allCases
        for (number, name) in FaultName.allCases.enumerated() {
            progress("\(name)")
            for turn in 0..<scenesOfEach {
                let scene = scenes[(number + turn) % scenes.count]
                try run(runner, scene, [Self.rule(name, isOnce: true)], into: &tally)
                try run(runner, scene, [Self.rule(name, isOnce: false)], into: &tally)
            }
        }
    }

    /// Runs pairs of switches, each pair and its scene by a number that repeats it.
    /// - Throws: what the rig throws.
    public func run(
        _ runner: SceneRunner, pairs: Int, from seed: UInt64, into tally: inout Tally
    ) throws {
        for number in 0..<UInt64(pairs) {
            var random = Sequence(seed: seed &+ number)
            let scene = random.pick(Scene.allCases)
            let rules = [0, 1].map { _ in
                Self.rule(random.pick(FaultName.allCases), isOnce: random.pick([true, false]))
            }
            try run(runner, scene, rules, into: &tally, of: "pair \(seed &+ number): ")
        }
    }

    private func run(
        _ runner: SceneRunner, _ scene: Scene, _ rules: [FaultRule], into tally: inout Tally,
        of pair: String? = nil
    ) throws {
        let verdict = try runner.run(scene, under: rules)
        let isForEver = rules.contains { $0.times == nil }
        let mayFail = rules.contains(where: Self.mayFail)
        let kind =
            pair == nil
            ? isForEver ? "switch, for ever" : "switch, once"
            : isForEver ? "pair, for ever" : "pair, once"
        let names = rules.map { "\($0.name)\($0.times == nil ? "" : " once")" }
            .joined(separator: " and ")
        tally.count(verdict, kind, mayFail: mayFail, "\(pair ?? "")\(names) in \(scene)")
    }

    private static func rule(_ name: FaultName, isOnce: Bool) -> FaultRule {
        FaultRule(name) {
            if isOnce { $0.times = 1 }
        }
    }

    /// Numbers that repeat: SplitMix64.
    private struct Sequence {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func pick<Value>(_ values: [Value]) -> Value {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            word ^= word >> 31
            return values[Int(word % UInt64(values.count))]
        }
    }
}
