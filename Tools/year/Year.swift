internal import ArgumentParser
internal import Foundation
internal import ShopYear

/// `year`: a year of a small shop against the emulated gateway over TLS, and its account to the
/// cent.
@main
internal struct Year: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lives a year of a small shop and reconciles journal, report and batches.",
        discussion: "Exit codes: 0 all agree, 1 something differs.")

    @Option(help: "The days.")
    var days = 365
    @Option(help: "Cards that are swiped.")
    var payments = 5000
    @Option(help: "Recurring bills.")
    var bills = 40
    @Option(help: "What chance begins with.")
    var seed: UInt64 = 1
    @Option(help: "How many differences are told one by one.")
    var shown = 40

    func run() async throws {
        var plan = YearPlan()
        plan.days = max(1, days)
        plan.payments = max(0, payments)
        plan.bills = max(0, bills)
        plan.seed = seed
        let start = Date()
        let year = try ShopYear(plan)
        try await year.live { day in
            if day % 30 == 0 { Self.tell("day \(day), \(Self.seconds(since: start)) s") }
        }
        let lived = Self.seconds(since: start)
        let account = try await year.account()
        Self.lines(of: account, year.statusChanges).forEach { print($0) }
        print("lived in \(lived) s, reconciled in \(Self.seconds(since: start) - lived) s")
        if let kilobytes = Self.peakKilobytes { print("peak resident: \(kilobytes / 1024) MiB") }
        account.mismatches.prefix(shown).forEach { print("DIFFERS: \($0)") }
        print("seed \(seed): \(account.mismatches.count) differences")
        if !account.mismatches.isEmpty { throw ExitCode(1) }
    }

    private static func lines(of account: YearAccount, _ statusChanges: Int) -> [String] {
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
                .joined(separator: ", ")
        }
        return [
            "payments: \(list(account.payments)); \(account.foundOut) of them found out later",
            "then: \(list(account.followUps))",
            "recurring: \(account.recurringSales) sales, \(account.recurringDeclines) declines, "
                + "\(statusChanges) changes of status",
            "journal \(dollars(account.journalCents)) + recurring "
                + "\(dollars(account.recurringCents))",
            "report \(dollars(account.reportCents)) in \(account.rows) rows",
            "batches \(dollars(account.batchCents)) in \(account.batches) settlements",
        ]
    }

    private static func dollars(_ cents: Int) -> String {
        let rest = cents.magnitude % 100
        return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func seconds(since start: Date) -> Int { Int(Date().timeIntervalSince(start)) }

    /// The most memory that the process has had. Source: proc(5), VmHWM.
    private static var peakKilobytes: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").compactMap { Int($0) }.first
    }

    private static func tell(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
