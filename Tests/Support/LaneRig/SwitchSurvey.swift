internal import Emulator
internal import Seeded

/// Every switch of the emulator in every scene, alone and in pairs.
public struct SwitchSurvey: Sendable {
    /// Switches that keep something from the lane when they never end. Whatever is not named here
    /// must end right.
    private static let mute: Set<FaultName> = [
        // Nothing is ever answered.
        .dropBeforeCommit, .resetBeforeCommit, .stallBeforeCommit, .errorBeforeCommit,
        .htmlBeforeCommit, .redirectBeforeCommit, .tooManyRequests, .cutAnswer, .resetInAnswer,
        .stallInAnswer,
        // No void or refund is ever answered.
        .dropAfterCommit, .resetAfterCommit, .stallAfterCommit, .errorAfterCommit,
        .htmlAfterCommit, .redirectAfterCommit, .lateCommit,
        // What must be taken back is refused.
        .unauthorized, .forbidden, .refuseWithCode, .networkUnavailable, .commitLost,
        // Notes do not come back: A5 of docs/protocol.md.
        .rowNoteCut, .rowNoteChanged, .rowNoteLost,
        // What comes again is done again, so that repeating proves nothing: A7.
        .secondVoidAccepted, .secondRefundAccepted,
        // There is no report.
        .reportEmpty, .reportError, .reportGarbage, .reportHTML, .reportHidesAuthorizations,
    ]

    /// Switches by which the gateway says what is not so when they never end: another amount stops
    /// the lane. A9 of docs/protocol.md.
    private static let lying: Set<FaultName> = [.rowAmountTimes100, .resourceAmountTimes100]

    /// What switches ask of the lane together.
    static func grade(_ rules: [FaultRule]) -> FaultCase.Grade {
        let names = Set(rules.map(\.name))
        // One request made into two, of which one is declined and the other is not: A8.
        if names.isSuperset(of: [.duplicateDelivery, .declineWithCode]) { return .broken }
        return rules.map(grade).max() ?? .fair
    }

    private static func grade(_ rule: FaultRule) -> FaultCase.Grade {
        guard rule.times == nil else { return .fair }
        return lying.contains(rule.name) ? .broken : mute.contains(rule.name) ? .mute : .fair
    }

    private let scenesOfEach: Int

    /// A survey of every scene, or of some that go round from switch to switch.
    public init(scenesOfEach: Int = Scene.allCases.count) { self.scenesOfEach = scenesOfEach }

    /// Every switch once and for ever in its scenes.
    public var cases: [FaultCase] {
        let scenes = Scene.allCases
        return FaultName.allCases.enumerated().flatMap { number, name in
            (0..<scenesOfEach).flatMap { turn in
                [true, false].map { isOnce in
                    FaultCase(
                        scenes[(number + turn) % scenes.count],
                        .switches([Self.rule(name, isOnce: isOnce)]))
                }
            }
        }
    }

    /// Pairs of switches, each pair and its scene drawn by a number.
    public func pairs(_ count: Int, from seed: UInt64) -> [FaultCase] {
        (0..<UInt64(count)).map { number in
            var random = SeededNumbers(seed: seed &+ number)
            let scene = Scene.allCases.randomElement(using: &random) ?? .sale
            let rules = [0, 1].compactMap { _ in
                FaultName.allCases.randomElement(using: &random).map {
                    Self.rule($0, isOnce: Bool.random(using: &random))
                }
            }
            return FaultCase(scene, .switches(rules))
        }
    }

    private static func rule(_ name: FaultName, isOnce: Bool) -> FaultRule {
        FaultRule(name) {
            if isOnce { $0.times = 1 }
        }
    }
}
