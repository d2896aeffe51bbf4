import Dispatch
import Foundation
import Glibc
import Seeded
import Synchronization

/// Many lanes at one gateway, sales at random lanes, and deaths.
final class Shop: Sendable {
    private struct Record {
        var sales: [Sale] = []
        var restarts: [Double] = []
        var idle: Set<Int> = []
        var waited = 0
        var mishaps: [String] = []
    }

    let memory = Memory()
    private let plan: LoadPlan
    private let tills: [Till]
    private let desk: SocketHTTP
    private let record = Mutex(Record())
    private let isOver = Atomic(false)

    init(_ plan: LoadPlan, folder: String, gateway: Gateway) throws {
        self.plan = plan
        desk = gateway.desk
        tills = try (1...plan.lanes).map {
            try Till($0, folder: folder, gateway: gateway)
        }
    }

    var sales: [Sale] { record.withLock { $0.sales } }
    var restarts: [Double] { record.withLock { $0.restarts } }
    var mishaps: [String] { record.withLock { $0.mishaps } }
    /// Sales that no lane was free for at their time.
    var waited: Int { record.withLock { $0.waited } }

    /// Starts all lanes, and takes a sale at each that nothing disturbs: a lane's first doubt
    /// needs an earlier payment to compare with (docs/protocol.md).
    func open() throws {
        for till in tills { try till.open() }
        let selling = DispatchGroup()
        for (index, till) in tills.enumerated() {
            let sale = Sale(key: "first-\(till.number)", lane: till.number, cents: 1275)
            inBackground(selling) { self.sell(sale, at: index) }
        }
        selling.wait()
    }

    /// Sells and kills until the time is over and every sale has its end.
    func run() {
        let done = DispatchGroup()
        inBackground(done) { self.killing() }
        inBackground(done) { self.watchingMemory() }
        let selling = DispatchGroup()
        pace(selling)
        selling.wait()
        isOver.store(true, ordering: .releasing)
        done.wait()
    }

    private func inBackground(_ group: DispatchGroup, _ work: @escaping @Sendable () -> Void) {
        group.enter()
        Thread.detachNewThread {
            work()
            group.leave()
        }
    }

    /// A sale when its time has come, at a random lane that has nothing to do.
    private func pace(_ selling: DispatchGroup) {
        var chance = SeededNumbers(seed: plan.seed)
        let began = Clock.now()
        for number in 0..<Int(plan.rate * Double(plan.seconds)) {
            let due = began + Double(number) * 1000 / plan.rate
            if due > Clock.now() { usleep(UInt32((due - Clock.now()) * 1000)) }
            var lane = takeIdle(&chance)
            if lane == nil { record.withLock { $0.waited += 1 } }
            while lane == nil {
                usleep(10_000)
                lane = takeIdle(&chance)
            }
            guard let lane else { return }
            let sale = draw(number, lane, &chance)
            inBackground(selling) { self.sell(sale, at: lane) }
        }
    }

    private func takeIdle(_ chance: inout SeededNumbers) -> Int? {
        record.withLock { record in
            let lane = record.idle.sorted().randomElement(using: &chance)
            if let lane { record.idle.remove(lane) }
            return lane
        }
    }

    private func draw(_ number: Int, _ lane: Int, _ chance: inout SeededNumbers) -> Sale {
        let isDeclined = Int.random(in: 0..<20, using: &chance) == 0
        let cents = isDeclined ? Cards.declinedCents : Int.random(in: 100...9999, using: &chance)
        var sale = Sale(key: "load-\(number)", lane: tills[lane].number, cents: cents)
        if Double.random(in: 0..<100, using: &chance) < plan.faultsPercent {
            sale.fault = PlantedFault.allCases.randomElement(using: &chance)
        }
        return sale
    }

    private func sell(_ sale: Sale, at lane: Int) {
        let cashier = Cashier(till: tills[lane], gateway: desk, cards: Cards())
        let sold = cashier.sell(sale)
        record.withLock {
            $0.sales.append(sold)
            $0.idle.insert(lane)
        }
    }

    /// Deaths at even times, each of a random lane, which is started again at once.
    private func killing() {
        guard plan.kills > 0 else { return }
        var chance = SeededNumbers(seed: plan.seed &+ 1)
        let pause = Double(plan.seconds) * 1e6 / Double(plan.kills + 1)
        for _ in 0..<plan.kills where !isOver.load(ordering: .acquiring) {
            // Not in step with the sales.
            usleep(UInt32(pause * Double.random(in: 0.6...1.4, using: &chance)))
            guard let till = tills.randomElement(using: &chance) else { return }
            till.kill()
            do {
                let took = try till.open()
                record.withLock { $0.restarts.append(took) }
            } catch {
                record.withLock { $0.mishaps.append("\(error)") }
            }
        }
    }

    private func watchingMemory() {
        while !isOver.load(ordering: .acquiring) {
            for process in tills.compactMap(\.processID) { memory.sample(process) }
            for _ in 0..<20 where !isOver.load(ordering: .acquiring) { usleep(100_000) }
        }
    }

    /// Every lane's payments, once nothing of them is open or `patience` seconds are over.
    func settled(_ gateway: Gateway, patience: Int) throws -> [String] {
        let end = Clock.now() + Double(patience) * 1000
        while true {
            let payments = try tills.flatMap { try $0.payments() }
            let verdict = Judge(sales: sales, payments: payments, ledger: try gateway.ledger())
                .verdict()
            if verdict.isEmpty || Clock.now() > end { return verdict }
            usleep(500_000)
        }
    }

    /// Ends all daemons as systemd would; those that end badly are named.
    func close() -> [String] {
        tills.compactMap { till in
            let status = till.close()
            return status == 0 ? nil : "lane \(till.number) ended with \(status): \(till.tail)"
        }
    }
}
