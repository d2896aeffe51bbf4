internal import ArgumentParser
internal import BackOffice
internal import Foundation
internal import GatewayLink
internal import PayHub
internal import Secrets
internal import Timeline
internal import Values

/// What the commands of the back office have in common.
internal struct OfficeOptions: ParsableArguments {
    /// Which exit codes they end in.
    static let exits = """
        Exit codes: 0 done, 2 usage, configuration or something that breaks a rule, 4 not known \
        whether it was done, 5 the gateway gives no good answer, 7 refused by the gateway.
        """

    @OptionGroup var gateway: GatewayOptions
    @Flag(help: "One JSON object a line on standard output.")
    var json = false

    /// Does something with the back office, and with the emulator of this one command where that
    /// is asked for.
    /// - Throws: ``Failure``, `SecretError`, and what `work` throws.
    func withOffice(_ work: (BackOffice) async throws -> Void) async throws {
        let emulator = gateway.emulator ? try EmulatorProcess() : nil
        defer { emulator?.stop() }
        let office = try BackOffice(
            at: try gateway.account(emulatorDirectory: emulator?.directory))
        defer { office.close() }
        try await work(office)
    }
}

extension BackOffice {
    /// The back office of one command; nothing is asked yet.
    /// - Throws: ``Failure``, `SecretError`
    fileprivate convenience init(at account: GatewayOptions.Account) throws {
        // Two blocks for its requests and answers, one for its token.
        let arena = try SecretArena(blocks: 3)
        let context = try account.context()
        var setup = BackOffice.Setup(endpoint: account.endpoint, merchant: account.merchant)
        setup.tellUnknownMembers = { path, members in
            let names = members.joined(separator: ", ")
            Terminal.tell(
                Terminal.paint("\(path.text): not known to this program: \(names)", .grey))
        }
        try self.init(
            setup, context: context, token: try account.token(in: arena), arena: arena,
            time: SystemTime())
    }
}

extension GatewayOptions.Account {
    /// What links to the gateway share.
    /// - Throws: ``Failure`` with exit code 2 that names the file that cannot be used.
    func context() throws -> LinkContext {
        do throws(LinkFailure) {
            return try LinkContext(endpoint: endpoint, trust: trust)
        } catch {
            let place = if case .file(let path) = trust { "\(path): " } else { "" }
            throw Failure("\(place)\(error.cause)", .usage)
        }
    }

    /// Reads the token straight into an arena.
    /// - Throws: ``Failure``, `SecretError`
    func token(in arena: SecretArena) throws -> SecretBytes {
        var token = try arena.take(capacity: Limits.tokenBytesMaximum)
        do {
            try SecretFile.read(tokenFile, into: &token, maximum: Limits.tokenBytesMaximum)
        } catch { throw Failure("the token file \(tokenFile): \(error)", .usage) }
        return token
    }
}

extension Exit {
    /// The code of a fault of the back office.
    init(_ fault: BackOfficeFault) {
        self =
            switch fault {
            case .transport(.inDoubt): .inDoubt
            case .transport: .unreachable
            case .refusedByUs: .usage
            case .refused: .refusedByGateway
            case .declined: .declined
            }
    }
}
