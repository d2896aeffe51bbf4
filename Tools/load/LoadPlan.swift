/// How much is asked of how many lanes.
struct LoadPlan: Sendable {
    var lanes = 50
    /// Sales a second, over all lanes.
    var rate = 5.0
    var seconds = 600
    var kills = 200
    /// Sales in a hundred that meet a fault of the gateway.
    var faultsPercent = 1.0
    /// The most private memory of a daemon, in MiB; 0 for any.
    var memoryMebibytes = 24
    var seed: UInt64 = 1
    /// Where the recordings come from.
    var recordings = "Fixtures"
}
