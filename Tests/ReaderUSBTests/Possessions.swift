internal import Foundation
internal import Secrets
internal import Synchronization

@testable internal import ReaderUSB

/// What the process holds at a moment: what must be the same after any number of readers.
internal struct Possessions: Equatable {
    let transfers: Int
    /// Device nodes that are open.
    let nodes: Int
    let threads: Int
    let freeBlocks: Int

    init(_ arena: SecretArena) {
        transfers = Calls.liveTransfers.load(ordering: .relaxed)
        nodes = Self.descriptors { $0.contains("/dev/bus/usb/") }
        threads = Self.driverThreads
        freeBlocks = arena.freeBlocks
    }

    /// The driver's threads and libusb's own; those of the test's runner come and go.
    private static var driverThreads: Int {
        let folder = "/proc/self/task"
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return tasks.count { task in
            let name = try? String(contentsOfFile: "\(folder)/\(task)/comm", encoding: .utf8)
            return name?.hasPrefix("swipeline-") == true || name?.hasPrefix("libusb") == true
        }
    }

    /// Events, timers and sockets, of libusb and of the pretended bus alike. The bus closes its own
    /// some time after the driver's, so this is compared by ``Wires/leaked(in:since:)``.
    static var wires: Wires {
        Wires(count: descriptors { $0.hasPrefix("anon_inode:") || $0.hasPrefix("socket:") })
    }

    private static func descriptors(_ isMeant: (String) -> Bool) -> Int {
        let folder = "/proc/self/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.count { name in
            let place = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "\(folder)/\(name)")
            return place.map(isMeant) ?? false
        }
    }

    /// A count of descriptors that the bus may lag behind with.
    struct Wires {
        let count: Int

        /// True when so many rounds left at least one descriptor behind every second time.
        func leaked(in rounds: Int, since before: Wires) -> Bool {
            (count - before.count) * 2 >= max(rounds, 4)
        }
    }
}

/// How often the long tests turn, by environment.
internal enum Rounds {
    static let cycles = number("SWIPELINE_USB_CYCLES") ?? 20
    static let sequences = number("SWIPELINE_USB_SEQUENCES") ?? 300
    static let seed =
        number("SWIPELINE_USB_SEED").map(UInt64.init) ?? UInt64.random(in: 1...1_000_000_000)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }
}
