internal import Foundation
internal import ReaderUSB
internal import Values

/// Swipes at an attached reader through to the gateway's answer.
internal enum SaleChecks {
    static let all = [
        Check("a clear swipe becomes an approved sale") { try sale($0, "clear-visa") },
        Check("an encrypted swipe becomes an approved sale") { try sale($0, "encrypted-visa") },
        Check("a typed swipe becomes an approved sale") { try sale($0, "keyboard-visa") },
        Check("an armed payment survives a replug before the swipe", replugBefore),
        Check("an armed payment survives a replug in the middle of the swipe", replugWithin),
    ]

    private static func sale(_ bench: Bench, _ fixture: String) throws {
        try selling(bench, fixture) { reader, _, till in
            for _ in 0..<2 {
                try requireApproved(try till.sale([{ try reader.swipe() }]).last)
            }
        }
    }

    private static func replugBefore(_ bench: Bench) throws {
        try selling(bench, "clear-visa") { reader, driver, till in
            let outcomes = try till.sale([
                {
                    reader.unplug()
                    try driver.expectRemoved()
                    try reader.plug()
                    try driver.expectReady()
                    try reader.swipe()
                }
            ])
            try requireApproved(outcomes.last)
        }
    }

    private static func replugWithin(_ bench: Bench) throws {
        try selling(bench, "clear-visa") { reader, driver, till in
            let outcomes = try till.sale([
                {
                    try reader.wait("the driver to ask for reports") { $0.waiting > 0 }
                    reader.send(Array(reader.model.reports[0].prefix(64)))
                    try reader.wait("the packet to be fetched") { $0.unread == 0 }
                    reader.unplug()
                    try driver.expectRemoved()
                },
                {
                    try reader.plug()
                    try driver.expectReady()
                    try reader.swipe()
                },
            ])
            guard case .badRead = outcomes[0] else {
                throw GuestFault("half a swipe became \(outcomes[0])")
            }
            try requireApproved(outcomes.last)
        }
    }

    private static func selling(
        _ bench: Bench, _ fixture: String, _ run: (EmulatedReader, Driver, Till) throws -> Void
    ) throws {
        try bench.plugged(bench.model(fixture)) { reader in
            let driver = try Driver()
            defer { driver.readers.stop() }
            let attached = try driver.readers.reader()
            try driver.expectReady()
            let till = try Till(bench, attached, profile: attached.profile)
            defer {
                driver.readers.release(attached)
                till.end()
            }
            try run(reader, driver, till)
        }
    }

    private static func requireApproved(_ outcome: Outcome?) throws {
        guard case .approved = outcome else {
            throw GuestFault("the outcome is \(outcome.map { "\($0)" } ?? "missing")")
        }
    }
}
