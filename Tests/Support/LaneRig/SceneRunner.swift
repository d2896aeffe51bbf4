internal import Emulator
internal import Lane

/// Runs scenes, each in a shop of its own.
public struct SceneRunner {
    private let base: RigBase

    /// A runner over one base.
    public init(_ base: RigBase) { self.base = base }

    /// A case.
    /// - Throws: what the rig throws.
    public func run(_ fault: FaultCase) throws -> Verdict {
        switch fault.cause {
        case .wire(let wire): try run(fault.scene, wire)
        case .switches(let rules): try run(fault.scene, under: rules)
        }
    }

    /// A scene with a fault at a byte.
    private func run(_ scene: Scene, _ fault: WireFault?) throws -> Verdict {
        let shop = try Shop(base)
        shop.core.faults.add(scene.faults)
        shop.set(fault)
        // The protocol's rule, with no more rounds of questions than it needs.
        var waits = LaneRig.Waits()
        waits.times.pause = waits.times.pauseMaximum
        let rig = try LaneRig(shop, waits)
        try scene.play(rig)
        guard base.gateway.hasMet else { return .violation("the fault met nothing") }
        return try Verdict(rig)
    }

    /// A scene under switches of the emulator.
    private func run(_ scene: Scene, under rules: [FaultRule]) throws -> Verdict {
        let shop = try Shop(base)
        shop.core.faults.add(scene.faults + rules)
        let rig = try LaneRig(shop)
        try scene.play(rig)
        return try Verdict(rig)
    }

    /// The bytes of an exchange of a scene without a fault.
    /// - Throws: what the rig throws.
    public func size(
        of exchange: WireFault.Exchange, in scene: Scene
    ) throws -> (request: Int, answer: Int) {
        guard try run(scene, nil) == .right, let size = base.gateway.size(of: exchange) else {
            throw RigFailure.setUp("no \(exchange) in \(scene)")
        }
        return size
    }
}
