import ArgumentParser
import Foundation

/// Many lanes at one gateway: sales, faults and deaths, judged by the gateway's ledger.
/// docs/packaging.md, "Load".
@main
struct Load: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Sells at many daemons, kills them, and asks the emulator who was charged.",
        discussion: "Run in the project's folder. Exit codes: 0 nothing is wrong, 1 something is.")

    @Option(help: "The daemons.")
    var lanes = 50
    @Option(help: "Sales a second, over all lanes.")
    var rate = 5.0
    @Option(help: "How long is sold.")
    var seconds = 600
    @Option(help: "Deaths by kill -9 in that time.")
    var kills = 200
    @Option(help: "Sales in a hundred that meet a fault of the gateway.")
    var faults = 1.0
    @Option(help: "The most private memory (RssAnon) of a daemon, in MiB; 0 for any.")
    var memory = 24
    @Option(help: "What chance begins with.")
    var seed: UInt64 = 1
    @Option(help: "The folder of the recordings.")
    var recordings = "Fixtures"

    func run() throws {
        var plan = LoadPlan()
        (plan.lanes, plan.rate, plan.seconds) = (max(1, lanes), rate, seconds)
        (plan.kills, plan.faultsPercent) = (kills, faults)
        (plan.memoryMebibytes, plan.seed, plan.recordings) = (memory, seed, recordings)
        // Short, since a socket's path is.
        let folder = "/tmp/swl-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let isGood = try live(plan, folder)
        if isGood {
            try FileManager.default.removeItem(atPath: folder)
        } else {
            say("journals, logs and configurations are in \(folder)")
            throw ExitCode.failure
        }
    }

    private func live(_ plan: LoadPlan, _ folder: String) throws -> Bool {
        let gateway = try Gateway(folder: folder)
        defer { gateway.close() }
        try Cards.copy(from: plan.recordings, to: "\(folder)/cards")
        let shop = try Shop(plan, folder: folder, gateway: gateway)
        let began = Clock.now()
        do {
            try shop.open()
            say("\(plan.lanes) lanes are ready after \(Int(Clock.now() - began)) ms")
            shop.run()
            var wrong = try shop.settled(gateway, patience: 240)
            Report(shop: shop, plan: plan).lines.forEach(say)
            wrong += shop.close() + shop.mishaps
            let limit = plan.memoryMebibytes * 1024
            if limit > 0, shop.memory.privateMost > limit {
                wrong.append("MEMORY: more than \(plan.memoryMebibytes) MiB of private memory")
            }
            wrong.forEach(say)
            say("seed \(plan.seed): \(wrong.count) violations")
            return wrong.isEmpty
        } catch {
            _ = shop.close()
            throw error
        }
    }
}

/// What came of a run, in lines.
struct Report {
    let shop: Shop
    let plan: LoadPlan

    var lines: [String] {
        let sales = shop.sales
        let ends = Dictionary(grouping: sales) { $0.told.last ?? "no end" }
            .map { "\($0.value.count) \($0.key)" }.sorted().joined(separator: ", ")
        let faulty = sales.filter { $0.fault != nil }
        let kinds = Set(faulty.compactMap(\.fault)).count
        return [
            "sales: \(sales.count) in \(plan.seconds) s at \(plan.lanes) lanes: \(ends); "
                + "\(shop.waited) found no free lane at once",
            "faults: \(faulty.count) sales, \(kinds) kinds",
            "kills: \(shop.restarts.count); restart to ready, ms: \(quantiles)",
            shop.memory.line,
        ]
    }

    private var quantiles: String {
        let sorted = shop.restarts.sorted()
        guard let most = sorted.last else { return "none" }
        let at: (Double) -> Int = { part in
            Int(sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))])
        }
        return "p50 \(at(0.5)), p99 \(at(0.99)), most \(Int(most))"
    }
}
