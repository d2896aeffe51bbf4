import Foundation
import TillPrograms

extension RunningEmulator {
    /// An emulator with faults, written as its fault file has them.
    static func faulty(_ faults: String, keepsLog: Bool = false) throws -> RunningEmulator {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("faults-\(UUID().uuidString).json")
        try Data(faults.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // Read before it says that it is ready.
        return try RunningEmulator("--faults", file.path, keepsLog: keepsLog)
    }
}

/// Commands on the lane of one configuration.
struct LaneCommands {
    let configuration: String

    func run(_ arguments: String...) throws -> Programs.Result {
        try Programs.run("swipeline", arguments + ["--config", configuration])
    }

    /// Replays a card that is always approved.
    func pay(_ operation: String = "sale", amount: String = "12.75") throws -> Programs.Result {
        try run(
            "replay", "Fixtures/clear-visa.hid", "--amount", amount, "--operation", operation,
            "--json")
    }

    /// Pays, and the payment's reference.
    func paid(_ operation: String = "sale") throws -> String {
        try pay(operation).lines.first?["reference"] as? String ?? ""
    }

    /// What the journal says of a payment and what followed it.
    func states(_ reference: String) throws -> [String] {
        try run("journal", "show", reference).lines.map {
            "\($0["operation"] ?? "") \($0["state"] ?? "")"
        }
    }
}

extension RunningEmulator {
    /// One for all tests that change nothing of it.
    static func untouched() throws -> RunningEmulator { try one.get() }

    private static let one = Result { try RunningEmulator() }
}
