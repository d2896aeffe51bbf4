internal import Foundation
internal import Journal
internal import Secrets
internal import Service
internal import ServiceLifecycle
internal import Settings
internal import Synchronization
internal import UnixSignals

/// The lane's thread as a part of the service; it ends last.
internal struct LaneService: ServiceLifecycle.Service {
    let lane: LaneThread

    func run() async throws {
        await withGracefulShutdownHandler {
            await lane.waitForEnd()
        } onGracefulShutdown: {
            lane.stop()
        }
    }
}

/// The attached reader, or what takes its place, as a part of the service.
internal struct ReaderPart: ServiceLifecycle.Service {
    let replayed: ReplayedReader?
    private let keeper: ReaderKeeper?

    /// Starts reading.
    /// - Throws: ``Failure``, `SecretError`
    init(
        _ command: ServeCommand, _ settings: ServiceSettings, lane: LaneThread,
        _ wires: Wires
    ) throws {
        let recordings = command.replay.isEmpty ? settings.replay.map { [$0] } : command.replay
        if let recordings {
            Terminal.complain(
                "recordings take the reader's place: this is a rehearsal and no till")
            replayed = try ReplayedReader(recordings, lane: lane, wires)
            keeper = nil
        } else {
            let keeper = ReaderKeeper(command.reader, lane: lane, wires)
            keeper.start()
            self.keeper = keeper
            replayed = nil
        }
    }

    func run() async throws {
        try? await gracefulShutdown()
        keeper?.stop()
    }
}

/// SIGHUP: the gateway's token is read anew.
internal struct TokenReload: ServiceLifecycle.Service {
    let lane: LaneThread

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) { lane.reloadToken() }
        }
    }
}

/// Says where the service listens, once it does, and how a page is paired.
internal final class Announcement: Sendable {
    private let desk: ServiceDesk
    private let settings: ServiceSettings
    private let places: Mutex<(left: Int, said: [String])>

    init(_ desk: ServiceDesk, _ settings: ServiceSettings, count: Int) {
        self.desk = desk
        self.settings = settings
        places = Mutex((count, []))
    }

    /// A place listens.
    func listens(_ place: String) {
        let all = places.withLock { places -> [String]? in
            places.left -= 1
            places.said.append(place)
            return places.left == 0 ? places.said : nil
        }
        guard let all else { return }
        Terminal.tell("The till's service listens on \(all.sorted().joined(separator: ", ")).")
        if settings.page.enabled, isatty(STDERR_FILENO) == 1 {
            Terminal.tell("To pair the cashier's page, enter \(desk.newPairingCode()) on it.")
        }
        // For programs: one line, when everything is ready.
        try? JSONLines.print(["ready": all.sorted()])
    }
}

/// The tills' bearer token, in a file of mode 0600.
internal enum LocalToken {
    /// Reads it, or makes one where there is none.
    /// - Returns: what is kept of it.
    /// - Throws: ``Failure``, `ServiceFault`, `SecretError`
    static func read(_ path: String) throws -> KeptToken {
        if !FileManager.default.fileExists(atPath: path) { try KeptToken.make(at: path) }
        var bytes = try SecretArena(blocks: 1).take(capacity: lengthMaximum + 2)
        do throws(SecretFileError) {
            try SecretFile.read(path, into: &bytes, maximum: lengthMaximum + 1)
        } catch { throw Failure("\(path): the tills' token: \(error)", .usage) }
        guard (lengthMinimum...lengthMaximum).contains(bytes.count) else {
            throw Failure(
                "\(path): the tills' token must have \(lengthMinimum) to \(lengthMaximum) "
                    + "characters", .usage)
        }
        return bytes.withBytes { KeptToken($0) }
    }

    private static let lengthMinimum = 32
    private static let lengthMaximum = 256
}
