internal import ArgumentParser
internal import Timeline

/// Whether a command that takes payments runs under real-time scheduling.
internal struct RealTimeOption: ParsableArguments {
    @Flag(help: "SCHED_FIFO for the threads of a payment, and locked memory.")
    var realtime = false

    /// To be called after the emulator was started, and before anything of a payment.
    /// - Throws: ``Failure`` with exit code 2 when a right is missing.
    func apply() throws {
        guard realtime else { return }
        do throws(RealTimeFault) { try RealTime.begin() } catch {
            throw Failure(error.description, .usage)
        }
    }
}
