internal import Foundation
internal import HotPath
internal import Readers
internal import Recordings
internal import Secrets
internal import Timeline

/// A recording that was read to its end before the first payment: how many swipes it holds is
/// known, and nothing in it can break off a run half way.
internal struct RecordedSwipes {
    let file: String
    let profile: ReaderProfile
    /// How many swipes it holds, at least one.
    let count: Int
    private let recording: HIDRecording

    /// Reads a recording.
    /// - Throws: ``Failure`` with exit code 2 when it is broken or has no swipe.
    init(_ file: String, arena: SecretArena) throws {
        self.file = file
        do {
            recording = try HIDRecording(contentsOf: file)
            _ = try recording.check()
            let source = try ReplaySource(recording, pace: .fullSpeed)
            profile = try ReaderCatalogue.profile(for: source.device)
            count = try Self.swipes(of: source, profile, arena)
        } catch let fault as RecordingFault {
            throw Failure("\(file): \(fault)", .usage)
        } catch let fault as ReaderFault {
            throw Failure("\(file): \(fault)", .usage)
        }
        guard count > 0 else { throw Failure("\(file): it has no swipe in it", .usage) }
        if recording.devices.count > 1 {
            Terminal.tell(
                "\(file): it has \(recording.devices.count) devices; the first is replayed")
        }
    }

    /// The recording from its beginning.
    func source(pace: ReplayPace, time: SystemTime) throws -> ReplaySource {
        try ReplaySource(recording, pace: pace, time: time)
    }

    /// Gathers the swipes as a lane would, and lets each of them go.
    private static func swipes(
        of source: ReplaySource, _ profile: ReaderProfile, _ arena: SecretArena
    ) throws -> Int {
        let handOff = SwipeHandOff()
        let thread = ReaderThread(source, to: handOff, time: SystemTime())
        try thread.start(profile: profile, arena: arena)
        defer {
            handOff.close()
            thread.join()
        }
        var count = 0
        while true {
            handOff.want()
            guard handOff.take() != nil else { return count }
            count += 1
        }
    }
}
