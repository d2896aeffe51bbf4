import CFaultyDisk
import Foundation
import Glibc
import Seeded
import Synchronization

/// A disk that fails for one folder, by counting the calls that put bytes on it.
enum FaultyDisk {
    /// What becomes of the call whose turn it is.
    enum Fault: String, CaseIterable {
        case inputOutput, full, readOnly
        /// Half is written, and the caller told so.
        case short
        /// Half is written, and the caller told that nothing is.
        case torn
        /// From here on nothing is written any more.
        case powerCut
    }

    /// One write since the last sync.
    private struct Pending {
        var bytes: [UInt8]?
        var offset: Int
    }

    private struct Plan {
        var folder: String
        var fault: Fault
        var turn: Int
        var calls = 0
        var isFired = false
        var durable: [String: [UInt8]]
        var pending: [String: [Pending]] = [:]
    }

    private static let plan = Mutex<Plan?>(nil)

    /// Watches a folder until ``unwatch()``; the call of this number, from 0, meets the fault.
    static func watch(_ folder: URL, _ fault: Fault, at turn: Int) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var durable: [String: [UInt8]] = [:]
        for name in names { durable[name] = content(folder.path + "/" + name) }
        plan.withLock {
            $0 = Plan(folder: folder.path + "/", fault: fault, turn: turn, durable: durable)
        }
        unsafe swl_disk_set_hook { operation, file, bytes, count, offset in
            unsafe FaultyDisk.answer(
                operation, file,
                unsafe UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count),
                offset: operation == SWL_DISK_CUT ? count : offset)
        }
    }

    /// Ends the watch; says whether the fault came and how many calls there were.
    static func unwatch() -> (isFired: Bool, calls: Int) {
        swl_disk_set_hook(nil)
        return plan.withLock { plan in
            defer { plan = nil }
            return (plan?.isFired ?? false, plan?.calls ?? 0)
        }
    }

    /// What a power cut leaves: what was synced, and of the rest whatever chance lets by.
    static func remains(_ chance: inout SeededNumbers) -> (files: [String: [UInt8]], lost: Int) {
        let (durable, pending) = plan.withLock { ($0?.durable ?? [:], $0?.pending ?? [:]) }
        var files = durable
        var lost = 0
        let keepsNothing = Bool.random(using: &chance)
        for (name, writes) in pending.sorted(by: { $0.key < $1.key }) {
            for write in writes {
                if keepsNothing || Bool.random(using: &chance) {
                    lost += 1
                } else {
                    apply(write, to: &files[name, default: []])
                }
            }
        }
        return (files, lost)
    }

    private static func apply(_ write: Pending, to file: inout [UInt8]) {
        guard let bytes = write.bytes else {
            file = Array(file.prefix(write.offset))
            return
        }
        let end = write.offset + bytes.count
        if file.count < end { file += [UInt8](repeating: 0, count: end - file.count) }
        file.replaceSubrange(write.offset..<end, with: bytes)
    }

    // MARK: The hook

    private static func answer(
        _ operation: swl_disk_operation, _ file: Int32, _ bytes: UnsafeRawBufferPointer, offset: Int
    ) -> Int {
        guard let path = name(of: file) else { return pass }
        return plan.withLock { plan in
            guard var present = plan, path.hasPrefix(present.folder) else { return pass }
            defer { plan = present }
            let name = String(path.dropFirst(present.folder.count))
            // The index of the write-ahead log is memory, made anew at each start.
            guard !name.hasSuffix("-shm") else { return pass }
            present.calls += 1
            note(operation, name, unsafe Array(bytes), offset, &present)
            let isTurn = present.calls - 1 == present.turn
            if present.fault == .powerCut, present.isFired || isTurn {
                present.isFired = true
                return -Int(EIO)
            }
            guard isTurn else { return settle(operation, path, name, &present) }
            let answer = unsafe answer(present.fault, operation, file, bytes, offset)
            present.isFired = answer != pass
            return answer
        }
    }

    private static let pass = -1_000_000

    private static func note(
        _ operation: swl_disk_operation, _ name: String, _ bytes: [UInt8], _ offset: Int,
        _ plan: inout Plan
    ) {
        guard plan.fault == .powerCut, !plan.isFired else { return }
        switch operation {
        case SWL_DISK_WRITE:
            plan.pending[name, default: []].append(Pending(bytes: bytes, offset: offset))
        case SWL_DISK_CUT:
            plan.pending[name, default: []].append(Pending(bytes: nil, offset: offset))
        default: break
        }
    }

    /// A sync that passes makes durable what its file holds.
    private static func settle(
        _ operation: swl_disk_operation, _ path: String, _ name: String, _ plan: inout Plan
    ) -> Int {
        if operation == SWL_DISK_SYNC, plan.fault == .powerCut {
            plan.durable[name] = content(path)
            plan.pending[name] = nil
        }
        return pass
    }

    private static func answer(
        _ fault: Fault, _ operation: swl_disk_operation, _ file: Int32,
        _ bytes: UnsafeRawBufferPointer, _ offset: Int
    ) -> Int {
        let half = bytes.count / 2
        switch fault {
        case .inputOutput: return -Int(EIO)
        case .full: return -Int(ENOSPC)
        case .readOnly: return -Int(EROFS)
        case .short, .torn:
            guard operation == SWL_DISK_WRITE, offset >= 0 else { return pass }
            let put = unsafe pwrite(file, bytes.baseAddress, half, off_t(offset))
            return fault == .short ? put : -Int(EIO)
        case .powerCut: return pass
        }
    }

    private static func name(of file: Int32) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(file)")
    }

    private static func content(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    }
}
