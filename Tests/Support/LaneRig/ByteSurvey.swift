/// Faults at the bytes of the exchanges of a lane.
public struct ByteSurvey: Sendable {
    /// An exchange and the scene in which it is met.
    public struct Subject: Sendable {
        /// The exchange.
        public let exchange: WireFault.Exchange
        /// The scene.
        public let scene: Scene
    }

    /// What is surveyed: the payment and its resource, the inquiry that finds and the one that
    /// finds nothing, the till's void.
    public static let subjects = [
        Subject(exchange: .sale, scene: .sale), Subject(exchange: .resource, scene: .sale),
        Subject(exchange: .inquiry, scene: .found), Subject(exchange: .inquiry, scene: .lost),
        Subject(exchange: .void, scene: .void),
    ]

    /// Every so many bytes one case; 1 is every byte.
    private let stride: Int
    private let first: Int

    /// A survey of every byte, or of one in so many from a first one on.
    public init(stride: Int = 1, first: Int = 0) {
        self.stride = max(1, stride)
        self.first = first
    }

    private static let requestKinds: [WireFault.Kind] = [.finish, .reset, .stall, .flip, .double]
    private static let answerKinds: [WireFault.Kind] = [
        .finish, .closed, .reset, .stall, .flip, .double, .spoil,
    ]

    /// The faults of a subject, whose exchange has these sizes.
    public func faults(
        _ subject: Subject, _ size: (request: Int, answer: Int)
    ) -> [WireFault] {
        let exchange = subject.exchange
        func each(_ side: WireFault.Side, _ kind: WireFault.Kind, _ count: Int) -> [WireFault] {
            // Each kind begins elsewhere, so that a sample meets different bytes by each.
            let begin = kind.rawValue.utf8.reduce(first) { $0 + Int($1) } % stride
            return Swift.stride(from: begin, to: count, by: stride).map {
                WireFault(exchange, side, kind, at: $0)
            }
        }
        let whole: [WireFault] = [.twice, .twiceLater].map {
            WireFault(exchange, .request, $0, at: 0)
        }
        return whole + Self.requestKinds.flatMap { each(.request, $0, size.request) }
            + Self.answerKinds.flatMap { each(.answer, $0, size.answer) }
    }

    /// All cases, each exchange measured first.
    /// - Throws: what the rig throws.
    public func cases(_ runner: SceneRunner) throws -> [FaultCase] {
        try Self.subjects.flatMap { subject in
            let size = try runner.size(of: subject.exchange, in: subject.scene)
            return faults(subject, size).map { FaultCase(subject.scene, .wire($0)) }
        }
    }
}
