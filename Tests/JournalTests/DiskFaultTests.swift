import Foundation
import Journal
import OwnThreads
import Seeded
import Testing
import Values

/// What a sale writes, with each of its calls failing in each way; and the power cut at each.
@Suite(.blocks, .serialized) struct DiskFaultTests {
    /// A journal that has something in it, closed.
    private static func begun() throws -> TestJournal {
        let place = try TestJournal()
        let journal = try place.open()
        for sequence: UInt64 in 1...3 {
            try journal.append(TestJournal.sale(sequence, number: journal.number))
        }
        return place
    }

    /// So many changes before the sale that its last one folds the write-ahead log.
    private static let remarks = (0..<197).map { index in
        JournalChange.remark(
            JournalRemark(.configuration, "value \(index)", at: TestJournal.time(10)))
    }

    /// The sale under watch: what was acknowledged before something was thrown.
    private static func sell(
        _ journal: borrowing Journal
    ) throws -> (told: Int, fault: JournalFault?) {
        var told = 0
        for change in try TestJournal.sale(4, number: journal.number) {
            do throws(JournalFault) {
                try journal.append([change])
            } catch {
                return (told, error)
            }
            told += 1
        }
        return (told, nil)
    }

    /// True when the fault came; false when there are no more calls.
    private static func run(
        _ fault: FaultyDisk.Fault, at turn: Int, on base: TestJournal
    ) throws -> Bool {
        let place = try base.copy()
        var told = 0
        var (isFired, calls) = (false, 0)
        do {
            let journal = try place.open()
            try journal.append(remarks)
            FaultyDisk.watch(place.folder, fault, at: turn)
            let sale = Result { try sell(journal) }
            (isFired, calls) = FaultyDisk.unwatch()
            let stopped = try sale.get().fault
            told = try sale.get().told
            #expect((stopped == nil) == (fault == .short || !isFired), "\(fault) at \(turn)")
            if let stopped {
                #expect(throws: stopped) { try journal.append([remarks[0]]) }
                #expect(journal.standing != .ready)
            }
        }
        guard isFired || turn < calls else { return false }
        try judge(place, told: told, "\(fault) at \(turn)")
        return true
    }

    /// After a start: all that was told, at most one change more, and it takes changes again.
    private static func judge(_ place: TestJournal, told: Int, _ words: Comment) throws {
        let journal = try place.open()
        #expect(journal.standing == .ready, words)
        let alarms = try journal.changes(limit: 1).count { $0.change.isAlarm }
        let more = Int(journal.changeCount) - 9 - remarks.count - alarms
        #expect(more == told || more == told + 1, words)
        let sale = try TestJournal.sale(4, number: journal.number)
        if more > 0, case .attempt(let attempt) = sale[more - 1] {
            #expect(try journal.attempt(4) == attempt, words)
        }
        for change in sale.dropFirst(more) { try journal.append([change]) }
        #expect(try journal.attempts(AttemptQuery(.approvedTransactions)).count == 4, words)
    }

    @Test(arguments: FaultyDisk.Fault.allCases.filter { $0 != .powerCut })
    func `a failing call stops the journal, and what was told is kept`(
        fault: FaultyDisk.Fault
    ) throws {
        let base = try Self.begun()
        // Each call of the commits; of the many that fold the log only some, unless told.
        let step = share("SWIPELINE_JOURNAL_FAULT_STEP", usually: 9)
        var turn = 0
        var runs = 0
        while try Self.run(fault, at: turn, on: base) {
            runs += 1
            turn += turn < 12 ? 1 : step
        }
        #expect(runs > 12)
        print("journal: \(runs) faults of kind \(fault), the last at call \(turn)")
    }

    @Test func `a power cut at a call loses nothing that was told`() throws {
        let base = try Self.begun()
        let seed = UInt64(share("SWIPELINE_JOURNAL_SEED", usually: 7))
        var chance = SeededNumbers(seed: seed)
        let step = share("SWIPELINE_JOURNAL_FAULT_STEP", usually: 3)
        var (turn, lost) = (0, 0)
        while let lostNow = try Self.cutPower(at: turn, on: base, &chance) {
            lost += lostNow
            turn += step
        }
        #expect(turn > 20)
        #expect(lost > 20)
        print(
            "journal: power cut at every \(step) of \(turn) calls,",
            "\(lost) writes lost, seed \(seed)")
    }

    /// How many writes were lost; `nil` when there are no more calls.
    private static func cutPower(
        at turn: Int, on base: TestJournal, _ chance: inout SeededNumbers
    ) throws -> Int? {
        let place = try base.copy()
        let journal = try place.open()
        try journal.append(remarks)
        FaultyDisk.watch(place.folder, .powerCut, at: turn)
        let sale = Result { try sell(journal) }
        let (files, lost) = FaultyDisk.remains(&chance)
        guard FaultyDisk.unwatch().isFired else { return nil }
        let after = try TestJournal()
        for (name, bytes) in files where !name.hasSuffix("-shm") {
            try Data(bytes).write(to: after.file(name))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: after.file(name).path)
        }
        try judge(after, told: try sale.get().told, "power cut at \(turn)")
        return lost
    }
}

extension JournalChange {
    /// True for the journal's own word that its anchor was torn.
    fileprivate var isAlarm: Bool {
        guard case .remark(let remark) = self else { return false }
        return remark.kind == .alarm
    }
}
