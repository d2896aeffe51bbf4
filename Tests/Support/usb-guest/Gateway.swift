internal import Foundation

/// The emulated gateway, in the guest, for as long as this object lives.
internal final class Gateway {
    /// What the programs need to reach it.
    let configuration: String
    private let program: Program

    init(_ bench: Bench, as person: Person = .root) throws {
        program = try Program(
            bench.path("swipeline-emulator"), ["--port", "0", "--until-eof"],
            as: person)
        try program.wait("the gateway's folder") { $0.contains("--config ") && $0.hasSuffix("\n") }
        let told = program.output.components(separatedBy: "--config ").last ?? ""
        configuration = String(told.prefix { !$0.isNewline })
    }

    deinit { program.kill() }
}
